// What a fleet says of its inputs.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { groupFleet } from '../../src/fleet/group.ts';
import type { FleetInput } from '../../src/fleet/input.ts';
import { at, HUNG, input, OOPS, WARN } from '../support/fleet-inputs.ts';

const UNREADABLE: FleetInput = { kind: 'unreadable', source: 'z', reason: 'z: sought a dump or a log; found a directory' };

test('an input counts once in each signature that began an incident; what followed is no signature of its own', () => {
  const fleet = groupFleet([
    input('a', [[OOPS, { ...OOPS, kind: 'panic', title: 'kernel panic: Fatal exception' }], [{ ...OOPS }]], { host: 'n1' }),
    input('b', [[OOPS], [HUNG]], { host: 'n1' }),
    input('c', [[{ kind: 'sysrq', title: 'sysrq: Show Memory', severity: 'info', alone: true }]], { host: 'n2' }),
    UNREADABLE,
  ]);
  assert.equal(
    fleet.groups.map(({ title, inputs, incidents, hosts }) => [title, inputs, incidents, hosts]),
    [
      ['NULL in foo', 2, 3, ['n1']],
      ['task hung in rwsem', 1, 1, ['n1']],
    ],
  );
  assert.equal(
    fleet.quiet.map(({ source, events }) => [source, events]),
    [['c', 1]],
  );
  assert.equal([fleet.inputs, fleet.read, fleet.hosts, fleet.unreadable], [4, 3, ['n1', 'n2'], [UNREADABLE]]);
});

test('a warning that a crash of its own followed is counted as the crash; a panic that ends an incident is not', () => {
  const titles = (inputs: readonly FleetInput[]): string[] => groupFleet(inputs).groups.map(({ title }) => title);
  assert.equal(titles([input('a', [[WARN, OOPS]])]), ['NULL in foo']);
  assert.equal(titles([input('a', [[WARN, { kind: 'panic', title: 'kernel panic: X', severity: 'fatal' }]])]), ['WARNING in baz']);
});

test('new in: the first release, and how many inputs of the release before it do not show it', () => {
  const on = (release: string) => ({ releases: [release] });
  const oops = { ...OOPS, kernel: { release: '6.1.0-28-amd64' } };
  const inputs = [
    input('a', [[oops]], on('6.1.0-28-amd64')),
    input('b', [[{ ...WARN, kernel: { release: '6.1.0-9-amd64' } }]], on('6.1.0-9-amd64')),
    input('c', [], on('6.1.0-28-amd64')),
    input('d', [], on('6.1.0-8-amd64')),
    input('e', [], on('5.10.0-46-arm64')),
  ];
  const [first, second] = groupFleet(inputs).groups;
  assert.equal(first?.newIn, { name: '6.1.0-28-amd64', inputs: 1, of: 2, before: { name: '6.1.0-9-amd64', inputs: 1 }, earlier: 2 });
  assert.equal(first?.kernels, [{ name: '6.1.0-28-amd64', inputs: 1, of: 2 }]);
  assert.equal(second?.newIn, { name: '6.1.0-9-amd64', inputs: 1, of: 1, before: { name: '6.1.0-8-amd64', inputs: 1 }, earlier: 1 });
});

test('together: within five minutes, by uptime or by the wall; where no times compare it says so', () => {
  const near = (oops: typeof OOPS, hung: typeof HUNG) => groupFleet([input('a', [[oops], [hung]])]).groups[0]?.together ?? [];
  assert.equal(
    near(at(OOPS, 1000), at(HUNG, 701)).map(({ name, inputs, percent, untimed }) => [name, inputs, percent, untimed]),
    [['task hung in rwsem', 1, 100, 0]],
  );
  assert.equal(near(at(OOPS, 1000), at(HUNG, 699)), []);
  const [otherBoot] = near(at(OOPS, 5, '2026-11-22T20:00:00Z'), { ...at(HUNG, 9000, '2026-11-22T19:58:00Z'), boot: 1 });
  assert.is(otherBoot?.untimed, 0);
  assert.is(near(OOPS, HUNG)[0]?.untimed, 1);
});

test('variants are the hashes of one title; the stack is that of the most frequent', () => {
  const other = { ...OOPS, hash: 'dd', frames: ['foo', 'elsewhere'] };
  const [group] = groupFleet([input('a', [[OOPS]]), input('b', [[other]]), input('c', [[OOPS], [other]]), input('d', [[OOPS]])]).groups;
  assert.equal(
    group?.variants.map(({ hash, inputs }) => [hash, inputs]),
    [
      ['aa', 3],
      ['dd', 2],
    ],
  );
  assert.equal([group?.hash, group?.stack, group?.inputs, group?.members.length], ['aa', ['foo', 'bar'], 4, 4]);
});

test('members: newest first, each with its task, verdict and records', () => {
  const dated = (time: string) => at({ ...OOPS, task: { comm: 'java', pid: 7 } }, 3, time);
  const [group] = groupFleet([
    input('a', [[dated('2026-11-20T00:00:00Z')]]),
    input('b', [[OOPS]]),
    input('c', [[dated('2026-11-22T00:00:00Z')]], { host: 'n1' }),
  ]).groups;
  assert.equal(
    group?.members.map(({ source }) => source),
    ['c', 'a', 'b'],
  );
  const [newest] = group?.members ?? [];
  assert.equal(
    [newest?.host, newest?.event, newest?.incident, newest?.verdict, newest?.task, newest?.records.first],
    ['n1', 'E1', 'I1', 'NULL in foo.', { comm: 'java', pid: 7 }, 100],
  );
  assert.equal([group?.first?.time, group?.last?.time], ['2026-11-20T00:00:00Z', '2026-11-22T00:00:00Z']);
});

test('days: inputs by the day they ended, under the family nearest to the end; undated ones are counted', () => {
  const fleet = groupFleet([
    input('a', [[HUNG], [OOPS]], { ended: '2026-11-22T23:59:59Z' }),
    input('b', [], { ended: '2026-11-22T00:00:00Z' }),
    input('c', [[at(HUNG, 3, '2026-11-21T00:00:00Z')]]),
    input('d', [[OOPS]]),
  ]);
  assert.equal(fleet.days, [
    { day: '2026-11-21', inputs: 1, families: { hung: 1 } },
    { day: '2026-11-22', inputs: 2, families: { oops: 1, quiet: 1 } },
  ]);
  assert.is(fleet.undated, 1);
});

test("the text of a dump beside it is not counted again; another machine's is", () => {
  const crash = at(OOPS, 13.6, '2026-11-22T20:00:00Z');
  const fleet = groupFleet([
    input(
      'a/vmcore',
      [[HUNG], [crash]].map((own) => own.map((one) => at(one, 13.6))),
      { form: 'vmcore' },
    ),
    input('a/vmcore-dmesg.txt', [[crash]]),
    input('a/other.txt', [[at(OOPS, 13.7)]]),
    input('b/vmcore-dmesg.txt', [[crash]]),
    input('a/untimed.txt', [[OOPS]]),
  ]);
  assert.equal(fleet.copies, [{ source: 'a/vmcore-dmesg.txt', of: 'a/vmcore' }]);
  assert.equal([fleet.inputs, fleet.read, fleet.groups[0]?.inputs], [5, 4, 4]);
});

test('taint and models count inputs, not events', () => {
  const tainted = {
    ...OOPS,
    taint: { raw: 'OE', flags: ['O', 'E'].map((letter) => ({ letter, name: '', meaning: '' })) },
    hardware: 'QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2 04/01/2014',
  };
  const [group] = groupFleet([input('a', [[tainted], [{ ...tainted }]]), input('b', [[tainted]])]).groups;
  assert.equal(group?.taint, [
    { name: 'E', inputs: 2 },
    { name: 'O', inputs: 2 },
  ]);
  assert.equal(group?.hardware, [{ name: 'QEMU Standard PC (i440FX + PIIX, 1996)', inputs: 2 }]);
});

test('what is kept of an input is bounded', () => {
  const many = Array.from({ length: 500 }, (_, n) => [{ ...WARN, title: `${n} ${'x'.repeat(9000)}`, hash: `${n}` }]);
  const kept = input('a', many);
  assert.equal([kept.events, kept.sightings.length + kept.omitted], [500, 500]);
  const repeated = input('b', [Array.from({ length: 5000 }, (_, n) => at(OOPS, n))]);
  assert.is(repeated.sightings[0]?.moments.at(-1)?.uptime, 4999);
  assert.ok(JSON.stringify([kept, repeated]).length < 200_000);
});

test.run();
