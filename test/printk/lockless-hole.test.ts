// Holes in the descriptors of large rings: what is newer is read, what a damaged header only claims costs nothing.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openRaw } from '../../src/dump/raw.ts';
import { PhysicalMemory } from '../../src/memory/physical.ts';
import { VirtualMemory } from '../../src/memory/virtual.ts';
import { Vmcoreinfo } from '../../src/memory/vmcoreinfo.ts';
import { locklessRecords } from '../../src/printk/lockless.ts';
import type { LocklessRing } from '../../src/printk/lockless-layout.ts';
import { locklessLayout } from '../../src/printk/lockless-layout.ts';
import { newReport } from '../../src/printk/report.ts';
import { stepsOf } from '../support/steps.ts';

const layout = locklessLayout(new Vmcoreinfo(''), 8);
const FINALIZED = 2n << 62n;
const NO_LPOS = 3n;

/** A ring that has just been filled with empty lines, its descriptors at 0 and its infos behind them. */
function ringOf(countBits: number, records: number, hole: readonly [from: number, to: number]) {
  const count = 2 ** countBits;
  const infos = count * layout.desc.size;
  const bytes = Buffer.alloc(Math.ceil((infos + records * layout.info.size) / 4096) * 4096);
  for (let i = 0; i < records; i++) {
    bytes.writeBigUInt64LE(BigInt(i), infos + i * layout.info.size + layout.info.seq);
    if (i >= hole[0] && i < hole[1]) continue;
    const at = i * layout.desc.size;
    bytes.writeBigUInt64LE(FINALIZED | BigInt(count + i), at + layout.desc.state);
    bytes.writeBigUInt64LE(NO_LPOS, at + layout.desc.begin);
    bytes.writeBigUInt64LE(NO_LPOS, at + layout.desc.next);
  }
  const dump = openRaw({ name: 'ring', size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) });
  const memory = new VirtualMemory(new PhysicalMemory(dump), (v) => Number(v), 4096, 'little', 8);
  const tailId = BigInt(count);
  const ring: LocklessRing = {
    ...{ memory, layout, countBits, sizeBits: 12, descs: 0n, infos: BigInt(infos), data: 0n, fail: 0 },
    ...{ headId: tailId + BigInt(records - 1), tailId },
  };
  return { ring, report: newReport('lockless') };
}

test('a hole of more than 65536 descriptors does not hide what is newer', () => {
  const { ring, report } = ringOf(17, 80_000, [100, 70_100]);
  const seqs = [...locklessRecords(ring, report)].map((r) => r.seq);
  assert.is(seqs.length, 10_000);
  assert.is(seqs.at(-1), 79_999);
  assert.equal(report.lost, [{ first: 100, last: 70_099, why: 'its descriptor holds another record' }]);
});

test('the same where the oldest are the hole', () => {
  const { ring, report } = ringOf(17, 80_000, [0, 70_000]);
  assert.is([...locklessRecords(ring, report)].length, 10_000);
  assert.equal(report.lost, [{ first: 0, last: 69_999, why: 'its descriptor holds another record' }]);
});

test('a header that claims 2^27 descriptors, of which there are a few pages, costs what there is, not what it claims', async () => {
  const costOf = (countBits: number): Promise<number> => {
    const { ring, report } = ringOf(8, 200, [0, 0]);
    const lying = { ...ring, countBits, headId: ring.tailId + BigInt(2 ** countBits - 1) };
    return stepsOf(() => {
      assert.ok([...locklessRecords(lying, report)].length <= 200);
      assert.ok(report.problems.length > 0);
    });
  };
  const [less, more] = [await costOf(25), await costOf(27)];
  assert.ok(more < 1.1 * less, `${less} steps for 2^25, ${more} for 2^27`);
});

test.run();
