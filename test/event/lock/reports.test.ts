// What lock reports promise beyond their golden files: two tasks told apart, one report not two, any cut still an event.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lockLines } from '../../support/hostile.ts';
import { eventsOf } from '../../support/read-events.ts';
import { assertLinear } from '../../support/steps.ts';

const DIR = 'test/golden/events';
const logs = readdirSync(DIR).filter((f) => /^lock-.*\.log$/.test(f));
const read = (file: string) => readFileSync(`${DIR}/${file}`, 'latin1');

test('both CPUs of a scenario, in time order', () => {
  const [event] = eventsOf(read('lock-circular-6.6.log'));
  assert.equal(event?.details?.scenario, [
    { cpu: 0, step: 'lock(&xyz->state_lock)' },
    { cpu: 1, step: 'lock(&xyz->queue_lock)' },
    { cpu: 1, step: 'lock(&xyz->state_lock)' },
    { cpu: 0, step: 'lock(&xyz->queue_lock)' },
  ]);
});

test('the chain of three locks by name, each link with its stack', () => {
  const log = read('lock-circular-6.6.log').replace(
    '[  101.000027]',
    '[  101.000026] Chain exists of:\n                 &xyz->queue_lock --> &a->b --> &xyz->state_lock\n\n[  101.000027]',
  );
  const [event] = eventsOf(log);
  assert.equal(event?.details?.chain, ['&xyz->queue_lock', '&a->b', '&xyz->state_lock']);
  assert.equal(
    event?.locks?.filter((l) => l.role === 'chain').map((l) => [l.depth, l.frames?.length]),
    [
      [1, 7],
      [0, 6],
    ],
  );
});

test('what frees a virtual mapping may sleep: who called it in the wrong context is to blame', () => {
  const [event] = eventsOf(`[   61.000001] BUG: sleeping function called from invalid context at mm/vmalloc.c:3400
[   61.000002] in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 33, name: ksoftirqd/2
[   61.000003] CPU: 2 PID: 33 Comm: ksoftirqd/2 Not tainted 6.6.31 #1
[   61.000004] Call Trace:
[   61.000005]  dump_stack_lvl+0x44/0x5c
[   61.000006]  __might_resched+0x1a0/0x200
[   61.000007]  vfree+0x3a/0x90
[   61.000008]  kvfree+0x24/0x30
[   61.000009]  driver_xyz_clean_tx+0x71/0x130 [driver_xyz]
[   61.000010]  __napi_poll+0x2a/0x170
`);
  assert.is(event?.culprit?.symbol, 'driver_xyz_clean_tx');
});

test('a stack of another task than the head names is told', () => {
  const log = read('lock-circular-6.6.log').replace('CPU: 2 PID: 48 Comm: kworker/u8:2', 'CPU: 3 PID: 77 Comm: cat');
  assert.is(eventsOf(log)[0]?.completeness, 'interleaved');
});

test('a panic that the report itself raises is part of it', () => {
  const log = [
    'BUG: scheduling while atomic: xyz/12/0x00000002',
    'Preemption disabled at:',
    '[<ffffffff812b2934>] kernel_fpu_begin_mask+0x64/0x260',
    'Kernel panic - not syncing: scheduling while atomic',
    'CPU: 0 PID: 12 Comm: xyz Not tainted 5.14.0 #1',
    'Call Trace:',
    ' dump_stack_lvl+0xcd/0x134',
    ' panic+0x306/0x73d',
    ' __schedule_bug.cold+0x10c/0x143',
    ' __schedule+0x1a07/0x26f0',
    ' schedule+0xd3/0x270',
    ' xyz_wait+0x14/0x29',
  ].map((line, i) => `[    1.00000${i % 10}] ${line}\n`);
  const events = eventsOf(log.join(''));
  assert.is(events.length, 1);
  assert.equal([events[0]?.kind, events[0]?.severity, events[0]?.culprit?.symbol], ['atomic-context', 'fatal', 'xyz_wait']);
  assert.is(events[0]?.details?.preemptionDisabledAt, 'kernel_fpu_begin_mask');
});

test('cut at any line, a report still yields its event', () => {
  for (const file of logs) {
    const lines = read(file).split('\n');
    const head = lines.findIndex((l) => /WARNING: |BUG: |INFO: /.test(l));
    const kind = eventsOf(lines.join('\n'))[0]?.kind;
    for (let n = head + 1; n < lines.length; n++) {
      assert.is(eventsOf(`${lines.slice(0, n).join('\n')}\n`)[0]?.kind, kind, `${file} cut at ${n}`);
    }
  }
});

test('a hostile line costs what its length costs', async () => {
  for (const which of lockLines(0).keys())
    await assertLinear(
      (long) => {
        const log = `WARNING: possible circular locking dependency detected\n${lockLines(long)[which]}\n`.repeat(4);
        return () => eventsOf(log);
      },
      6000,
      lockLines(9)[which],
    );
});

test.run();
