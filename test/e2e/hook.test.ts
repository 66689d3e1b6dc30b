// The hook through the built binary: a dump laid as kdump-tools lays it, broken and hostile ones, install and remove in an image.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog } from '../support/sample-logs.ts';

const SAMPLE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-hook-'));
chmodSync(dir, 0o755);
test.after(() => rmSync(dir, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'hook', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Written long ago, as nobody waits for it to settle. */
function lay(path: string, put: (path: string) => void): string {
  const whole = join(dir, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  put(whole);
  utimesSync(whole, 1e9, 1e9);
  return whole;
}

test('a dump gets its report, once', () => {
  const dump = lay('crash/202611290101/dump.202611290101', (path) => copyFileSync(SAMPLE, path));
  chmodSync(dump, 0o600);
  const { status, stdout } = run('run', join(dir, 'crash'));
  assert.is(status, 0);
  assert.match(stdout, /^lastkmsg: .*dump\.202611290101: .*; report: .*lastkmsg\/report\.html\n$/);
  const answers = join(dir, 'crash/202611290101/lastkmsg');
  assert.equal(readdirSync(answers).sort(), ['incidents.json', 'report.html', 'report.txt', 'trimmed.vmcore']);
  for (const name of readdirSync(answers)) assert.is(statSync(join(answers, name)).mode & 0o077, 0, `${name} is for its owner alone`);
  assert.is(JSON.parse(readFileSync(join(answers, 'incidents.json'), 'utf8')).source, dump);
  const again = spawnSync(process.execPath, ['dist/cli.js', 'dmesg', join(answers, 'trimmed.vmcore')]);
  assert.equal(again.stdout, spawnSync(process.execPath, ['dist/cli.js', 'dmesg', SAMPLE]).stdout);
  assert.match(run('run', join(dir, 'crash')).stdout, /no crash below .* that is not read yet/, 'a second run has nothing to do');
  // the answers are not read as if they were dumps
  const events = spawnSync(process.execPath, ['dist/cli.js', 'events', join(dir, 'crash')], { encoding: 'utf8' });
  assert.not.match(events.stdout, 'trimmed.vmcore');
});

test('a broken dump: the log beside it is read, the reason is said, exit 0', () => {
  lay('broken/x/vmcore', (path) => writeFileSync(path, Buffer.alloc(4096, 0xa5)));
  lay('broken/x/vmcore-dmesg.txt', (path) => writeFileSync(path, oopsLog));
  const { status, stdout } = run('run', join(dir, 'broken'));
  assert.is(status, 0);
  assert.match(stdout, /vmcore-dmesg\.txt: .*\/vmcore: /);
  assert.ok(existsSync(join(dir, 'broken/x/lastkmsg/report.html')));
  assert.not.ok(existsSync(join(dir, 'broken/x/lastkmsg/trimmed.vmcore')), 'a text is not trimmed');
});

test('where nothing can be read the answer says why', () => {
  lay('bad/x/vmcore', (path) => writeFileSync(path, Buffer.alloc(4096)));
  const { status, stdout } = run('run', join(dir, 'bad'));
  assert.is(status, 0);
  assert.match(stdout, 'nothing could be read');
  assert.equal(readdirSync(join(dir, 'bad/x/lastkmsg')), ['report.txt']);
  assert.match(readFileSync(join(dir, 'bad/x/lastkmsg/report.txt'), 'utf8'), 'vmcore');
});

test('what is laid as a link leads nowhere', () => {
  mkdirSync(join(dir, 'links/x'), { recursive: true });
  symlinkSync(join(process.cwd(), SAMPLE), join(dir, 'links/x/vmcore'));
  const { status, stdout } = run('run', join(dir, 'links'));
  assert.is(status, 0);
  assert.match(stdout, /no crash below/);
});

test('the user’s command is told, and nothing of the log is part of it', () => {
  lay('told/$(touch x)/vmcore', (path) => copyFileSync(SAMPLE, path));
  const out = join(dir, 'told.txt');
  run('run', '--command', `printf '%s\\n%s\\n' "$LASTKMSG_ANSWERS" "$LASTKMSG_VERDICT" > '${out}'`, join(dir, 'told'));
  const [answers, verdict] = readFileSync(out, 'utf8').split('\n');
  assert.is(answers, join(dir, 'told/$(touch x)/lastkmsg'));
  assert.ok(verdict);
  assert.is(run('run', '--command', 'exit 3', join(dir, 'told')).status, 0);
});

test('install, status and remove in an image of each family', () => {
  for (const [name, file, text, extra] of [
    ['debian', 'etc/default/kdump-tools', 'USE_KDUMP=1\nKDUMP_COREDIR="/srv/my dumps"\n', []],
    ['rhel8', 'etc/kdump.conf', 'path /var/crash\n', ['etc/kdump/post.d/90-lastkmsg.sh']],
    ['suse', 'etc/sysconfig/kdump', 'KDUMP_SAVEDIR="/var/crash"\n', []],
  ] as const) {
    const root = join(dir, name);
    lay(join(name, file), (path) => writeFileSync(path, text));
    const before = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
    assert.is(run('status', '--root', root).status, 10);
    assert.is(run('install', '--root', root).status, 0);
    assert.is(run('install', '--root', root).status, 0, 'a second time');
    assert.is(run('status', '--root', root).status, 0);
    const service = readFileSync(join(root, 'etc/systemd/system/lastkmsg-hook.service'), 'utf8');
    assert.match(service, `ExecStart=${process.execPath} `);
    for (const path of extra) assert.is(spawnSync('sh', ['-n', join(root, path)]).status, 0, 'a shell can read it');
    if (name === 'debian') assert.match(service, 'ReadWritePaths=-"/srv/my dumps"');
    assert.is(run('remove', '--root', root).status, 0);
    const files = (names: readonly string[]): string[] => names.filter((each) => statSync(join(root, each)).isFile());
    assert.equal(files(readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()), files(before), 'nothing of ours stays');
  }
});

test('usage', () => {
  assert.is(run('polish').status, 1);
  assert.is(run('run', '--timeout', 'soon').status, 1);
  assert.is(run('install', '--root', join(dir, 'nowhere')).status, 1);
});

test.run();
