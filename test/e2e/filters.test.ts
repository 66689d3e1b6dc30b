// --kind, --severity, --since, --until and --json, taken by every command that tells events.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const DUMP = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
interface Told {
  incidents: { id: string; headline: string; events: string[] }[];
}
const incidents = (...args: string[]): Told['incidents'] => (JSON.parse(run(...args).stdout) as Told).incidents;

test('an incident with an event that is wanted is told whole', () => {
  const [only, ...more] = incidents('incidents', '--json', '--kind', 'panic', DUMP);
  assert.equal(more, []);
  assert.equal(only?.events, ['E4', 'E5'], 'what led to the panic stays');
});

test('the summary takes them, and --json is what incidents prints', () => {
  assert.equal(
    incidents('--json', '-k', 'oom', DUMP).map(({ id }) => id),
    ['I1', 'I2'],
  );
  assert.equal(incidents('--json', '--since', '12', DUMP).length, 1);
  assert.equal(incidents('--json', '--until', '6', DUMP).length, 1);
  const { stdout } = run('--severity', 'warning', DUMP);
  assert.match(stdout, '1 event in 1 incident: 1 warning');
});

test('several inputs on threads are filtered too', () => {
  const { stdout } = run('incidents', '--json', '--kind', 'oom', 'samples');
  for (const { incidents: found } of JSON.parse(stdout) as Told[]) for (const { headline } of found) assert.match(headline, /killed/);
});

test('a report holds what was asked for', () => {
  const { stdout } = run('report', '--format', 'text', '--kind', 'memcg-oom', DUMP);
  assert.match(stdout, 'was killed');
  assert.not.match(stdout, 'kernel panic: Fatal exception');
});

test('events --json is one array', () => assert.is((JSON.parse(run('events', '--json', '-k', 'oom', DUMP).stdout) as unknown[]).length, 2));

test('what is no kind is said', () => {
  for (const command of [['incidents'], ['report'], []]) {
    const { status, stderr } = run(...command, '--kind', 'oops-kill', DUMP);
    assert.is(status, 1);
    assert.match(stderr, '--kind takes');
  }
});

test.run();
