// The times of the day that lines state, in everything that is made of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Pty } from '../support/pty.ts';
import { oopsLog } from '../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-wall-'));
const texts = oopsLog
  .trimEnd()
  .split('\n')
  .map((line) => line.replace(/^\[ *[\d.]+\] /, ''));
/** A log of which each line is stamped, one second after the other; last written in December 2026. */
function log(name: string, stamp: (second: string) => string): string {
  const path = join(dir, name);
  writeFileSync(path, texts.map((text, i) => `${stamp(String(i % 60).padStart(2, '0'))}${text}\n`).join(''));
  utimesSync(path, new Date('2026-12-01T00:00:00Z'), new Date('2026-12-01T00:00:00Z'));
  return path;
}
const SYSLOG = log('messages', (s) => `Nov 22 20:00:${s} web-01 kernel: `);
const ISO = log('kern.log', (s) => `2026-11-22T21:00:${s}.123456+01:00 web-01 kernel: `);
const CTIME = log('dmesg.txt', (s) => `[Sun Nov 22 20:00:${s} 2026] `);

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', env: { ...process.env, COLUMNS: '100' } });
const eventsOf = (...args: readonly string[]) => {
  const { stdout, stderr, status } = run('events', ...args);
  return {
    events: stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    stderr,
    status,
  };
};

test('an event has the time that its first line states, what that rests on, and what it does not say', () => {
  const wallOf = (path: string) => eventsOf('--kind', 'null-dereference', path).events[0].wall;
  const at = String(texts.findIndex((text) => text.startsWith('BUG: '))).padStart(2, '0');
  assert.equal(wallOf(ISO), { time: `2026-11-22T20:00:${at}.123Z`, source: 'syslog', uncertaintySeconds: 15.000001 });
  const unsure = 14 * 3600 + 15 + 1;
  assert.equal(wallOf(SYSLOG), {
    time: `2026-11-22T20:00:${at}.000Z`,
    source: 'journal',
    uncertaintySeconds: unsure,
    inferred: ['year', 'zone'],
  });
  assert.equal(wallOf(CTIME), {
    time: `2026-11-22T20:00:${at}.000Z`,
    source: 'ctime',
    uncertaintySeconds: 14 * 3600 + 2,
    inferred: ['zone'],
  });
});

test('a year that is not stated is the last that fits the time of writing, for a pipe now', () => {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'events', '-'], {
    input: texts.map((text) => `Nov 22 20:00:00 web-01 kernel: ${text}\n`).join(''),
    encoding: 'utf8',
  });
  const { time, inferred } = JSON.parse(stdout.split('\n')[0] ?? '').wall;
  const now = Date.parse(new Date().toISOString());
  assert.ok(Date.parse(time) < now + 86_400_000 && Date.parse(time) > now - 366 * 86_400_000, time);
  assert.equal(inferred, ['year', 'zone']);
});

test('the summary and a report say the time and how sure it is', () => {
  assert.match(run('--all', '--utc', SYSLOG).stdout, /2026-11-22 20:00:\d\d UTC \(from the journal, year and\s+zone not stated, ±14\s+h\)/);
  assert.match(run('--all', '--utc', ISO).stdout, /2026-11-22 20:00:\d\d UTC \(from syslog, ±15(?:\.\d+)?\s+s\)/);
  assert.match(run('report', '--utc', '--format', 'markdown', ISO).stdout, /2026-11-22 20:00:/);
});

test('--since and --until: what is sure is hidden, what cannot be decided is shown and said', () => {
  assert.is(eventsOf('--since', '2026-11-22T20:30:00Z', ISO).events.length, 0);
  assert.ok(eventsOf('--until', '2026-11-22T20:30:00Z', ISO).events.length > 0);
  assert.is(eventsOf('--since', '2026-11-25', SYSLOG).events.length, 0);
  const { events, stderr, status } = eventsOf('--since', '2026-11-22T23:00:00Z', SYSLOG);
  assert.ok(events.length > 0);
  assert.match(stderr, /messages: \d+ events? shown that may lie outside/);
  assert.is(status, 0);
  const undated = eventsOf('--since', '2026-11-22T23:00:00Z', '-');
  assert.equal(undated.events, []);
  const timed = join(dir, 'console.log');
  writeFileSync(timed, oopsLog);
  assert.match(eventsOf('--since', '2026-11-22T23:00:00Z', timed).stderr, /console\.log: \d+ events? without such a time shown/);
});

test('many inputs: when a signature was seen', () => {
  const { stdout } = run('incidents', '--format', 'fleet-json', SYSLOG, ISO, CTIME);
  const { first, last } = JSON.parse(stdout);
  for (const time of [first, last]) assert.match(time, /^2026-11-22T20:00:/);
});

const onTerminal = spawnSync('sh', ['-c', 'command -v script']).status === 0 ? test : test.skip;
onTerminal('the dashboard has the time in its column', async () => {
  const pty = new Pty(`${process.execPath} dist/cli.js tui ${SYSLOG}`, { columns: 100, rows: 30 });
  try {
    await pty.until((output) => output.includes('11-22 20:00:'));
    pty.press('q');
  } finally {
    pty.end();
  }
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
