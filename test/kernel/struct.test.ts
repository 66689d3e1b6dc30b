import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../src/dump/bytes.ts';
import { bitsOf } from '../../src/kernel/cpus.ts';
import { Losses } from '../../src/kernel/losses.ts';
import { Struct } from '../../src/kernel/struct.ts';
import { Btf } from '../../src/types/btf.ts';
import { BtfTypes } from '../../src/types/btf-types.ts';
import { buildBtf, type Declared } from '../support/build-btf.ts';
import { FakeMemory } from '../support/fake-memory.ts';

const DECLARED: readonly Declared[] = [
  { kind: 'int', name: 'unsigned char', size: 1 }, // 1
  { kind: 'int', name: 'short', size: 2, signed: true }, // 2
  { kind: 'int', name: 'unsigned int', size: 4 }, // 3
  { kind: 'int', name: 'long', size: 8, signed: true }, // 4
  { kind: 'struct', name: 'atomic_t', size: 8, members: [['counter', 4, 0]] }, // 5
  { kind: 'array', of: 1, length: 8 }, // 6
  { kind: 'pointer', to: 8 }, // 7
  {
    kind: 'struct',
    name: 'thing',
    size: 48,
    members: [
      ['small', 1, 0],
      ['short', 2, 16],
      ['int', 3, 32],
      ['long', 4, 64],
      ['atomic', 5, 128],
      ['name', 6, 192],
      ['next', 7, 256],
      ['inuse', 3, 320, 16],
      ['objects', 3, 336, 15],
      ['frozen', 3, 351, 1],
    ],
  }, // 8
];

const AT = 0xffff800000001000n;
const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

for (const order of ['little', 'big'] as const) {
  const reader = readerFor(order);
  const types = new BtfTypes(Btf.of(buildBtf(DECLARED, order), reader) as Btf, { wordSize: 8, reader });

  test(`numbers of every size, bit-fields and wrappers are read as they were written: ${order}-endian`, () => {
    fc.assert(
      fc.property(
        fc.record({ small: uint(8), short: uint(16), int: uint(32), long: uint(64), inuse: uint(16), objects: uint(15), frozen: uint(1) }),
        (v) => {
          const b = Buffer.alloc(48);
          const put = (at: number, size: 1 | 2 | 4 | 8, value: bigint): void => {
            const bytes = Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
            b.set(order === 'little' ? bytes : bytes.reverse(), at);
          };
          put(0, 1, v.small);
          put(2, 2, v.short);
          put(4, 4, v.int);
          put(8, 8, v.long);
          put(16, 8, v.long);
          put(32, 8, AT);
          // bit-fields fill a word from its low end on little-endian machines, from its high end on big-endian ones
          const word =
            order === 'little' ? v.inuse | (v.objects << 16n) | (v.frozen << 31n) : (v.inuse << 16n) | (v.objects << 1n) | v.frozen;
          put(40, 4, word);
          b.write('abc', 24, 'latin1');
          const memory = new FakeMemory(8, order);
          memory.put(AT, b);
          const thing = new Struct({ memory, types, losses: new Losses() }, 'thing', AT);
          assert.is(thing.num('small'), Number(v.small));
          assert.is(thing.num('short'), Number(BigInt.asIntN(16, v.short)));
          assert.is(thing.num('int'), Number(v.int));
          assert.is(thing.big('long'), BigInt.asIntN(64, v.long));
          assert.is(thing.num('atomic'), Number(BigInt.asIntN(64, v.long)));
          assert.is(thing.text('name'), 'abc');
          assert.is(thing.follow('next')?.num('int'), Number(v.int));
          assert.equal([thing.num('inuse'), thing.num('objects'), thing.num('frozen')], [v.inuse, v.objects, v.frozen].map(Number));
        },
      ),
    );
  });

  test(`a page that is not there and a member that no structure has are unknown, and told apart: ${order}-endian`, () => {
    const losses = new Losses();
    const thing = new Struct({ memory: new FakeMemory(8, order), types, losses }, 'thing', AT);
    assert.is(thing.num('int'), undefined);
    assert.is(thing.num('absent'), undefined);
    assert.is(thing.has('absent'), false);
    assert.equal([...losses.members], ['thing.absent']);
    assert.equal([...losses.pages], [['unmapped', new Set([AT])]]);
  });

  test(`masks of CPUs: ${order}-endian`, () => {
    const memory = new FakeMemory(8, order);
    memory.words(AT, [0x8000000000000005n, 2n]);
    assert.equal(bitsOf(memory, memory.bytes(AT, 16)!, 128), [0, 2, 63, 65]);
    assert.equal(bitsOf(memory, memory.bytes(AT, 16)!, 64), [0, 2, 63]);
  });
}

test.run();
