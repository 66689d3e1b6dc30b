// The table of kinds: each of the contract once, and every name that a rule may use for several of them.
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  byKind,
  FAMILIES,
  familyOf,
  GROUPS,
  type Group,
  isCrashKind,
  isKind,
  isKindOf,
  KINDS,
  type KindFamily,
  type KindName,
  kindsOf,
} from '../../src/event/kinds.ts';

// as the contract lists them, and csd-lockup, which we added: JSON carries these names
const CONTRACT = `null-dereference paging-fault general-protection invalid-opcode divide-error trap double-fault
  stack-overflow kernel-bug list-corruption slab-corruption bad-page refcount warning panic kasan kmsan kcsan kfence
  ubsan kmemleak lockdep rcu-usage spinlock-debug atomic-context rcu-stall soft-lockup hard-lockup
  csd-lockup hung-task workqueue-lockup oom-kill memcg-oom page-allocation-failure hardware-error nmi irq-error
  filesystem-error block-error netdev-watchdog resource-leak user-fault sysrq reboot`.split(/\s+/);
const NO_CRASH = 'hardware-error nmi irq-error filesystem-error block-error netdev-watchdog user-fault sysrq reboot'.split(' ');

const groups = Object.keys(GROUPS) as Group[];
const names: readonly KindName[] = [...KINDS, ...FAMILIES, ...groups];

test('every kind of the contract once, in its order; a crash is all but nine', () => {
  assert.equal(KINDS, CONTRACT);
  assert.equal(
    KINDS.filter((kind) => !isCrashKind(kind)),
    NO_CRASH,
  );
  assert.ok(isKind('panic'));
  assert.not.ok(isKind('constructor'));
  assert.not.ok(isKind('oops'));
});

test('a name means one thing: no group is called as a kind or a family, and none is empty or has one kind only', () => {
  const [kinds, families] = [new Set<string>(KINDS), new Set<string>(FAMILIES)];
  for (const group of groups) {
    assert.not.ok(kinds.has(group) || families.has(group), group);
    assert.ok(kindsOf([group]).length > 1, group);
  }
  for (const family of FAMILIES) {
    // a family that is called as a kind holds that kind only
    if (kinds.has(family)) assert.equal(kindsOf([family]), [family]);
    assert.ok(kindsOf([family]).length > 0, family);
  }
});

test('families divide the kinds: each in one', () => {
  assert.equal(FAMILIES.flatMap((family) => kindsOf([family])).sort(), [...KINDS].sort());
  for (const kind of KINDS) assert.ok(kindsOf([familyOf(kind)]).includes(kind), kind);
});

test('who asks for one kind and who asks for all of some names hears the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.array(fc.constantFrom(...names), { maxLength: 4 }), (kind, some) => {
      const all = kindsOf(some);
      assert.is(isKindOf(kind, ...some), all.includes(kind));
      assert.is(new Set(all).size, all.length);
    }),
  );
});

test('a table by kind answers with the narrowest name that it has', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.uniqueArray(fc.constantFrom(...names)), (kind, some) => {
      const said = byKind<string>(Object.fromEntries(some.map((name) => [name, name])))(kind) as KindName | undefined;
      if (some.includes(kind)) assert.is(said, kind);
      else if (groups.some((group) => some.includes(group) && isKindOf(kind, group)))
        assert.ok(groups.includes(said as Group) && isKindOf(kind, said as Group));
      else assert.is(said, some.includes(familyOf(kind)) ? familyOf(kind) : undefined);
    }),
  );
  const all = byKind<string>(Object.fromEntries(FAMILIES.map((family) => [family, family])) as Record<KindFamily, string>);
  for (const kind of KINDS) assert.is(all(kind), familyOf(kind));
});

test.run();
