import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../../support/read-events.ts';
import { schemaErrors } from '../../support/validate-event.ts';

/** The report of a kill with these lines in it. */
function reportOf(...lines: readonly string[]) {
  const log = ['java invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0', 'Mem-Info:', ...lines];
  const [event] = eventsOf(log.map((line) => `[    1.000000] ${line}\n`).join(''));
  assert.equal(schemaErrors(event), []);
  return event?.oom;
}

test('a counter that is called as a field of its row does not take its place', () => {
  const oom = reportOf(
    'Node 3 active_anon:5kB node:7 all_unreclaimable:1',
    'Node 0 DMA free:5kB node:7 name:4 buddy:3 lowmem_reserve:5 min:3kB',
    '[ pid ] name pid uid tgid total_vm name',
    '[    5] 3 4 5 6 7 bash',
    'Out of memory: Killed process 5 (bash) total-vm:1kB, pid:9 comm:8 shares_memory:4 inferred:1',
    'oom_reaper: reaped process 5 (bash), now anon-rss:0kB, pid:9, comm:8, unable:1',
  );
  assert.equal(oom?.nodes, [{ node: 3, activeAnonKb: 5 }]);
  assert.equal(oom?.zones, [{ name: 'DMA', freeKb: 5, node: 0, minKb: 3 }]);
  assert.equal(oom?.tasks, [{ pid: 5, name: 'bash', column1: 3, column2: 4, uid: 5, tgid: 6, totalVmPages: 7 }]);
  assert.equal(oom?.victims, [{ pid: 5, comm: 'bash', totalVmKb: 1 }]);
  assert.equal(oom?.reaped, [{ pid: 5, comm: 'bash', anonRssKb: 0 }]);
  assert.match(oom?.cause?.verdict ?? '', /^bash\[5\] was killed/);
});

test('a row that has fewer numbers than the header below it has no zeros instead', () => {
  const oom = reportOf('[   30]  1000    30     4088     4013    69632 ', '[ pid ]   uid  tgid total_vm      rss cpu oom_adj name');
  assert.equal(oom?.tasks, [{ pid: 30, name: '', uid: 1000, tgid: 30, totalVmPages: 4088, rssPages: 4013, cpu: 69632 }]);
});

test.run();
