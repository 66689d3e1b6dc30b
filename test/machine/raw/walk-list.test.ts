import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Losses } from '../../../src/kernel/losses.ts';
import { Struct } from '../../../src/kernel/struct.ts';
import { headOf } from '../../../src/machine/memory/page-at.ts';
import { type ListFrom, walkList } from '../../../src/machine/raw/walk-list.ts';
import { Btf } from '../../../src/types/btf.ts';
import { BtfTypes } from '../../../src/types/btf-types.ts';
import { buildBtf, type Declared } from '../../support/build-btf.ts';
import { FakeMemory } from '../../support/fake-memory.ts';

const FROM: ListFrom = { start: 0n, offset: 0, isEmbedded: false, isHead: false, isBackwards: false, most: 100 };

/** Three structures whose list_heads, 16 bytes behind their beginning, lie in a ring with a head. */
function ring(): FakeMemory {
  const memory = new FakeMemory();
  const nodes = [0x1000n, 0x2010n, 0x3010n, 0x4010n];
  for (const [i, at] of nodes.entries()) memory.words(at, [nodes[(i + 1) % 4]!, nodes[(i + 3) % 4]!]);
  return memory;
}

test('a ring of list_heads from its head, backwards, from a structure, up to an end', () => {
  const memory = ring();
  const head = { ...FROM, start: 0x1000n, offset: 16, isEmbedded: true, isHead: true };
  assert.equal(walkList(memory, head), { addresses: [0x2000n, 0x3000n, 0x4000n] });
  assert.equal(walkList(memory, { ...head, isBackwards: true }), { addresses: [0x4000n, 0x3000n, 0x2000n] });
  assert.equal(walkList(memory, { ...head, start: 0x3000n, isHead: false }).addresses, [0x3000n, 0x4000n, 0xff0n, 0x2000n]);
  assert.equal(walkList(memory, { ...head, end: 0x4000n }), { addresses: [0x2000n, 0x3000n] });
});

test('a chain of pointers ends with NULL, or where the dump does', () => {
  const memory = new FakeMemory();
  memory.words(0x1008n, [0x2000n]);
  memory.words(0x2008n, [0n]);
  assert.equal(walkList(memory, { ...FROM, start: 0x1000n, offset: 8 }), { addresses: [0x1000n, 0x2000n] });
  memory.words(0x2008n, [0x7000n]);
  assert.match(walkList(memory, { ...FROM, start: 0x1000n, offset: 8 }).broken ?? '', /^7008 is not in the dump$/);
});

test('whatever the pointers are, it ends', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 15n), { minLength: 16, maxLength: 16 }), fc.boolean(), fc.boolean(), (links, isHead, isEmbedded) => {
      const memory = new FakeMemory();
      memory.words(
        0n,
        links.map((n) => n * 8n),
      );
      const { addresses } = walkList(memory, { ...FROM, start: 8n, isHead, isEmbedded, most: 12 });
      assert.ok(addresses.length <= 12);
      assert.is(new Set(addresses).size, addresses.length);
    }),
  );
});

/** struct page of 64 bytes with its second word as named. */
function page(member: string, info: bigint, at: bigint): Struct {
  const memory = new FakeMemory();
  memory.words(0xffffea0000000000n, Array(64).fill(0n));
  memory.words(at + 8n, [info]);
  const declared: readonly Declared[] = [
    { kind: 'int', name: 'unsigned long', size: 8 },
    { kind: 'struct', name: 'page', size: 64, members: [[member, 1, 64]] },
  ];
  const { reader, wordSize } = memory;
  const types = new BtfTypes(Btf.of(buildBtf(declared, 'little'), reader) as Btf, { wordSize, reader });
  return new Struct({ memory, types, losses: new Losses() }, 'page', at);
}

test('a tail page leads to its head: by pointer, and since 7.1 by a mask', () => {
  const [head, tail] = [0xffffea0000000000n, 0xffffea0000000080n];
  assert.is(headOf(page('compound_head', head | 1n, tail))?.address, head);
  assert.is(headOf(page('compound_info', head | 1n, tail))?.address, head);
  assert.is(headOf(page('compound_info', 0xffffffffffffff00n | 1n, tail))?.address, head);
  assert.is(headOf(page('compound_head', 0n, tail))?.address, tail);
  assert.is(headOf(page('compound_head', 0x123451n, tail)), undefined);
});

test.run();
