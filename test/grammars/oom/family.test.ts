// Where a line counts and which report a head joins: what the open report has said decides.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../../support/read-events.ts';

const log = (lines: readonly string[]): string => lines.map((line, i) => `[${(1 + i / 1e4).toFixed(6).padStart(12)}] ${line}`).join('\n');
const INVOKED = 'java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0';
const KILLED = 'Memory cgroup out of memory: Killed process 30 (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB';
const REAPED = (pid: number) => `oom_reaper: reaped process ${pid} (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB`;

test('a word and a number are a counter of memory.stat behind its head alone', () => {
  const [before] = eventsOf(log([INVOKED, 'anon 4096', 'memory: usage 40kB, limit 40kB, failcnt 1', KILLED]));
  assert.is(before?.oom?.memcgStat, undefined);
  const [behind] = eventsOf(log([INVOKED, 'Memory cgroup stats for /a:', 'anon 4096', KILLED]));
  assert.equal(behind?.oom?.memcgStat, { anon: 4096 });
});

test('two sizes behind a name are a slab cache behind the table’s title alone', () => {
  const row = 'driver_xyz_cache     1466368KB    1466880KB';
  assert.is(eventsOf(log([INVOKED, row, KILLED]))[0]?.oom?.slabs, undefined);
  const [event] = eventsOf(log([INVOKED, 'Unreclaimable slab info:', 'Name                      Used          Total', row, KILLED]));
  assert.equal(event?.oom?.slabs, [{ name: 'driver_xyz_cache', usedKb: 1466368, totalKb: 1466880 }]);
});

test('the reaper’s line belongs to the report of its victim', () => {
  const [own] = eventsOf(log([INVOKED, KILLED, REAPED(30)]));
  assert.is(own?.oom?.reaped?.[0]?.pid, 30);
  const [other] = eventsOf(log([INVOKED, KILLED, REAPED(31)]));
  assert.is(other?.oom?.reaped, undefined);
  assert.is(other?.records.last, 2);
});

test('the end of another trace between its lines does not end it', () => {
  const [event] = eventsOf(log([INVOKED, ' dump_stack_lvl+0x44/0x5c', '---[ end trace 0000000000000000 ]---', KILLED]));
  assert.is(event?.oom?.victims?.[0]?.pid, 30);
});

test('a second kill begins a report of its own, but where memory.oom.group kills all', () => {
  const second = KILLED.replace('30 (java)', '31 (helper)');
  assert.is(eventsOf(log([KILLED, second])).length, 2);
  const [group, ...others] = eventsOf(log([KILLED, 'Tasks in /a are going to be killed due to memory.oom.group set', second]));
  assert.is(others.length, 0);
  assert.equal(
    group?.oom?.victims?.map(({ pid }) => pid),
    [30, 31],
  );
});

test('a failed allocation has no task table: rows behind it are others’', () => {
  const failure = 'java: page allocation failure: order:5, mode:0x40dc0(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0';
  const [event] = eventsOf(
    log([failure, ' dump_stack_lvl+0x44/0x5c', '[     30]     0    30     4088     4013    69632        0             0 java']),
  );
  assert.is(event?.kind, 'page-allocation-failure');
  assert.is(event?.oom?.tasks, undefined);
});

test('a dump of memory is a report’s only where the OOM killer prints behind it', () => {
  const dump = [
    'Mem-Info:',
    'active_anon:44824 inactive_anon:0 isolated_anon:0',
    'Node 0 Normal free:888kB min:1644kB low:2052kB high:2460kB',
  ];
  assert.equal(eventsOf(log(dump)), []);
  const [event] = eventsOf(log([...dump, KILLED]));
  assert.is(event?.oom?.zones?.[0]?.freeKb, 888);
  assert.is(event?.completeness, 'truncated');
});

test('stalls say how long in both wordings', () => {
  const stall = (words: string) =>
    eventsOf(log([`java: page allocation ${words} order:0, mode:0x140cca(GFP_KERNEL|__GFP_COMP)`]))[0]?.details;
  assert.is(stall('stalls for 10016ms,')?.seconds, 10.016);
  assert.is(stall('stall for 12 secs:')?.seconds, 12);
});

test('a stall whose time is damaged is one still, of unknown length', () => {
  for (const words of ['stalls for NaNms,', 'stalls for 100', 'stall for -1 secs:']) {
    const [event] = eventsOf(log([`java: page allocation ${words} order:0, mode:0x140cca(GFP_KERNEL|__GFP_COMP)`]));
    assert.is(event?.kind, 'page-allocation-failure');
    assert.is(event?.details?.what, 'stall');
    assert.is(event?.details?.seconds, undefined);
    assert.match(event?.oom?.cause?.verdict ?? '', 'a request of java of order 0 waited long for memory');
  }
});

test('an order and a mode alone are no request that reclaim refused', () => {
  const evidence = (words: string) =>
    eventsOf(log([INVOKED, `java: ${words} order:0, mode:0x140cca(GFP_KERNEL)`]))[0]?.oom?.cause?.evidence;
  assert.is(evidence('oom: task failed')?.length, 1);
  assert.equal(evidence('page allocation stals for 2ms,'), []);
});

test('whether a node is reclaimable is unknown where the answer is lost', () => {
  const answer = (said: string) =>
    eventsOf(log([INVOKED, 'Mem-Info:', `Node 0 active_anon:184004kB all_unreclaimable? ${said}`, KILLED]))[0]?.oom?.nodes?.[0]
      ?.allUnreclaimable;
  assert.equal(['yes', 'no', ' Balloon:12kB'].map(answer), [true, false, undefined]);
});

test('allocation sites are read under both titles', () => {
  const site = '    1.4 GiB    11534 drivers/xyz/main.c:120 [driver_xyz] func:driver_xyz_process';
  for (const title of ['Memory allocations:', 'Memory allocations (profiling is currently turned on):'])
    assert.is(eventsOf(log([INVOKED, 'Mem-Info:', title, site, KILLED]))[0]?.oom?.allocations?.[0]?.func, 'driver_xyz_process');
});

test.run();
