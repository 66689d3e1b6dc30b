// Support cases as they are sent: archives of dumps and logs through the built binary.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tarOf, zipOf } from '../support/archives.ts';
import { Pty } from '../support/pty.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const VMCORE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-e2e-archives-'));
const CASE = tarOf([
  { name: 'case/', type: '5' },
  { name: 'case/README.md', content: '# A support case\n' },
  { name: 'case/var/log/kern.log', content: oopsLog },
  { name: 'case/var/log/kern.log.1', content: quietLog },
  { name: 'case/var/crash/vmcore', content: readFileSync(VMCORE) },
]);
const at = (name: string, bytes: Buffer): string => {
  writeFileSync(join(dir, name), bytes);
  return join(dir, name);
};
const run = (args: readonly string[], options: { input?: Buffer; env?: NodeJS.ProcessEnv } = {}) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
    env: { ...process.env, ...options.env },
  });
const installed = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const packed = (program: string): Buffer => spawnSync(program, ['-c'], { input: CASE, maxBuffer: 1 << 28 }).stdout;
/** The sources of events, each once, without the folder that the test is in. */
const sourcesOf = (ndjson: string): string[] => [
  ...new Set(ndjson.split('\n').flatMap((line) => (line === '' ? [] : [String(JSON.parse(line).source).replace(`${dir}/`, '')]))),
];
const MEMBERS = ['case/var/crash/vmcore', 'case/var/log/kern.log'];

for (const [name, bytes, needs] of [
  ['case.tar', () => CASE, 'sh'],
  ['case.tar.gz', () => gzipSync(CASE), 'sh'],
  ['case.tar.xz', () => packed('xz'), 'xz'],
  ['case.tar.zst', () => packed('zstd'), 'zstd'],
  ['case.tar.bz2', () => packed('bzip2'), 'bzip2'],
] as const) {
  (installed(needs) ? test : test.skip)(`${name}: the dump and the logs in it, each by its name`, () => {
    const { status, stdout, stderr } = run(['events', at(name, bytes())]);
    assert.is(status, 0, stderr);
    assert.is(stderr, '');
    assert.equal(
      sourcesOf(stdout),
      MEMBERS.map((member) => `${name}!${member}`),
    );
  });
}

test('a dump in an archive prints the same log as the dump itself, also through a pipe', () => {
  const path = at('log.tgz', gzipSync(CASE));
  const { stdout } = run(['dmesg', VMCORE]);
  assert.is(run(['dmesg', `${path}!case/var/crash/vmcore`]).stdout, stdout);
  const piped = run(['events', '-'], { input: gzipSync(CASE) });
  assert.equal(
    sourcesOf(piped.stdout),
    MEMBERS.map((member) => `-!${member}`),
  );
});

test('a zip with a compressed archive in it', () => {
  const { status, stdout } = run(['events', at('outer.zip', zipOf([{ name: 'mail/case.tgz', content: gzipSync(CASE) }]))]);
  assert.is(status, 0);
  assert.equal(
    sourcesOf(stdout),
    MEMBERS.map((member) => `outer.zip!mail/case.tgz!${member}`),
  );
});

(installed('7z') || installed('7zz') ? test : test.skip)('a 7z, by the program for it', () => {
  const program = installed('7z') ? '7z' : '7zz';
  spawnSync('sh', ['-c', 'rm -rf case case.7z; tar xf case.tar && "$0" a -bd case.7z case', program], { cwd: dir });
  const { status, stdout, stderr } = run(['events', join(dir, 'case.7z')]);
  assert.is(status, 0, stderr);
  assert.equal(
    sourcesOf(stdout),
    MEMBERS.map((member) => `case.7z!${member}`),
  );
});

test('a 7z without the program says what to install', () => {
  const path = at('lonely.7z', Buffer.from('377abcaf271c0004', 'hex'));
  const { status, stderr } = run(['events', path], { env: { PATH: '/nonexistent' } });
  assert.is(status, 2);
  assert.match(stderr, /lonely\.7z: sought the program 7z to read this archive; found none; install 7zip/);
});

test('an archive that is cut gives what came before, with exit code 3', () => {
  const { status, stdout, stderr } = run(['events', at('cut.tgz', gzipSync(CASE).subarray(0, -9_000))]);
  assert.is(status, 3);
  assert.equal(sourcesOf(stdout).slice(-1), ['cut.tgz!case/var/log/kern.log']);
  assert.match(stderr, /cut\.tgz: the archive is damaged or cut: unexpected end of file/);
});

test('an archive without a log is exit code 2 and one line; beside others it stops nothing', () => {
  const path = at('none.zip', zipOf([{ name: 'README.md', content: '# Nothing here\n' }]));
  const { status, stderr } = run(['events', path]);
  assert.is(status, 2);
  assert.match(stderr, /^lastkmsg: .*none\.zip: sought dumps or kernel logs in this archive; found none in 1 file\n$/);
  assert.is(run(['events', path, at('case.tar', CASE)]).status, 3);
});

test('names that lead out are left out, told, and nothing is written', () => {
  const path = at(
    'evil.tar',
    tarOf([
      { name: '../evil.log', content: oopsLog },
      { name: 'dmesg', content: oopsLog },
    ]),
  );
  const { status, stdout, stderr } = run(['events', path]);
  assert.is(status, 3);
  assert.equal(sourcesOf(stdout), ['evil.tar!dmesg']);
  assert.match(stderr, /evil\.tar: 1 name that leads out of the archive left out \(\.\.\/evil\.log\)/);
  assert.not(readdirSync(join(dir, '..')).includes('evil.log'));
});

test('archives in a folder are inputs like any other', () => {
  const folder = mkdtempSync(join(dir, 'folder-'));
  for (const n of [1, 2, 3]) writeFileSync(join(folder, `case-${n}.tgz`), gzipSync(CASE));
  const { status, stdout } = run(['incidents', '--format', 'fleet-json', folder]);
  assert.is(status, 0);
  assert.is(JSON.parse(stdout).inputs, 9);
  assert.is(JSON.parse(run(['incidents', folder]).stdout).length, 9);
});

test('trim takes the one dump out of an archive', () => {
  const small = join(dir, 'small');
  assert.is(run(['trim', at('case.tar', CASE), '-o', small]).status, 0);
  assert.is(run(['dmesg', small]).stdout, run(['dmesg', VMCORE]).stdout);
});

(installed('script') ? test : test.skip)('the dashboard has each as an input of its own', async () => {
  const pty = new Pty(`${process.execPath} dist/cli.js tui ${at('case.tar', CASE)}; echo "code $?"`, { columns: 100, rows: 30 }, {});
  try {
    await pty.until((output) => output.includes('driver_xyz_process') || output.includes('fault_null'));
    pty.press('q');
    await pty.until((output) => output.includes('code 0'));
  } finally {
    pty.end();
  }
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
