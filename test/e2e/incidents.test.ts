// Incidents and the summary through the bundle, on real vmcores.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { golden } from '../support/golden.ts';
import { oopsLog } from '../support/sample-logs.ts';
import { schemaErrors } from '../support/validate-event.ts';

const test = suite<{ dir: string }>('incidents');
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-incidents-'));
  writeFileSync(join(context.dir, 'oops.log'), oopsLog);
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', env: { ...process.env, COLUMNS: '80', TZ: 'Asia/Tokyo' } });
const TWO_OOMS = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';

test('json: one object for one input, an array for several, all valid', ({ dir }) => {
  const one = JSON.parse(run('incidents', TWO_OOMS).stdout);
  assert.equal(schemaErrors(one, 'IncidentReport'), []);
  assert.is(one.dump.kernel.release, '5.10.0-46-amd64');
  assert.equal(
    one.incidents.map(({ severity }: { severity: string }) => severity),
    ['fatal', 'error', 'error', 'warning'],
  );
  const two = JSON.parse(run('incidents', TWO_OOMS, join(dir, 'oops.log')).stdout);
  assert.is(two.length, 2);
  assert.is(two[1].dump.container.format, 'text');
});

test('the summary of the two-ooms vmcore', () => {
  golden('output/summary-two-ooms.txt', run('--utc', TWO_OOMS).stdout);
  golden('output/summary-two-ooms-all.txt', run('--utc', '--all', TWO_OOMS).stdout);
});

test('local times, and distances from now', () => {
  assert.match(run(TWO_OOMS).stdout, /2026-11-23 05:00:36 \+09:00/);
  assert.match(run('--relative', '--all', TWO_OOMS).stdout, / (?:ago|in \d+ \w+) \(from the\s+machine's clock/);
});

test('--crash-script writes commands', ({ dir }) => {
  const path = join(dir, 'steps.crash');
  assert.is(run('--crash-script', path, TWO_OOMS).status, 0);
  assert.match(readFileSync(path, 'utf8'), /^dis -rl \(fault_null\+0x5\)$/m);
});

test('--vmlinux: what is none, and what is another kernel, is said', ({ dir }) => {
  const none = run('--vmlinux', join(dir, 'oops.log'), TWO_OOMS);
  assert.is(none.status, 1);
  assert.match(none.stderr, /not an ELF file/);
  assert.match(run('--vmlinux', process.execPath, TWO_OOMS).stdout, /cannot be compared|is another kernel/);
});

test.run();
