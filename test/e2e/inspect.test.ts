// `lastkmsg inspect` as a process: what comes out where, and exit codes.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { HOLES, RICH } from '../support/inspect-sample.ts';

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'inspect', ...args], { maxBuffer: 1 << 28 });
  return { status, out: stdout.toString('utf8'), err: stderr.toString('utf8') };
}

test('JSON has the envelope of the contract, wherever --format stands', () => {
  for (const args of [
    [RICH, 'ps', '--state', 'UN', '--format', 'json'],
    ['--format', 'json', RICH, 'ps', '--state=UN'],
    [RICH, 'ps', '--state', 'UN', '-J'],
  ]) {
    const { status, out, err } = run(...args);
    assert.is(status, 0, err);
    const answer = JSON.parse(out);
    assert.equal(Object.keys(answer), ['schemaVersion', 'source', 'release', 'tier', 'command', 'rows', 'unknown', 'holes']);
    assert.is(answer.schemaVersion, 1);
    assert.is(answer.source, RICH);
    assert.is(answer.tier, 'full');
    assert.match(answer.command, /^ps/);
    assert.is(answer.rows.length, 6);
    assert.ok(answer.rows.every((row: { state: string; task: string }) => row.state === 'UN' && /^0x[0-9a-f]{16}$/.test(row.task)));
    assert.equal(answer.unknown, []);
  }
});

test('what is not in the dump is absent and named, never 0, and stdout is data alone', () => {
  const { status, out } = run(HOLES, 'kmem', '-s', '-J');
  assert.is(status, 0);
  const { rows, unknown, holes } = JSON.parse(out);
  const lacking = rows.filter((row: { unknown?: string[] }) => row.unknown?.includes('cached'));
  assert.ok(lacking.length > 0);
  assert.ok(lacking.every((row: object) => !('cached' in row)));
  assert.match(JSON.stringify(unknown), /cached of \d+ rows/);
  assert.ok(holes.pagesLacking > 0);
  const text = run(HOLES, 'mount');
  assert.not.match(text.out, /unknown/);
  assert.match(text.err, /lastkmsg: .*: unknown: /);
  assert.is(run('-q', HOLES, 'mount').err, '');
});

test('exit codes: 1 for what is not asked so, 2 where nothing can be read, 3 where a dump holds its log alone, 10 by --fail-on', () => {
  assert.is(run().status, 1);
  assert.is(run(RICH, 'nonsense').status, 1);
  assert.is(run(RICH, 'ps', '--nonsense').status, 1);
  assert.is(run(RICH, '--format', 'xml').status, 1);
  assert.is(run('samples/x86_64-6.1-odd-records/dmesg.txt').status, 2);
  assert.is(run('/nonexistent').status, 2);
  const trimmed = run('samples/x86_64-6.1-odd-records/vmcore', 'ps', '-J');
  assert.is(trimmed.status, 3);
  assert.is(JSON.parse(trimmed.out).tier, 'none');
  assert.equal(JSON.parse(trimmed.out).rows, []);
  assert.is(run(RICH, 'sys', '--fail-on', 'panic').status, 10);
  assert.is(run(RICH, 'sys', '--fail-on', 'kasan').status, 0);
});

test.run();
