// What a panic screen's QR code says, through the built binary: as a file, among other text, as an argument.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { panicUrl } from '../support/panic-code.ts';
import { oopsLog } from '../support/sample-logs.ts';

const run = (args: readonly string[], input?: string) => spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', input });
/** The newest lines: what fits into a code. */
const LOG = oopsLog.split('\n').slice(-40).join('\n');

test('the log of a code is the log', () => {
  for (const way of ['zl', 'z'] as const) {
    const { status, stdout, stderr } = run(['dmesg', '-'], panicUrl(LOG, way));
    assert.is(status, 0, stderr);
    assert.is(stdout.trimEnd(), LOG.trimEnd());
  }
});

test('events know the release that the code states', () => {
  const { stdout } = run(['events', panicUrl(LOG.replaceAll(/^.*(?:Comm:|Linux version).*\n/gm, ''), 'z')]);
  const events = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  assert.ok(events.length > 0);
  for (const { kernel, source } of events) assert.equal([kernel.release, source], ['6.16.3', 'panic code']);
});

test('info says what the code says', () => {
  const { stdout } = run(['info', '--json', '-'], `photo of the screen:\n${panicUrl(LOG, 'z')}\n`);
  const { machine, kernel } = JSON.parse(stdout);
  assert.equal([machine.architecture, kernel.release], ['x86_64', '6.16.3']);
});

test('text around a code stays, the log stands in its place', () => {
  const { stdout } = run(['dmesg', '-'], `[    0.100000] before\n${panicUrl(LOG, 'z')}\n[  999.000000] after\n`);
  assert.match(stdout, /^\[ {4}0\.100000\] before\n/);
  assert.match(stdout, /\[ {2}999\.000000\] after\n$/);
  assert.ok(stdout.includes('Call Trace:'));
});

test('a code that is cut is read as far as it goes, with exit code 3', () => {
  const { status, stdout, stderr } = run(['dmesg', '-'], panicUrl(LOG, 'z').slice(0, -400));
  assert.is(status, 3);
  assert.ok(stdout.length > 100 && LOG.startsWith(stdout.slice(0, 100)));
  assert.match(stderr, /the panic code of 6\.16\.3 is cut or damaged/);
});

test.run();
