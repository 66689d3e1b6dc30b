import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../src/dump/bytes.ts';
import { list, listNodes } from '../../src/kernel/list.ts';
import { Losses } from '../../src/kernel/losses.ts';
import { mapleTree } from '../../src/kernel/maple-tree.ts';
import { rbtree } from '../../src/kernel/rbtree.ts';
import type { Objects } from '../../src/kernel/struct.ts';
import { xarray } from '../../src/kernel/xarray.ts';
import { Btf } from '../../src/types/btf.ts';
import { BtfTypes } from '../../src/types/btf-types.ts';
import { buildBtf, type Declared } from '../support/build-btf.ts';
import { FakeMemory } from '../support/fake-memory.ts';

const DECLARED: readonly Declared[] = [
  { kind: 'int', name: 'unsigned char', size: 1 }, // 1
  { kind: 'int', name: 'unsigned long', size: 8 }, // 2
  { kind: 'pointer', to: 0 }, // 3
  {
    kind: 'struct',
    name: 'task',
    size: 32,
    members: [
      ['pid', 2, 0],
      ['next', 3, 64],
      ['prev', 3, 128],
    ],
  }, // 4
  { kind: 'array', of: 3, length: 64 }, // 5
  {
    kind: 'struct',
    name: 'xa_node',
    size: 520,
    members: [
      ['shift', 1, 0],
      ['slots', 5, 64],
    ],
  }, // 6
  {
    kind: 'struct',
    name: 'rb_node',
    size: 24,
    members: [
      ['rb_right', 3, 64],
      ['rb_left', 3, 128],
    ],
  }, // 7
  {
    kind: 'struct',
    name: 'area',
    size: 32,
    members: [
      ['start', 2, 0],
      ['node', 7, 64],
    ],
  }, // 8
  { kind: 'array', of: 2, length: 15 }, // 9
  { kind: 'array', of: 3, length: 16 }, // 10
  {
    kind: 'struct',
    name: 'maple_range_64',
    size: 256,
    members: [
      ['pivot', 9, 64],
      ['slot', 10, 1024],
    ],
  }, // 11
  { kind: 'struct', name: 'maple_node', size: 256, members: [['mr64', 11, 0]] }, // 12
  { kind: 'struct', name: 'xarray', size: 8, members: [['xa_head', 3, 0]] }, // 13
];

/** Before 4.20 nodes were marked by another bit. */
const OLD: readonly Declared[] = DECLARED.filter((type) => !('name' in type) || type.name !== 'xarray').map((type) =>
  'name' in type && type.name === 'xa_node' ? { ...type, name: 'radix_tree_node' } : type,
);
const RADIX_ROOT: Declared = { kind: 'struct', name: 'radix_tree_root', size: 8, members: [['rnode', 3, 0]] };

/** A tree's root that holds this. */
function rootOf({ memory }: { memory: FakeMemory }, head: bigint): bigint {
  memory.words(0x3000n, [head]);
  return 0x3000n;
}

function objects(declared = DECLARED): Objects & { memory: FakeMemory } {
  const memory = new FakeMemory();
  const btf = Btf.of(buildBtf(declared, 'little'), readerFor('little')) as Btf;
  return { memory, types: new BtfTypes(btf, { wordSize: 8, reader: readerFor('little') }), losses: new Losses() };
}

const HEAD = 0x1000n;
const nodeAt = (i: number): bigint => 0x10000n + BigInt(i * 0x100);

/** A list of nodes in the order of `next`; each node's next is where the test says. */
function linked(memory: FakeMemory, next: readonly bigint[]): void {
  memory.words(HEAD, [next.length > 0 ? nodeAt(0) : HEAD, 0n]);
  next.forEach((to, i) => void memory.words(nodeAt(i), [to, 0n]));
}

test('a list that closes gives each node once', () => {
  const kernel = objects();
  linked(kernel.memory, [nodeAt(1), nodeAt(2), HEAD]);
  assert.equal([...listNodes(kernel, HEAD, 'it')], [nodeAt(0), nodeAt(1), nodeAt(2)]);
  assert.is(kernel.losses.stops.size, 0);
});

test('a list of any pointers ends, gives no node twice, and says why where it does not close', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 10 }), (targets) => {
      const kernel = objects();
      linked(
        kernel.memory,
        targets.map((to) => (to === 11 ? HEAD : to === 12 ? 0n : nodeAt(to))),
      );
      const nodes = [...listNodes(kernel, HEAD, 'it')];
      assert.is(new Set(nodes).size, nodes.length);
      const last = nodes.at(-1);
      const closes = last !== undefined && kernel.memory.word(last) === HEAD;
      assert.is(kernel.losses.stops.size, closes ? 0 : 1);
    }),
  );
});

test('a list that breaks is walked from its other end too, and says where it broke', () => {
  const kernel = objects();
  // 0 → 1 → a page that is not there … 3 → 4
  kernel.memory.words(HEAD, [nodeAt(0), nodeAt(4)]);
  kernel.memory.words(nodeAt(0), [nodeAt(1), HEAD]);
  kernel.memory.words(nodeAt(1), [0x900000n, nodeAt(0)]);
  kernel.memory.words(nodeAt(3), [nodeAt(4), 0x900000n]);
  kernel.memory.words(nodeAt(4), [HEAD, nodeAt(3)]);
  assert.equal([...listNodes(kernel, HEAD, 'it')], [nodeAt(0), nodeAt(1), nodeAt(4), nodeAt(3)]);
  assert.equal([...kernel.losses.stops], ['it ends after 2: a node is not in the dump']);
});

test('what hangs on a node of a tree that is not there is lost, the rest is not', () => {
  const kernel = objects();
  kernel.memory.words(0x4000n, [2n, 0n, 0x6008n, 0x900008n]);
  kernel.memory.words(0x6000n, [3n, 0n, 0n, 0n]);
  const areas = rbtree(kernel, 0x4008n, { what: 'it', type: 'area', member: 'node' });
  assert.equal(
    [...areas].map((area) => area.num('start')),
    [2, 3],
  );
  assert.equal([...kernel.losses.stops], ['a node of it is not in the dump']);
});

test('structures of a list begin before their node', () => {
  const kernel = objects();
  kernel.memory.words(HEAD, [0x2008n, 0n]);
  kernel.memory.words(0x2000n, [42n, HEAD, HEAD]);
  assert.equal(
    [...list(kernel, HEAD, { what: 'it', type: 'task', member: 'next' })].map((task) => task.num('pid')),
    [42],
  );
});

test('an xarray of two levels gives its pointers by index, its values not; a node that holds itself ends', () => {
  const kernel = objects();
  const slots = (shift: number, entries: Readonly<Record<number, bigint>>): bigint[] => [
    BigInt(shift),
    ...Array.from({ length: 64 }, (_, i) => entries[i] ?? 0n),
  ];
  kernel.memory.words(0x4000n, slots(6, { 0: 0x5002n, 2: 0x6002n }));
  kernel.memory.words(0x5000n, slots(0, { 3: 0xa000n, 4: 7n }));
  kernel.memory.words(0x6000n, slots(0, { 1: 0xb000n }));
  assert.equal(
    [...xarray(kernel, rootOf(kernel, 0x4002n), 'it')],
    [
      [3, 0xa000n],
      [129, 0xb000n],
    ],
  );
  assert.equal([...xarray(kernel, rootOf(kernel, 0xc000n), 'it')], [[0, 0xc000n]]);
  kernel.memory.words(0x7000n, slots(0, { 0: 0x7002n }));
  assert.equal([...xarray(kernel, rootOf(kernel, 0x7002n), 'it')], []);
  assert.equal([...kernel.losses.stops], ['it loops']);
});

test('a radix tree of kernels before 4.20 is walked too', () => {
  const kernel = objects([...OLD, RADIX_ROOT]);
  kernel.memory.words(0x5000n, [0n, ...Array.from({ length: 64 }, (_, i) => (i === 3 ? 0xa000n : i === 4 ? 0xb002n : 0n))]);
  assert.equal([...xarray(kernel, rootOf(kernel, 0x5001n), 'it')], [[3, 0xa000n]]);
});

test('a red-black tree gives its nodes in order; one that loops ends', () => {
  const kernel = objects();
  // start, parent, right, left
  kernel.memory.words(0x4000n, [2n, 0n, 0x6008n, 0x5008n]);
  kernel.memory.words(0x5000n, [1n, 0n, 0n, 0n]);
  kernel.memory.words(0x6000n, [3n, 0n, 0n, 0n]);
  const of = { what: 'it', type: 'area', member: 'node' };
  assert.equal(
    [...rbtree(kernel, 0x4008n, of)].map((area) => area.num('start')),
    [1, 2, 3],
  );
  kernel.memory.words(0x6000n, [3n, 0n, 0x4008n, 0n]);
  [...rbtree(kernel, 0x4008n, of)];
  assert.is(kernel.losses.stops.size, 1);
});

test('a maple tree gives its entries with their first index; a page that is not there ends it with a reason', () => {
  const kernel = objects();
  const leaf = (pivots: readonly bigint[], slots: readonly bigint[]): bigint[] => [
    0n,
    ...Array.from({ length: 15 }, (_, i) => pivots[i] ?? 0n),
    ...Array.from({ length: 16 }, (_, i) => slots[i] ?? 0n),
  ];
  kernel.memory.words(0x4000n, leaf([0xfn, 0x1fn, 0x2fn], [0n, 0xa000n, 0n, 0xb000n]));
  const encoded = 0x4000n | (1n << 3n) | 2n;
  assert.equal(
    [...mapleTree(kernel, encoded, 'it')],
    [
      [0x10n, 0xa000n],
      [0x30n, 0xb000n],
    ],
  );
  assert.equal([...mapleTree(kernel, 0x9000n | (1n << 3n) | 2n, 'it')], []);
  assert.equal([...kernel.losses.stops], ['a node of it is not in the dump']);
});

test.run();
