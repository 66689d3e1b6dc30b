// Tables of ranges: what hostile files make of them, against the plainest model.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readElfHeader } from '../../src/dump/elf-header.ts';
import { laterWins } from '../../src/dump/flattened-index.ts';
import { disjoint, type Interval, Intervals } from '../../src/dump/intervals.ts';
import { InputError } from '../../src/dump/source.ts';
import { virtualSegments } from '../../src/dump/virtual-segments.ts';
import { assertLinear } from '../support/steps.ts';

const listOf = (intervals: Intervals): Interval[] =>
  Array.from({ length: intervals.length }, (_, i) => ({ start: intervals.start(i), end: intervals.end(i), offset: intervals.offset(i) }));
/** Where each byte comes from, by writing them one after the other. */
function model(list: readonly Interval[], keepFirst = false): Map<number, number> {
  const bytes = new Map<number, number>();
  for (const { start, end, offset } of list)
    for (let at = start; at < end; at++) if (!keepFirst || !bytes.has(at)) bytes.set(at, offset + at - start);
  return bytes;
}
const intervals = fc.array(
  fc.record({ start: fc.nat(60), size: fc.integer({ min: 1, max: 30 }), offset: fc.nat(1000) }).map(({ start, size, offset }) => ({
    start,
    end: start + size,
    offset: offset * 100,
  })),
  { maxLength: 12 },
);
const inOrder = (list: readonly Interval[]): boolean => list.every((one, i) => i === 0 || list[i - 1]!.end <= one.start);

test('flattened: of records that overlap the one written later is read', () => {
  fc.assert(
    fc.property(intervals, (list) => {
      const pieces = listOf(laterWins(Intervals.of(list)));
      assert.ok(inOrder(pieces));
      assert.equal(model(pieces), new Map([...model(list)].sort(([a], [b]) => a - b)));
    }),
  );
});

test('flattened: nested records are sorted out in linear work', () =>
  assertLinear((count) => {
    const records = new Intervals();
    for (let i = 0; i < count; i++) records.push(i, 2 * count - i, i * 3 * count);
    return () => assert.is(laterWins(records).length, 2 * count - 1);
  }, 20_000));

test('segments: of those that overlap the one that starts first keeps what both hold', () => {
  fc.assert(
    fc.property(intervals, (list) => {
      const pieces = listOf(disjoint(Intervals.of(list)));
      assert.ok(inOrder(pieces));
      const sorted = [...list].sort((a, b) => a.start - b.start || b.end - a.end);
      assert.equal(model(pieces), new Map([...model(sorted, true)].sort(([a], [b]) => a - b)));
    }),
  );
});

test('virtual segments: any order, any overlap, every address that one of them maps is found', () => {
  fc.assert(
    fc.property(intervals, fc.nat(100), (list, at) => {
      const segments = list.map(({ start, end }, i) => ({
        vaddr: 0xffff_8000_0000_0000n + BigInt(start),
        size: end - start,
        paddr: i * 1000,
      }));
      const vaddr = 0xffff_8000_0000_0000n + BigInt(at);
      const possible = segments.flatMap((s) =>
        vaddr >= s.vaddr && vaddr < s.vaddr + BigInt(s.size) ? s.paddr + Number(vaddr - s.vaddr) : [],
      );
      const found = virtualSegments(segments, segments.length).physical(vaddr);
      assert.ok(possible.length === 0 ? found === undefined : possible.includes(found!), `${found} of ${possible}`);
    }),
  );
});

test('an ELF header whose entries have another size than ELF gives them is refused before anything is read', () => {
  const head = Buffer.alloc(64);
  Buffer.from('7f454c46020101', 'hex').copy(head);
  head.writeUInt16LE(4, 16);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(0xffff, 54);
  head.writeUInt16LE(0xfffe, 56);
  let most = 0;
  const source = {
    name: 'elf',
    size: 2 ** 40,
    read: (offset: number, length: number) => {
      most = Math.max(most, length);
      return offset === 0 ? head : Buffer.alloc(Math.min(length, 1 << 20));
    },
  };
  assert.throws(
    () => readElfHeader(source),
    (error: unknown) => error instanceof InputError && /65534 entries of 65535 bytes/.test(error.message),
  );
  assert.is(most, 64);
});

test.run();
