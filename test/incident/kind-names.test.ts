// The tables of rules, steps, looks and facts speak of kinds by the names that event/kinds.ts has for several of them.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { FAMILIES, GROUPS, type Group, isKind, isKindOf, KINDS, type KindName, kindsOf } from '../../src/event/kinds.ts';
import { CLUES, RULES } from '../../src/incident/rules/index.ts';
import { PANIC_REASONS } from '../../src/incident/rules/panic-reasons.ts';
import { CRASH_STEPS } from '../../src/incident/steps/crash.ts';
import { DEVICE_STEPS } from '../../src/incident/steps/devices.ts';
import { INSPECT_STEPS } from '../../src/incident/steps/inspect.ts';
import { MEMORY_STEPS } from '../../src/incident/steps/memory.ts';
import { DRGN_STEPS, GDB_STEPS, NEEDED_STEPS, SHELL_STEPS } from '../../src/incident/steps/others.ts';
import { factsOf } from '../../src/tui/event/facts/kinds.ts';

const groups = Object.keys(GROUPS) as Group[];

/** Every list of names in a table, with where it stands. */
const LISTS: readonly (readonly [string, readonly KindName[]])[] = [
  // what panic-reason starts from is what the reasons list
  ...RULES.flatMap(({ name, from, to }) => [[name, name === 'panic-reason' ? [] : from] as const, [name, to] as const]),
  ...CLUES.map(({ name, of }) => [name, of] as const),
  ...PANIC_REASONS.map(({ reason, from }) => [reason.source, from] as const),
  ...[
    ...INSPECT_STEPS,
    ...CRASH_STEPS,
    ...DRGN_STEPS,
    ...GDB_STEPS,
    ...NEEDED_STEPS,
    ...SHELL_STEPS,
    ...MEMORY_STEPS,
    ...DEVICE_STEPS,
  ].flatMap(({ kinds }, n) => (kinds ? [[`step ${n}`, kinds] as const] : [])),
];

test('a rule names groups, not lists of kinds', () => {
  for (const [where, list] of LISTS) {
    if (list === KINDS) continue;
    const kinds = list.filter(isKind);
    assert.ok(kinds.length <= 2, `${where} lists ${kinds.join(', ')}: which group is that?`);
    for (const name of [...groups, ...FAMILIES]) {
      const own = kindsOf([name]);
      assert.not.ok(own.length > 1 && own.every((kind) => kinds.includes(kind)), `${where} lists all that are ${name}`);
    }
    for (const name of list) {
      const others = kindsOf(list.filter((other) => other !== name));
      assert.not.ok(
        kindsOf([name]).every((kind) => others.includes(kind)),
        `${where} says ${name} twice`,
      );
    }
  }
});

test('every group is used by a rule', () => {
  const used = new Set<KindName>(LISTS.flatMap(([, list]) => list));
  // these two have their own tests: below, and test/tui/event
  const elsewhere: readonly Group[] = ['unsigned', 'sanitizer'];
  for (const group of groups) assert.is(used.has(group), !elsewhere.includes(group), group);
  for (const kind of kindsOf(['sanitizer'])) assert.is(factsOf(kind), factsOf('kasan'), kind);
});

test('the same signature again ties what it tells apart, and nothing else', () => {
  const rule = RULES.find(({ name }) => name === 'same-report-again');
  for (const kind of KINDS) {
    const event = { kind, signature: { hash: '0123456789abcdef', frames: ['f'] } } as unknown as Event;
    assert.is(rule?.key?.(event) !== undefined, !isKindOf(kind, 'unsigned'), kind);
  }
});

test.run();
