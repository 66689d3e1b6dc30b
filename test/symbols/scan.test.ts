import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Vmcoreinfo } from '../../src/memory/vmcoreinfo.ts';
import { readKallsyms } from '../../src/symbols/kallsyms.ts';
import { scanForKallsyms } from '../../src/symbols/scan.ts';
import { FakeMemory } from '../support/fake-memory.ts';
import { buildNames } from '../support/kallsyms-table.ts';

const STEXT = 0xffffffff81000000n;
const COUNT = 1500;
const INFO = new Vmcoreinfo(`SYMBOL(_stext)=${STEXT.toString(16)}\n`);

/** An image as kernels before 6.0 have it: offsets, base, count, names, markers, tokens, their index, each aligned to a word. */
function image(order: 'little' | 'big', change: (image: Buffer, end: number) => void = () => {}): FakeMemory {
  const symbols = Array.from({ length: COUNT }, (_, i) => (i === 0 ? 'T_stext' : `Tsys_call_${i}`));
  const { names, tokenTable, tokenOffsets } = buildNames(symbols, 'byte');
  const words = (size: 2 | 4 | 8, values: readonly number[]): Buffer => {
    const b = Buffer.alloc(size * values.length);
    values.forEach((v, i) => {
      if (size === 2) b[order === 'little' ? 'writeUInt16LE' : 'writeUInt16BE'](v, 2 * i);
      else if (size === 4) b[order === 'little' ? 'writeInt32LE' : 'writeInt32BE'](v, 4 * i);
      else b[order === 'little' ? 'writeBigUInt64LE' : 'writeBigUInt64BE'](BigInt(v), 8 * i);
    });
    return b;
  };
  const markers: number[] = [];
  for (let i = 0, at = 0; i < COUNT; i++) {
    if (i % 256 === 0) markers.push(at);
    at += 1 + names[at]!;
  }
  const base = Buffer.alloc(8);
  base[order === 'little' ? 'writeBigUInt64LE' : 'writeBigUInt64BE'](STEXT);
  const offsets = words(
    4,
    Array.from({ length: COUNT }, (_, i) => -1 - 64 * i),
  );
  const parts = [offsets, base, words(8, [COUNT]), names, words(4, markers), tokenTable, words(2, tokenOffsets)];
  // the count is 4 bytes wide
  if (order === 'big') parts[2] = Buffer.concat([words(4, [COUNT]), Buffer.alloc(4)]);
  const padded = parts.map((part) => Buffer.concat([part, Buffer.alloc((8 - (part.length % 8)) % 8)]));
  const whole = Buffer.alloc(1 << 20);
  // what looks like a token table and is none: digits in a row
  whole.write([...'0123456789'].join('\0'), 0x100, 'latin1');
  Buffer.concat(padded).copy(whole, 0x10000);
  change(whole, 0x10000 + Buffer.concat(padded).length);
  const memory = new FakeMemory(8, order);
  memory.put(STEXT, whole);
  return memory;
}

for (const order of ['little', 'big'] as const) {
  test(`kallsyms is found without a key that names it, and proven by _stext: ${order}-endian`, () => {
    const memory = image(order);
    const tables = scanForKallsyms(memory, INFO);
    assert.type(tables, 'object', String(tables));
    const kallsyms = typeof tables === 'string' ? tables : readKallsyms(memory, tables, INFO);
    assert.type(kallsyms, 'object', String(kallsyms));
    if (typeof kallsyms === 'string') return;
    assert.is(kallsyms.from, 'scan');
    assert.is(kallsyms.names.count, COUNT);
    const index = kallsyms.names.indexOf('sys_call_1234');
    assert.is(index, 1234);
    assert.is(kallsyms.addresses.at(index), STEXT + 64n * 1234n);
  });
}

test('without it there is a reason', () => {
  assert.match(
    String(
      scanForKallsyms(
        image('little', (whole) => void whole.fill(0)),
        INFO,
      ),
    ),
    /CONFIG_KALLSYMS/,
  );
  assert.match(String(scanForKallsyms(image('little'), new Vmcoreinfo(''))), /_stext/);
});

test('a damaged count and a damaged index find nothing', () => {
  const changes = [
    (whole: Buffer): void => void whole.writeUInt32LE(0x7fffffff, 0x10000 + 4 * COUNT + 8),
    (whole: Buffer, end: number): void => void whole.writeUInt16LE(0xffff, end - 100),
  ];
  for (const change of changes) assert.type(scanForKallsyms(image('little', change), INFO), 'string');
});

test.run();
