// GFP masks by release. Where a kernel printed mask and names together, the names are its own words.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GFP_ERAS } from '../../../src/decode/gfp/bits.ts';
import { decodeGfpMask, gfpMembers } from '../../../src/decode/gfp/decode-gfp.ts';
import { type KernelRelease, parseRelease } from '../../../src/decode/kernel-release.ts';

const release = (text: string): KernelRelease => parseRelease(text)!;

/** mask(names) pairs as kernels of these releases printed them. */
const PRINTED: readonly (readonly [release: string, mask: number, names: string])[] = [
  ['4.9.0', 0x24200ca, 'GFP_HIGHUSER_MOVABLE'],
  ['4.14.67', 0x14080c0, 'GFP_KERNEL|__GFP_ZERO'],
  ['4.15.0-108-generic', 0x15000c0, 'GFP_KERNEL_ACCOUNT'],
  ['4.18.0-240.el8', 0x6200ca, 'GFP_HIGHUSER_MOVABLE'],
  ['4.20.0-rc3', 0x6200ca, 'GFP_HIGHUSER_MOVABLE'],
  ['4.19.0', 0x484020, 'GFP_ATOMIC|__GFP_COMP'],
  ['5.4.17-2136.el8uek', 0x100cca, 'GFP_HIGHUSER_MOVABLE'],
  ['5.10.0', 0x100dca, 'GFP_HIGHUSER_MOVABLE|__GFP_ZERO'],
  ['6.1.16-3-rpi', 0xcd0, 'GFP_KERNEL|__GFP_RECLAIMABLE'],
  ['6.1.0', 0xa20, 'GFP_ATOMIC'],
  ['6.12.107+deb13-amd64', 0x140dca, 'GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO'],
  ['6.12.107+deb13-amd64', 0x400dc0, 'GFP_KERNEL_ACCOUNT|__GFP_ZERO'],
  ['7.2.13', 0x820, 'GFP_ATOMIC'],
];
for (const [kernel, mask, names] of PRINTED) {
  test(`${kernel}: 0x${mask.toString(16)} is ${names}`, () => {
    assert.equal(decodeGfpMask(mask, release(kernel)).sort(), names.split('|').sort());
  });
}

test('masks of kernels that print no names (before 4.6)', () => {
  assert.equal(decodeGfpMask(0x201da, release('3.10.0-1160.el7')), ['GFP_HIGHUSER_MOVABLE', '__GFP_COLD']);
  assert.equal(decodeGfpMask(0x280da, release('2.6.32-754.el6')), ['GFP_HIGHUSER_MOVABLE', '__GFP_ZERO']);
  assert.equal(decodeGfpMask(0xd0, release('3.2')), ['GFP_KERNEL']);
  assert.equal(decodeGfpMask(0x20, release('3.2')), ['GFP_ATOMIC']);
  assert.equal(decodeGfpMask(0x4020, release('2.6.32')), ['GFP_ATOMIC', '__GFP_COMP']);
  assert.equal(decodeGfpMask(0x26040c0, release('4.4.0')), ['GFP_KERNEL', '__GFP_COMP', '__GFP_NOTRACK']);
});

/** One bit that each era first has (or moved), and the release before it, where the same number means something else. */
const MOVED: readonly (readonly [since: string, before: string, bit: number, now: string, then: string])[] = [
  ['2.6.38', '2.6.37', 0x400000, '__GFP_NO_KSWAPD', '0x400000'],
  ['2.6.39', '2.6.38', 0x800000, '__GFP_OTHER_NODE', '0x800000'],
  ['3.3', '3.2', 0x1000000, '__GFP_WRITE', '0x1000000'],
  ['3.6', '3.5', 0x2000, '__GFP_MEMALLOC', '0x2000'],
  ['3.8', '3.7', 0x100000, '__GFP_KMEMCG', '0x100000'],
  ['3.16', '3.15', 0x100000, '0x100000', '__GFP_KMEMCG'],
  ['4.1', '4.0', 0x100000, '__GFP_NOACCOUNT', '0x100000'],
  ['4.4', '4.3', 0x80000, '__GFP_ATOMIC', '__GFP_RECLAIMABLE'],
  ['4.5', '4.4', 0x100000, '__GFP_ACCOUNT', '__GFP_NOACCOUNT'],
  ['4.10', '4.9', 0x800000, '__GFP_WRITE', '__GFP_OTHER_NODE'],
  ['4.12', '4.11', 0x2000000, '__GFP_NOLOCKDEP', '0x2000000'],
  ['4.13', '4.12', 0x400, '__GFP_RETRY_MAYFAIL', '__GFP_REPEAT'],
  ['4.15', '4.14', 0x100, '0x100', '__GFP_COLD'],
  ['4.18', '4.17', 0x100, '__GFP_WRITE', '0x100'],
  ['5.1', '5.0', 0x100, '__GFP_ZERO', '__GFP_WRITE'],
  ['5.14', '5.13', 0x800000, '__GFP_ZEROTAGS', '__GFP_NOLOCKDEP'],
  ['5.18', '5.17', 0x1000000, '__GFP_SKIP_ZERO', '__GFP_SKIP_KASAN_POISON'],
  ['6.3', '6.2', 0x200, '0x200', '__GFP_ATOMIC'],
  ['6.4', '6.3', 0x2000000, '__GFP_SKIP_KASAN', '__GFP_SKIP_KASAN_UNPOISON'],
  ['6.10', '6.9', 0x2000000, '0x2000000', '__GFP_SKIP_KASAN'],
];
for (const [since, before, bit, now, then] of MOVED) {
  test(`0x${bit.toString(16)} is ${now} from ${since} on, ${then} before`, () => {
    assert.equal(decodeGfpMask(bit, release(since)), [now]);
    assert.equal(decodeGfpMask(bit, release(before)), [then]);
  });
}

test('every era after the first is tested by a bit that it moved; no two flags of one share a bit', () => {
  assert.equal(
    GFP_ERAS.slice(1).map((e) => e.since.join('.')),
    MOVED.map(([since]) => since),
  );
  for (const era of GFP_ERAS) assert.is(new Set(Object.values(era.bits)).size, Object.keys(era.bits).length, era.why);
});

test('GFP_NOWAIT became quiet in 6.8', () => {
  assert.equal(decodeGfpMask(0x800, release('6.7')), ['GFP_NOWAIT']);
  assert.equal(decodeGfpMask(0x2800, release('6.8')), ['GFP_NOWAIT']);
  assert.equal(decodeGfpMask(0x800, release('6.8')), ['__GFP_KSWAPD_RECLAIM']);
});

test('printed names resolve to single flags', () => {
  assert.ok(gfpMembers(['GFP_HIGHUSER_MOVABLE'], release('6.1')).has('DIRECT_RECLAIM'));
  assert.not.ok(gfpMembers(['GFP_ATOMIC'], release('6.1')).has('DIRECT_RECLAIM'));
  assert.ok(gfpMembers(['GFP_KERNEL'], release('3.10')).has('WAIT'));
});

test('a kernel older than any table is read with the oldest', () => {
  const masks = Object.values(GFP_ERAS[0]?.bits ?? {});
  assert.ok(masks.length > 0);
  for (const mask of masks) assert.equal(decodeGfpMask(mask, release('2.6.18')), decodeGfpMask(mask, release('2.6.32')));
});

test.run();
