// doctor through the built binary: an image, text and JSON, exit codes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = mkdtempSync(join(tmpdir(), 'lastkmsg-doctor-'));
test.after(() => rmSync(root, { recursive: true }));
const write = (path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
write('etc/os-release', 'ID=debian\n');
write('etc/default/grub', 'GRUB_CMDLINE_LINUX="quiet"\n');
write('etc/hostile\x1b[31m', '');
write('lib/modules/6.12.0-\x1b[31mred/modules.dep', '');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'doctor', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('an image that is not ready: exit 10, lines within 80 columns, nothing that a terminal obeys', () => {
  const { status, stdout, stderr } = run('--root', root);
  assert.is(status, 10);
  assert.is(stderr, '');
  assert.match(stdout, /^This machine will lose its next crash\.\n/);
  assert.match(stdout, 'FAIL crashkernel= is not on the kernel command line');
  assert.not.match(stdout, '\x1b');
  for (const line of stdout.split('\n')) if (!line.includes('# ') && !line.includes('=')) assert.ok(line.length <= 80, line);
});

test('as JSON', () => {
  const { status, stdout } = run('--root', root, '--json');
  assert.is(status, 10);
  const { schemaVersion, verdict, answers } = JSON.parse(stdout) as {
    schemaVersion: number;
    verdict: string;
    answers: { check: string; status: string }[];
  };
  assert.is(schemaVersion, 1);
  assert.is(verdict, 'not ready');
  assert.ok(answers.some(({ check, status: s }) => check === 'crashkernel' && s === 'fail'));
});

test('this machine has an answer, whatever it is', () => {
  assert.ok([0, 3, 10].includes(run().status ?? -1));
});

test('a root that is none', () => {
  const { status, stderr } = run('--root', join(root, 'nowhere'));
  assert.is(status, 1);
  assert.match(stderr, /--root takes a directory/);
});

test.run();
