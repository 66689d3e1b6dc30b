// What is new in one log and gone from another.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const ONE = 'samples/x86_64-6.1-odd-records/vmcore';
const OTHER = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-diff-'));
test.after(() => rmSync(dir, { recursive: true }));
for (const [name, text] of [
  ['oops.log', oopsLog],
  ['quiet.log', quietLog],
] as const)
  writeFileSync(join(dir, name), text);

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'diff', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('new, gone and in both, the worst first', () => {
  const { stdout, status } = run('--json', ONE, OTHER);
  assert.is(status, 0);
  const {
    schemaVersion,
    new: added,
    gone,
    both,
  } = JSON.parse(stdout) as Record<string, { title: string; countA: number; countB: number }[]> & { schemaVersion: 1 };
  assert.is(schemaVersion, 1);
  assert.equal(
    added?.map(({ title }) => title),
    ['kernel panic: Fatal exception', 'Memory cgroup out of memory: Killed process java', 'Out of memory: Killed process node'],
  );
  assert.equal(
    gone?.map(({ countA, countB }) => [countA, countB]),
    [[1, 0]],
  );
  for (const { countA, countB } of both ?? []) assert.ok(countA > 0 && countB > 0);
});

test('the same twice has nothing new', () => {
  assert.match(run(ONE, ONE).stdout, 'nothing is new, nothing is gone');
  assert.is(run('--fail-on', 'crash', ONE, ONE).status, 0);
});

test('--fail-on looks at what is new alone', () => {
  const [oops, quiet] = [join(dir, 'oops.log'), join(dir, 'quiet.log')];
  assert.is(run('--fail-on', 'crash', quiet, oops).status, 10);
  assert.is(run('--fail-on', 'crash', oops, quiet).status, 0);
  assert.is(run(quiet, join(dir, 'nowhere')).status, 2);
  assert.is(run(quiet).status, 1);
});

test('lines fit the terminal', () => {
  const lines = run(ONE, OTHER)
    .stdout.split('\n')
    .filter((line) => !line.includes('samples/'));
  assert.ok(lines.length > 5);
  for (const line of lines) assert.ok(line.length <= 80, line);
});

test.run();
