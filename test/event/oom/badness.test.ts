// oom_badness() by release, with the kernel's integers. Expected values are worked out by hand from mm/oom_kill.c of that release.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseRelease } from '../../../src/decode/kernel-release.ts';
import { oomBadness, scoreOf } from '../../../src/event/oom/badness.ts';

const task = { pid: 7, name: 'java', uid: 1000, rssPages: 10_000, swapentsPages: 500, pgtablesBytes: 86_016, oomScoreAdj: 0 };
const at = (release: string, limitPages = 100_999) => ({ release: parseRelease(release), pageKb: 4, limitPages });

test('since 5.9: rss + swap + page tables + adj * (limit / 1000), below zero too', () => {
  assert.is(oomBadness(task, at('6.1.0'))?.points, 10_521);
  // 937 * trunc(100999 / 1000) = 93700
  assert.is(oomBadness({ ...task, oomScoreAdj: 937 }, at('6.1.0'))?.points, 104_221);
  assert.is(oomBadness({ ...task, oomScoreAdj: -998 }, at('6.1.0'))?.points, 10_521 - 99_800);
});

test('until 5.8 an eligible task has at least one point', () => {
  assert.is(oomBadness({ ...task, oomScoreAdj: -998 }, at('5.8.0'))?.points, 1);
});

test('root until 4.16: 3 % of its use since 3.14, 30 thousandths of the limit before', () => {
  const root = { ...task, uid: 0 };
  assert.is(oomBadness(root, at('4.17.0'))?.points, 10_521);
  assert.is(oomBadness(root, at('4.16.0'))?.points, 10_521 - 315);
  assert.is(oomBadness(root, at('3.14.0'))?.points, 10_521 - 315);
  assert.is(oomBadness(root, at('3.10.0'))?.points, 10_521 - 3_000);
  assert.ok(oomBadness(root, at('3.10.0'))?.inferred);
});

test('page tables: pages of nr_ptes and nr_pmds until 4.14, bytes over the page size since', () => {
  const old = { pid: 7, name: 'x', uid: 1000, rssPages: 100, swapentsPages: 1, nrPtesPages: 20, nrPmdsPages: 3, oomScoreAdj: 0 };
  assert.is(oomBadness(old, at('4.9.0'))?.points, 124);
  assert.is(oomBadness({ ...task, pgtablesBytes: 65_535 }, { ...at('6.1.0'), pageKb: 64 })?.points, 10_500);
});

test('2.6.36 to 3.5 count thousandths of the limit, clamped', () => {
  assert.is(oomBadness({ ...task, pgtablesBytes: 0 }, at('3.2.0', 21_000))?.points, 500);
  assert.is(oomBadness({ ...task, oomScoreAdj: 900 }, at('3.2.0', 21_000))?.points, 1000);
  assert.is(oomBadness({ ...task, oomScoreAdj: -900 }, at('3.2.0', 21_000))?.points, 1);
});

test('before 2.6.36 there is nothing to recompute with', () => {
  assert.is(oomBadness(task, at('2.6.32')), undefined);
});

test('-1000 and -17 are never chosen', () => {
  assert.is(oomBadness({ ...task, oomScoreAdj: -1000 }, at('6.1.0'))?.points, undefined);
  assert.is(oomBadness({ ...task, oomAdj: -17 }, at('2.6.38'))?.points, undefined);
});

test('the score that kernels printed until 5.0 is thousandths of the limit', () => {
  // a RHEL 7 report whose kernel printed 651: 8186847 pages of RAM, 2097151 of swap
  assert.is(scoreOf(6_700_394, at('3.10.0', 8_186_847 + 2_097_151)), 651);
});

test.run();
