// Many inputs through the bundle: on threads, grouped, and none stopped by another.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writerOf } from '../support/fifo.ts';
import { golden } from '../support/golden.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';
import { schemaErrors } from '../support/validate-event.ts';

const test = suite<{ dir: string }>('fleet');
const HOSTS = 12;
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-fleet-'));
  for (let n = 0; n < HOSTS; n++) {
    mkdirSync(join(context.dir, 'logs', `web-${n}`), { recursive: true });
    const release = n % 2 === 0 ? '6.1.0-56-amd64' : '6.1.0-57-amd64';
    const log = (n % 3 === 0 ? quietLog : n % 2 === 0 ? quietLog : oopsLog).replaceAll('6.1.0-56-amd64', release);
    writeFileSync(join(context.dir, 'logs', `web-${n}`, 'dmesg.log'), `${log}[    6.000000] systemd[1]: Hostname set to <web-${n}>.\n`);
  }
  mkdirSync(join(context.dir, 'bad'));
  writeFileSync(join(context.dir, 'bad', 'a.zip'), Buffer.from('PK\x03\x04\0\0\0\0'.repeat(99), 'latin1'));
  writeFileSync(join(context.dir, 'bad', 'empty'), '');
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', env: { ...process.env, COLUMNS: '80' }, maxBuffer: 1 << 28 });
const SAMPLES = ['5.10-two-ooms-then-oops', '6.1-odd-records', '6.1-wrapped-ring', '7.2-two-ooms-then-oops'].map(
  (n) => `samples/x86_64-${n}`,
);

test('json: the reports in the order of the inputs, each as it is alone', ({ dir }) => {
  const all = run('incidents', join(dir, 'logs'));
  assert.is(all.status, 0);
  const names = Array.from({ length: HOSTS }, (_, n) => join(dir, 'logs', `web-${n}`, 'dmesg.log')).sort();
  const alone = ['web-0', 'web-5'].map((host) => run('incidents', join(dir, 'logs', host, 'dmesg.log')).stdout.trimEnd());
  for (const report of alone) assert.ok(all.stdout.includes(`\n${report}`));
  assert.equal(
    JSON.parse(all.stdout).map(({ source }: { source: string }) => source),
    names,
  );
});

test('fleet-json: signatures with their hosts, kernels and what is new; the same bytes every time', ({ dir }) => {
  const first = run('incidents', '--format', 'fleet-json', join(dir, 'logs'));
  assert.is(run('incidents', '--format', 'fleet-json', join(dir, 'logs')).stdout, first.stdout);
  const fleet = JSON.parse(first.stdout);
  assert.equal(schemaErrors(fleet, 'Fleet'), []);
  assert.equal(schemaErrors(JSON.parse(run('incidents', '--format', 'fleet-json', join(dir, 'bad'), ...SAMPLES).stdout), 'Fleet'), []);
  const shown = Array.from({ length: HOSTS }, (_, n) => n).filter((n) => n % 3 !== 0 && n % 2 !== 0);
  assert.equal([fleet.inputs, fleet.read, fleet.hosts.length, fleet.quiet.length], [HOSTS, HOSTS, HOSTS, HOSTS - shown.length]);
  const [group] = fleet.groups;
  assert.equal([group.inputs, group.culprit, group.hosts.length], [shown.length, 'driver_xyz_process [driver_xyz]', shown.length]);
  assert.equal(group.newIn, {
    name: '6.1.0-57-amd64',
    inputs: shown.length,
    of: HOSTS / 2,
    before: { name: '6.1.0-56-amd64', inputs: HOSTS / 2 },
    earlier: HOSTS / 2,
  });
});

test('text: the table and the first signatures, fit to 80 columns', () => {
  const { stdout, status } = run('incidents', '--utc', '--format', 'text', ...SAMPLES);
  assert.is(status, 0);
  for (const line of stdout.split('\n')) assert.ok([...line].length <= 80, line);
  golden('output/fleet-samples.txt', stdout);
});

test('what cannot be read is told with its reason and stops nobody; 2 only where nothing could be read', ({ dir }) => {
  const some = run('incidents', '--format', 'text', join(dir, 'bad'), join(dir, 'logs'));
  assert.is(some.status, 3);
  assert.is(some.stderr.trimEnd().split('\n').length, 2);
  assert.match(some.stderr, /a\.zip: sought .*; found /);
  assert.match(some.stdout, /2 inputs could not be read/);
  const none = run('incidents', '--format', 'fleet-json', join(dir, 'bad'));
  assert.equal([none.status, JSON.parse(none.stdout).unreadable.length], [2, 2]);
  assert.is(run('incidents', join(dir, 'bad')).stdout, '');
});

test('--fail-on looks at every input; --vmlinux goes with one', ({ dir }) => {
  assert.is(run('incidents', '--fail-on', 'crash', join(dir, 'logs')).status, 10);
  assert.is(run('incidents', '--fail-on', 'oom-kill', join(dir, 'logs')).status, 0);
  assert.is(run('incidents', '--format', 'text', '--vmlinux', 'x', join(dir, 'logs')).status, 1);
});

test('an interrupt ends it at once, with a line that says how far it came', async ({ dir }) => {
  const fifo = join(dir, 'fifo');
  if (spawnSync('mkfifo', [fifo]).status !== 0) return;
  const child = spawn(process.execPath, ['dist/cli.js', 'incidents', fifo, join(dir, 'logs')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (bytes) => (stderr += String(bytes)));
  const silent = await writerOf(fifo);
  child.kill('SIGINT');
  const [, signal] = await once(child, 'exit');
  assert.is(signal, 'SIGINT');
  closeSync(silent);
  assert.match(stderr, /interrupted: \d+ of 13 inputs were read/);
});

test.run();
