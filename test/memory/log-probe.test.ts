// Whether what the log's pointers lead to is a log: what tells one reading of a raw image from another.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../src/dump/bytes.ts';
import { isLogThere } from '../../src/memory/log-probe.ts';
import type { VirtualMemory } from '../../src/memory/virtual.ts';
import { Vmcoreinfo } from '../../src/memory/vmcoreinfo.ts';

const SIZE = 0x1000;

/** Memory of one page at 0 that holds these words; what lies beyond is `unmapped`, from `left` on `excluded`. */
function memoryOf(words: Readonly<Record<number, bigint>>, left = SIZE): VirtualMemory {
  const page = Buffer.alloc(SIZE);
  for (const [address, word] of Object.entries(words)) page.writeBigUInt64LE(word, Number(address));
  const reader = readerFor('little');
  const read = (address: bigint, length: number) => {
    const [start, end] = [Number(address), Number(address) + length];
    if (end > SIZE) return { bytes: Buffer.alloc(length), state: 'unmapped' };
    return { bytes: page.subarray(start, end), state: end > left ? 'excluded' : 'present' };
  };
  const word = (address: bigint) => (Number(address) + 8 > SIZE ? undefined : reader.u64(page, Number(address)));
  const u32 = (address: bigint) => (Number(address) + 4 > SIZE ? undefined : reader.u32(page, Number(address)));
  return { wordSize: 8, reader, read, word, u32 } as unknown as VirtualMemory;
}

const records = (words: Readonly<Record<number, bigint>>, left?: number, logBuf = '10'): boolean =>
  isLogThere({ info: new Vmcoreinfo(`SYMBOL(log_buf)=${logBuf}\nSYMBOL(log_first_idx)=20\n`), memory: memoryOf(words, left) });

test('3.5 to 5.9: the length in the oldest header', () => {
  const at = (len: bigint): Readonly<Record<number, bigint>> => ({ 16: 0x100n, 32: 0x40n, 328: len });
  assert.ok(records(at(16n)) && records(at(40n)));
  assert.not.ok(records(at(12n)), 'less than a header');
  assert.not.ok(records(at(18n)), 'not aligned');
  assert.not.ok(records(at(40n), 0x140), 'a page that was left out');
  assert.not.ok(records({ 16: 0x2000n, 328: 40n }), 'not mapped');
  assert.not.ok(records(at(40n), SIZE, '2000'), 'no pointer');
});

const ring = (change: Readonly<Record<number, bigint>> = {}): boolean =>
  isLogThere({
    info: new Vmcoreinfo('SYMBOL(prb)=10\n'),
    // prb, its prb_desc_ring { count_bits, descs }, and of the second descriptor the state and identifier
    memory: memoryOf({ 16: 0x100n, 256: 5n, 264: 0x200n, 536: 0x8000_0000_0000_0021n, ...change }),
  });

test('since 5.10: the second descriptor has an identifier that ends in 1', () => {
  assert.ok(ring());
  assert.not.ok(ring({ 536: 0x8000_0000_0000_0022n }), 'that of the third');
  assert.not.ok(ring({ 256: 0n }) || ring({ 256: 28n }), 'a ring of no descriptors, or of more than memory holds');
  assert.not.ok(ring({ 16: 0x2000n }) || ring({ 264: 0x2000n }), 'not mapped');
});

test('up to 3.4: bytes of any kind', () => {
  assert.ok(isLogThere({ info: new Vmcoreinfo('SYMBOL(log_end)=10\n'), memory: memoryOf({}) }));
});

test.run();
