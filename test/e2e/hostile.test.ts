// A log made to attack who reads it stays text in every output: markup, terminal escapes, bidirectional controls, NULs, forged lines.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog } from '../support/sample-logs.ts';

const EVIL =
  '<script>alert(1)</script><img src=x onerror=alert(1)>"\'--></pre>`](http://evil)\x1b[2J\x1b]8;;http://evil\x07\x9b31m\xe2\x80\xae\xe2\x81\xa6\x00\x08\xff';
/** Reports whose every field that somebody else can choose is hostile: task, module, machine, cgroup, device, message. */
const LOG = Buffer.concat([
  Buffer.from(
    oopsLog.replace('QEMU Standard PC', EVIL).replaceAll('kworker/u16:3', '<b>"x\x1b[1m').replaceAll('driver_xyz', 'x<i>\x1b[7m'),
    'latin1',
  ),
  Buffer.from(
    [
      `[   99.000000] EXT4-fs error (device ${EVIL}): f:1: comm ${EVIL}: ${EVIL}`,
      `[   99.100000] Memory cgroup out of memory: Killed process 9 (${EVIL}) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB`,
      `[   99.200000] INFO: task ${EVIL}:77 blocked for more than 120 seconds.`,
      `[   99.300000] WARNING: CPU: 0 PID: 1 at ${EVIL}.c:1 ${EVIL}+0x1/0x2 [${EVIL}]`,
      `[   99.400000] ${EVIL}: loading out-of-tree module taints kernel.`,
      `[   99.500000] Kernel panic - not syncing: ${EVIL}`,
      '',
    ].join('\n'),
    'latin1',
  ),
]);
/** What no output may hold: controls but the line feed, bidirectional and invisible characters. */
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

const test = suite<{ path: string; dir: string }>('hostile');
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-hostile-'));
  // a file name is somebody else's as well
  context.path = join(context.dir, 'a\x1b[31m<b>\n\u202eb.log');
  writeFileSync(context.path, LOG);
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });

const OUTPUTS: readonly (readonly string[])[] = [
  [],
  ['incidents', '--format', 'text'],
  ['incidents', '--format', 'json'],
  ['events', '--format', 'text'],
  ['events', '--format', 'json', '--raw'],
  ['events', '--format', 'ndjson', '--raw'],
  ['info', '--json'],
  ['report', '--format', 'html'],
  ['report', '--format', 'markdown'],
  ['report', '--format', 'text'],
  ['report', '--format', 'html', '--redact'],
];
for (const args of OUTPUTS) {
  test(`stays text: lastkmsg ${args.join(' ')}`, ({ path }) => {
    const { status, stdout, stderr } = run(...args, path);
    assert.ok(status === 0 || status === 3, stderr);
    assert.ok(stdout.length > 200);
    assert.not.match(stdout, CONTROL);
    assert.not.match(stderr, CONTROL);
    if (args.includes('html')) assert.not.match(stdout, /<(?:script|img|b|i)\b/);
  });
}

test('stays text: what several inputs share, kernels among it', ({ path, dir }) => {
  const other = join(dir, 'other.log');
  // a release as a forged log may have it: no blank, everything else
  writeFileSync(
    other,
    Buffer.concat([Buffer.from(`[    0.000000] Linux version 6.1.0-${EVIL.replace(/ /g, '')} (a@b) #1\n`, 'latin1'), LOG]),
  );
  for (const args of [['report', '--format', 'markdown'], ['report', '--format', 'html'], ['report', '--format', 'text'], ['summary']]) {
    const { stdout, stderr } = run(...args, path, other);
    assert.ok(stdout.length > 200, args.join(' '));
    assert.not.match(stdout, CONTROL, args.join(' '));
    assert.not.match(stderr, CONTROL, args.join(' '));
  }
});

test('stays text: the crash script, which crash would hand to a shell', ({ path, dir }) => {
  const script = join(dir, 'steps.crash');
  assert.ok(run('--crash-script', script, path).status !== null);
  const lines = readFileSync(script, 'utf8').split('\n');
  assert.not.match(lines.join('\n'), CONTROL);
  assert.not.match(lines.filter((line) => !line.startsWith('#')).join('\n'), /[|!<>`$;&]/);
});

test.run();
