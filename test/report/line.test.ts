// The lines of a record: a vmcore keeps records of several, rsyslog writes their newlines as #012.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf } from '../../src/report/line.ts';
import { eventsOf } from '../support/read-events.ts';

test('a record is cut at its newlines, and where rsyslog wrote them as #012', () => {
  const texts = (text: string) => linesOf({ seq: 1, text }).map((line) => line.text);
  assert.equal(texts('a'), ['a']);
  assert.equal(texts('a\nb'), ['a', 'b']);
  assert.equal(texts('active_anon:1 isolated_anon:0#012 active_file:2#012 free:3'), [
    'active_anon:1 isolated_anon:0',
    ' active_file:2',
    ' free:3',
  ]);
});

test('a report that rsyslog joined to one line is read like any other', () => {
  const joined = [
    'java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
    'CPU: 1 PID: 30 Comm: java Not tainted 6.1.0-1-amd64 #1  Debian 6.1.1-1',
    'Call Trace:',
    ' dump_stack_lvl+0x44/0x5c',
    'Mem-Info:',
    'active_anon:46001 inactive_anon:1203 isolated_anon:0',
    ' free:13301 free_pcp:12 free_cma:0',
    'Tasks state (memory values in pages):',
    '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name',
    '[     30]     0    30     4088     4013    69632        0             0 7z 12',
    'Out of memory: Killed process 30 (7z 12) total-vm:16352kB, anon-rss:16052kB, file-rss:0kB, shmem-rss:0kB',
  ].join('#012');
  const [event, ...others] = eventsOf(`[    1.000000] ${joined}\n`);
  assert.is(others.length, 0);
  assert.equal([event?.oom?.memInfo?.activeAnon, event?.oom?.memInfo?.free], [46001, 13301]);
  assert.equal([event?.oom?.tasks?.[0]?.name, event?.oom?.victims?.[0]?.comm], ['7z 12', '7z 12']);
  assert.is(event?.stacks?.[0]?.frames[0]?.symbol, 'dump_stack_lvl');
  assert.equal(event?.sources?.['oom.victims.0'], [1]);
});

test.run();
