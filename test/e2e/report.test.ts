// The report command through the bundle: formats, output, redaction, exit codes. What a hostile log does is in hostile.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const test = suite<{ dir: string }>('report');
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-report-'));
  writeFileSync(join(context.dir, 'oops.log'), oopsLog);
  writeFileSync(join(context.dir, 'quiet.log'), quietLog);
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

const run = (args: readonly string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist/cli.js'), 'report', ...args], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Asia/Tokyo' },
    ...(input === undefined ? {} : { input }),
  });
  return { status, stdout, stderr };
};

test('one HTML file: verdict, timeline, the event, the log; the same bytes each time', ({ dir }) => {
  const out = join(dir, 'a.html');
  assert.equal(run([join(dir, 'oops.log'), '-o', out]), { status: 0, stdout: '', stderr: '' });
  const page = readFileSync(out, 'utf8');
  assert.match(page, /^<!DOCTYPE html>[\s\S]*<svg[\s\S]*<details[\s\S]*driver_xyz_process[\s\S]*<\/html>\n$/);
  assert.is(run([join(dir, 'oops.log')]).stdout, page);
});

test('the name of the output chooses the format, --format before it', ({ dir }) => {
  run([join(dir, 'oops.log'), '-o', join(dir, 'a.md')]);
  assert.match(readFileSync(join(dir, 'a.md'), 'utf8'), /^# .*driver.*\n[\s\S]*\n> [\s\S]*### Timeline/);
  run([join(dir, 'oops.log'), '-o', join(dir, 'a.txt')]);
  assert.match(readFileSync(join(dir, 'a.txt'), 'utf8'), /^.*driver.*\n(?:.*\n)?=+\n[\s\S]*\nVerdict\n-------\n/);
  assert.match(run([join(dir, 'oops.log'), '--format', 'text']).stdout, /\n=+\n/);
});

test('times of the day: local, --utc, --relative, in every format', () => {
  const vmcore = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
  for (const format of ['html', 'markdown', 'text']) {
    const page = run([vmcore, '--format', format, '--utc']).stdout;
    assert.match(page, /2026-11-22 20:00:36 UTC/);
    assert.not.match(page, /\+09:00/);
  }
  // a zone is the same option for all of them
  assert.match(run([vmcore]).stdout, /2026-11-23 05:00:36 \+09:00/);
  assert.match(run([vmcore, '--format', 'text', '--relative']).stdout, /(?:ago|in \d+ \w+) \(from\s+the\s+machine/);
});

test('a file that is there stays, without -f; wrong formats and unreadable inputs', ({ dir }) => {
  const out = join(dir, 'there.html');
  writeFileSync(out, 'mine');
  const refused = run([join(dir, 'oops.log'), '-o', out]);
  assert.is(refused.status, 1);
  assert.match(refused.stderr, /there already/);
  assert.is(readFileSync(out, 'utf8'), 'mine');
  assert.is(run([join(dir, 'oops.log'), '-f', '-o', out]).status, 0);
  assert.is(run([join(dir, 'oops.log'), '--format', 'pdf']).status, 1);
  assert.is(run([join(dir, 'missing.log'), '-o', join(dir, 'none.html')]).status, 2);
  assert.not.ok(existsSync(join(dir, 'none.html')));
  assert.is(run([join(dir, 'oops.log'), '-o', join(dir, 'no', 'such', 'a.html')]).status, 2);
  const some = run([join(dir, 'missing.log'), join(dir, 'oops.log'), join(dir, 'quiet.log')]);
  assert.is(some.status, 3);
  assert.is(some.stdout.match(/<details class="input /g)?.length, 2);
});

test('--fail-on', ({ dir }) => {
  assert.is(run([join(dir, 'oops.log'), '--fail-on', 'crash']).status, 10);
  assert.is(run([join(dir, 'quiet.log'), '--fail-on', 'crash']).status, 0);
});

test('--redact-word, and a format that there is not', ({ dir }) => {
  const { stdout } = run([join(dir, 'oops.log'), '--redact-word', 'xyz', '--redact-word', 'kworker']);
  assert.not.match(stdout, /xyz|kworker/i);
  assert.match(stdout, /word-1/);
  const refused = run([join(dir, 'oops.log'), '-o', join(dir, 'out.pdf')]);
  assert.is(refused.status, 1);
  assert.match(refused.stderr, /out\.pdf: a report is \.html, \.md or \.txt, not \.pdf/);
  assert.not.ok(existsSync(join(dir, 'out.pdf')));
});

test('--redact: placeholders, and a list of what was replaced', ({ dir }) => {
  const log = `${oopsLog}[   99.000000] nfs: server filer7.example.com not responding, timed out\n[   99.100000] SRC=10.9.8.7 at pci 0000:00:1f.2\n`;
  const { stdout } = run(['-', '--format', 'text', '--redact'], log);
  assert.not.match(stdout, /filer7|10\.9\.8\.7/);
  assert.match(
    stdout,
    /server host-1 not responding[\s\S]*SRC=ip-1 at pci 0000:00:1f\.2[\s\S]*What was replaced[\s\S]*ip: IP addresses: 1 value/,
  );
  assert.match(stdout, /driver_xyz_process\+0x15\/0x20/);
  assert.not.match(run([join(dir, 'oops.log'), '--format', 'text']).stdout, /What was replaced/);
});

test.run();
