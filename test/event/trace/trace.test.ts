// Stacks that no report claims: one under no heading, an oops whose first lines are lost; and what must not become one.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../../support/read-events.ts';

const stamped = (lines: readonly string[]) => lines.map((line, i) => `[   10.${String(i).padStart(6, '0')}] ${line}\n`).join('');
const CPU = 'CPU: 1 PID: 148 Comm: xyz Tainted: G        W  OE      6.6.0 #1';
const STACK = [
  'Call Trace:',
  ' <TASK>',
  ' dump_stack_lvl+0x44/0x5c',
  ' xyz_probe+0x1c/0x60 [driver_xyz]',
  ' really_probe+0xde/0x380',
  ' </TASK>',
];
const REGISTERS = [
  'RIP: 0010:xyz_store+0x1a/0x30 [driver_xyz]',
  'Code: 48 89 e5 <48> c7 00 00 00 00 00 5d c3',
  'RSP: 0018:ffffc90000a3bd50 EFLAGS: 00010246',
  'RAX: 0000000000000000 RBX: ffff88800f3d1e80 RCX: 0000000000000000',
];

test('a stack under no heading is an event of low confidence, with its culprit', () => {
  const [event, ...more] = eventsOf(stamped(['driver_xyz: something is odd', CPU, ...STACK, 'usb 1-1: new high-speed USB device']));
  assert.is(more.length, 0);
  assert.equal([event?.kind, event?.severity, event?.title], ['warning', 'warning', 'stack trace in xyz_probe']);
  assert.equal([event?.details?.confidence, event?.task?.pid], ['low', 148]);
});

/** An oops without its first lines. */
const HEADLESS = [CPU, ...REGISTERS, ...STACK.slice(0, 2), ' kernfs_fop_write_iter+0x11e/0x1c0', ' vfs_write+0x2f1/0x4f0'];
const END = '---[ end trace 0000000000000000 ]---';

test('an oops whose first lines are lost is one, and says so', () => {
  const [event, ...more] = eventsOf(stamped([...HEADLESS, END]));
  assert.is(more.length, 0);
  assert.equal([event?.kind, event?.completeness, event?.culprit?.symbol], ['trap', 'truncated', 'xyz_store']);
});

test('an oops of which CR2 is left says what was touched, and which fault it was', () => {
  const [null_, paging] = ['0000000000000010', 'ffffc900ffffd000'].map((cr2) => eventsOf(stamped([...HEADLESS, `CR2: ${cr2}`, END])));
  assert.equal(
    [null_, paging].map((events) => events?.map(({ kind, title, fault }) => [kind, title, fault?.address])),
    [
      [['null-dereference', 'BUG: unable to handle kernel NULL pointer dereference in xyz_store', '0x10']],
      [['paging-fault', 'BUG: unable to handle kernel paging request in xyz_store', '0xffffc900ffffd000']],
    ],
  );
});

test('what an open report takes begins none', () => {
  const events = eventsOf(
    stamped([
      'BUG: kernel NULL pointer dereference, address: 0000000000000010',
      'Oops: 0002 [#1] PREEMPT SMP',
      CPU,
      ...REGISTERS,
      ...STACK,
    ]),
  );
  assert.equal(
    events.map((e) => e.kind),
    ['null-dereference'],
  );
});

test('CPUs that a panic stops, failures that are injected and a lone CPU line are no events', () => {
  const stopped = ['CPU1: stopping', CPU, 'Call trace:', ' dump_stack_lvl+0x44/0x5c', ' ipi_cpu_stop+0x20/0x30', ' xyz_idle+0x1/0x2'];
  const injected = [CPU, 'Call Trace:', ' should_fail_ex+0x20/0x30', ' xyz_alloc+0x1/0x2'];
  for (const lines of [stopped, injected, [CPU], ['Call Trace:'], ['RIP: 0033:0x7f1234567890']])
    assert.equal(eventsOf(stamped(lines)), [], lines[0]);
});

test.run();
