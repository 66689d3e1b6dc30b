import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../src/dump/bytes.ts';
import { Btf } from '../../src/types/btf.ts';
import { BtfTypes } from '../../src/types/btf-types.ts';
import { buildBtf, type Declared } from '../support/build-btf.ts';

const DECLARED: readonly Declared[] = [
  { kind: 'int', name: 'unsigned int', size: 4 }, // 1
  { kind: 'int', name: 'long', size: 8, signed: true }, // 2
  { kind: 'int', name: 'char', size: 1, signed: true }, // 3
  { kind: 'array', of: 3, length: 16 }, // 4
  {
    kind: 'struct',
    name: 'list_head',
    size: 16,
    members: [
      ['next', 6, 0],
      ['prev', 6, 64],
    ],
  }, // 5
  { kind: 'pointer', to: 5 }, // 6
  {
    kind: 'union',
    name: '',
    size: 8,
    members: [
      ['curr', 8, 0],
      ['donor', 8, 0],
    ],
  }, // 7
  { kind: 'pointer', to: 10 }, // 8
  { kind: 'array', of: 5, length: 3 }, // 9
  {
    kind: 'struct',
    name: 'task_struct',
    size: 128,
    members: [
      ['comm', 4, 0],
      ['tasks', 5, 128],
      ['', 7, 256],
      ['lists', 9, 320],
      ['state', 12, 704],
    ],
  }, // 10
  { kind: 'enum', name: 'zones', values: { ZONE_DMA: 0, ZONE_NORMAL: 2, ZONE_NONE: -1 } }, // 11
  { kind: 'typedef', name: 'state_t', to: 13 }, // 12
  { kind: 'const', to: 1 }, // 13
  {
    kind: 'struct',
    name: 'slab',
    size: 8,
    members: [
      ['inuse', 1, 0, 16],
      ['objects', 1, 16, 15],
      ['frozen', 1, 31, 1],
      ['rest', 1, 32, 32],
    ],
  }, // 14
];

function typesOf(order: 'little' | 'big', bytes = buildBtf(DECLARED, order)): BtfTypes {
  const btf = Btf.of(bytes, readerFor(order));
  assert.instance(btf, Btf);
  return new BtfTypes(btf as Btf, { wordSize: 8, reader: readerFor(order) });
}

for (const order of ['little', 'big'] as const) {
  test(`members are found by path, through anonymous unions, structures and arrays: ${order}-endian`, () => {
    const types = typesOf(order);
    const at = (type: string, path: string) => types.member(type, path)?.offset;
    assert.is(at('task_struct', 'comm'), 0);
    assert.is(at('task_struct', 'tasks.prev'), 24);
    assert.is(at('task_struct', 'donor'), 32);
    assert.is(at('task_struct', 'lists[2].prev'), 40 + 2 * 16 + 8);
    assert.is(at('task_struct', 'lists[3]'), undefined);
    assert.is(at('task_struct', 'lists[-1]'), undefined);
    assert.is(at('task_struct', 'nothing'), undefined);
    assert.is(types.member('task_struct', 'curr')?.typeName, 'task_struct');
    assert.is(types.member('task_struct', 'comm')?.length, 16);
    assert.is(types.member('task_struct', 'state')?.kind, 'int');
    assert.is(types.size('task_struct'), 128);
    assert.is(types.size('state_t'), 4);
    assert.is(types.enumerator('zones', 'ZONE_NONE'), -1);
    assert.is(types.describe(types.idOf('task_struct')!), 'struct task_struct');
    assert.is(types.describe(types.member('task_struct', 'curr')!.typeId), 'struct task_struct *');
    assert.is(types.describe(types.member('task_struct', 'comm')!.typeId), 'char [16]');
  });
}

test('bit-fields lie where compilers of either byte order put them', () => {
  const shifts = (order: 'little' | 'big') =>
    ['inuse', 'objects', 'frozen'].map((name) => typesOf(order).member('slab', name)?.bits?.shift);
  assert.equal(shifts('little'), [0, 16, 31]);
  assert.equal(shifts('big'), [16, 1, 0]);
  assert.is(typesOf('little').member('slab', 'rest')?.offset, 4);
});

test('types of a module go on where those of the kernel end, strings too', () => {
  const base = Btf.of(buildBtf(DECLARED, 'little'), readerFor('little')) as Btf;
  const split = buildBtf([{ kind: 'struct', name: '', size: 16, members: [['', 10, 0]] }], 'little');
  // its one structure: named in its own strings, with a task as its member, named so too
  const strings = Buffer.from('\0journal\0j_task\0', 'latin1');
  const words = split.subarray(24, 24 + 24);
  words.writeUInt32LE(base.stringBytes + 1, 0);
  words.writeUInt32LE(base.stringBytes + 9, 12);
  split.writeUInt32LE(strings.length, 20);
  const btf = Btf.of(Buffer.concat([split.subarray(0, 48), strings]), readerFor('little'), base);
  assert.instance(btf, Btf);
  const types = new BtfTypes(btf as Btf, { wordSize: 8, reader: readerFor('little') });
  assert.is(types.idOf('journal'), base.count);
  assert.is(types.member('journal', 'j_task.tasks.next')?.offset, 16);
  assert.is(types.member('task_struct', 'donor')?.offset, 32);
});

test('a kind that nobody knows ends the reading and is said', () => {
  const bytes = buildBtf(DECLARED, 'little');
  bytes.writeUInt32LE(30 << 24, 24 + 16 + 4); // the second type
  const btf = Btf.of(bytes, readerFor('little')) as Btf;
  assert.is(btf.count, 2);
  assert.match(btf.problem ?? '', 'unknown kind 30');
});

test('flipped and cut BTF throws nothing and loops nowhere', () => {
  const whole = buildBtf(DECLARED, 'little');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(whole.length),
      (flips, end) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of flips) bytes[at] = byte;
        const btf = Btf.of(bytes.subarray(0, end), readerFor('little'));
        if (typeof btf === 'string') return;
        const types = new BtfTypes(btf, { wordSize: 8, reader: readerFor('little') });
        for (const path of ['comm', 'tasks.prev', 'donor', 'lists[2].prev', 'state', 'curr']) types.member('task_struct', path);
        for (let id = 0; id < btf.count; id++) {
          types.describe(id);
          types.fields(id);
        }
        types.enumerators('zones');
        types.size('slab');
        assert.ok([...types.names()].length <= btf.count);
      },
    ),
    { numRuns: 2000 },
  );
});

test.run();
