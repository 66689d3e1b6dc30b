// Whatever is in the inputs: no input is lost, counts add up, and the order in which they come does not matter.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { KINDS, SEVERITIES } from '../../src/event/kinds.ts';
import { groupFleet } from '../../src/fleet/group.ts';
import type { FleetInput } from '../../src/fleet/input.ts';
import { input, type Told } from '../support/fleet-inputs.ts';

const time = fc.option(fc.constantFrom('2026-11-20T10:00:00Z', '2026-11-21T10:01:00.5Z', '2026-11-21T10:04:00Z', 'never'), {
  nil: undefined,
});
const told: fc.Arbitrary<Told> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    title: fc.constantFrom('A', 'B', 'C\x1b'),
    hash: fc.constantFrom('', 'a', 'b'),
    alone: fc.boolean(),
    boot: fc.nat(2),
    uptime: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
    time,
    release: fc.constantFrom(undefined, '6.1.0-9-amd64', '6.1.0-28-amd64', '\x00', '...'),
  })
  .map(({ time: at, release, ...rest }) => {
    const wall: Event['wall'] = at === undefined ? undefined : { time: at, source: 'rtc', uncertaintySeconds: 1 };
    const fields: Told = { ...rest, ...(rest.uptime === undefined ? {} : { uptime: rest.uptime }) } as Told;
    return { ...fields, ...(wall ? { wall } : {}), ...(release === undefined ? {} : { kernel: { release } }) };
  });

const readInput = fc
  .record({
    incidents: fc.array(fc.array(told, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
    host: fc.constantFrom(undefined, 'n1', 'n2'),
    releases: fc.uniqueArray(fc.constantFrom('6.1.0-9-amd64', '6.1.0-28-amd64', '5.10.0-46-amd64', 'x')),
    ended: time,
    form: fc.constantFrom('vmcore', 'dmesg'),
    losses: fc.constantFrom<readonly string[]>([], ['lost']),
  })
  .map(
    ({ incidents, ...facts }) =>
      (source: string): FleetInput =>
        input(source, incidents, facts),
  );
const unreadable = fc.constant((source: string): FleetInput => ({ kind: 'unreadable', source, reason: 'why' }));
const fleet = fc
  .array(fc.oneof({ weight: 5, arbitrary: readInput }, unreadable), { maxLength: 12 })
  .map((makers) => makers.map((make, n) => make(`f${n}`)));

test('every input is in a group, among the quiet, a copy, or unreadable; and in a group once', () => {
  fc.assert(
    fc.property(fleet, (inputs) => {
      const { groups, quiet, copies, unreadable: failed, ...totals } = groupFleet(inputs);
      const grouped = new Set(groups.flatMap(({ members }) => members.map(({ source }) => source)));
      const all = [...grouped, ...quiet.map(({ source }) => source), ...[...copies, ...failed].map(({ source }) => source)];
      assert.equal([...all].sort(), inputs.map(({ source }) => source).sort());
      assert.equal([totals.inputs, totals.read], [inputs.length, inputs.length - failed.length - copies.length]);
      assert.is(totals.days.reduce((sum, day) => sum + day.inputs, 0) + totals.undated, totals.read);
    }),
  );
});

test('the counts of a group add up', () => {
  fc.assert(
    fc.property(fleet, (inputs) => {
      const { groups, kernels, read } = groupFleet(inputs);
      for (const group of groups) {
        const { members, variants, together, taint, newIn } = group;
        assert.is(group.inputs, members.length);
        assert.is(new Set(members.map(({ source }) => source)).size, members.length);
        assert.is(
          group.incidents,
          members.reduce((sum, { incidents }) => sum + incidents, 0),
        );
        assert.ok(group.hosts.length + group.withoutHost <= group.inputs);
        assert.ok(variants.reduce((sum, { inputs: n }) => sum + n, 0) >= group.inputs);
        assert.ok(members.every(({ hash }) => variants.some((variant) => variant.hash === hash)));
        for (const share of [...group.kernels, ...variants, ...together, ...taint])
          assert.ok(share.inputs >= 1 && share.inputs <= group.inputs);
        for (const { name, inputs: n, of } of group.kernels)
          assert.ok(n <= of && kernels.some((each) => each.name === name && each.inputs === of));
        for (const { percent, untimed, inputs: n, key } of together) {
          assert.ok(percent >= 0 && percent <= 100 && untimed <= n);
          assert.is.not(key, group.key);
        }
        if (newIn) assert.ok(newIn.before.inputs >= 1 && newIn.earlier >= newIn.before.inputs && newIn.earlier <= read);
      }
      assert.equal(
        [...groups].sort((a, b) => b.inputs - a.inputs),
        groups,
      );
    }),
  );
});

test('the order of the inputs does not matter', () => {
  const shuffled = fleet.chain((inputs) =>
    fc.tuple(fc.constant(inputs), fc.shuffledSubarray(inputs, { minLength: inputs.length, maxLength: inputs.length })),
  );
  fc.assert(
    fc.property(shuffled, ([inputs, other]) => {
      assert.equal(groupFleet(other), groupFleet(inputs));
    }),
  );
});

test.run();
