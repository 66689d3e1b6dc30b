// Links of an image lead nowhere else.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inRoot } from '../../../src/cli/doctor/in-root.ts';
import { localHost } from '../../../src/cli/doctor/local-host.ts';

const root = mkdtempSync(join(tmpdir(), 'lastkmsg-root-'));
mkdirSync(join(root, 'usr/lib'), { recursive: true });
mkdirSync(join(root, 'etc'));
writeFileSync(join(root, 'usr/lib/os-release'), 'ID=debian\n');
symlinkSync('/usr/lib/os-release', join(root, 'etc/os-release'));
symlinkSync('usr/lib', join(root, 'lib'));
symlinkSync('../../../../../../etc/passwd', join(root, 'etc/up'));
symlinkSync('/etc/passwd', join(root, 'etc/passwd-of-host'));
symlinkSync('circle', join(root, 'etc/circle'));
test.after(() => rmSync(root, { recursive: true }));

test('absolute and relative links stay in the image', () => {
  assert.is(inRoot(root, '/etc/os-release'), join(root, 'usr/lib/os-release'));
  assert.is(inRoot(root, '/lib/os-release'), join(root, 'usr/lib/os-release'));
  assert.is(inRoot(root, '/etc/up'), join(root, 'etc/passwd'));
  assert.is(inRoot(root, '/../../etc/passwd'), join(root, 'etc/passwd'));
  assert.is(inRoot(root, '/etc/circle'), undefined);
});

test('a host reads the image alone, and nothing that is not a file', () => {
  const host = localHost(root);
  assert.is(host.text('/etc/os-release'), 'ID=debian\n');
  assert.is(host.text('/etc/passwd-of-host'), undefined);
  assert.is(host.text('/etc/up'), undefined);
  assert.is(host.text('/etc/circle'), undefined);
  assert.is(host.text('/etc'), undefined);
  assert.is(host.version('sh', '--version'), undefined);
});

test.run();
