// Who holds and who waits, from the lines of kernel/hung_task.c and lockdep to the edge and the verdict.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readLog, stamped } from '../../support/read-incidents.ts';

/** A task that hangs in its own code, so that nothing but what the log says of locks can tie it to another. */
const hung = (comm: string, pid: number, at: string): string[] => [
  `INFO: task ${comm}:${pid} blocked for more than 122 seconds.`,
  '      Not tainted 6.17.0 #1',
  '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
  `task:${comm.padEnd(15)} state:D stack:0     pid:${pid}   tgid:${pid}   ppid:1      task_flags:0x400000 flags:0x00004000`,
  'Call Trace:',
  ' <TASK>',
  ' __schedule+0x4b0/0xb60',
  ' schedule+0x27/0xd0',
  ` ${at}+0x4f/0x90`,
  ' </TASK>',
];
const edges = (log: string): string[] =>
  readLog(log).incidents.flatMap((incident) => incident.edges.map((e) => `${e.from} ${e.to} ${e.rule} ${e.confidence}`));

test('the waiter names the owner: one incident of high confidence, and the verdict says who holds what', () => {
  const waiter = [...hung('cat', 115, 'read_dummy'), 'INFO: task cat:115 is blocked on a mutex likely owned by task kworker/u8:2:114.'];
  const log = stamped(245, ...waiter, ...hung('kworker/u8:2', 114, 'wait_for_reply'));
  assert.equal(edges(log), ['E1 E2 owner-and-waiter high']);
  assert.is(
    readLog(log).incidents[0]?.verdict,
    'cat[115] hung for 2 min in read_dummy, waiting for a mutex that kworker/u8:2[114] likely holds; kworker/u8:2[114], which likely holds it, hangs as well.',
  );
});

test('the same where the owner was reported first', () => {
  const waiter = [
    ...hung('sync', 640, 'sync_files'),
    'INFO: task sync:640 <reader> blocked on an rw-semaphore likely owned by task dd:611 <writer>',
  ];
  const log = stamped(245, ...hung('dd', 611, 'wait_for_reply'), ...waiter);
  assert.equal(edges(log), ['E1 E2 owner-and-waiter high']);
  assert.match(readLog(log).incidents[0]?.verdict ?? '', /; sync\[640\] waits for an? rw-semaphore that dd\[611\] likely holds\.$/);
});

test('a number in the name of the owner is no pid', () => {
  const waiter = [...hung('cat', 115, 'read_dummy'), 'INFO: task cat:115 is blocked on a mutex likely owned by task kworker/0:66:4095.'];
  assert.equal(edges(stamped(245, ...waiter, ...hung('other', 66, 'wait_for_reply'))), []);
});

test('an oops that killed the owner is why the waiter hangs', () => {
  const oops = readFileSync('test/golden/events/oops-divide-x86-6.1.log', 'latin1');
  const { events } = readLog(oops);
  const [died] = events;
  assert.type(died?.task?.pid, 'number');
  const owner = `${died?.task?.comm}:${died?.task?.pid}`;
  const waiter = [...hung('cat', 99_115, 'read_dummy'), `INFO: task cat:99115 is blocked on a mutex likely owned by task ${owner}.`];
  const log = oops + stamped((died?.uptime ?? 0) + 245, ...waiter);
  assert.ok(edges(log).some((edge) => edge.endsWith('lock-left-behind high')));
});

const table = (...rows: readonly string[]): string[] => ['', 'Showing all locks held in the system:', ...rows, ''];

test("lockdep's table of all locks ties two tasks at one lock, and not two readers of RCU", () => {
  const both = [...hung('a', 101, 'first_step'), ...hung('b', 102, 'second_step')];
  const one = [
    '1 lock held by a/101:',
    ' #0: ffff888004a2a0a8 (&xyz->lock){+.+.}-{4:4}, at: first_step+0x24/0x90',
    '1 lock held by b/102:',
    ' #0: ffff888004a2a0a8 (&xyz->lock){+.+.}-{4:4}, at: second_step+0x24/0x90',
  ];
  assert.equal(edges(stamped(245, ...both, ...table(...one))), ['E1 E2 owner-and-waiter high']);
  const rcu = one.map((line) => line.replace('&xyz->lock', 'rcu_read_lock'));
  assert.equal(edges(stamped(245, ...both, ...table(...rcu))), []);
  const others = one.map((line) => line.replace('/101', '/33'));
  assert.equal(edges(stamped(245, ...both, ...table(...others))), [], "another task's lock is not the event's");
  const instances = one.map((line, i) => (i === 3 ? line.replace('ffff888004a2a0a8', 'ffff888004a2b0a8') : line));
  assert.equal(edges(stamped(245, ...both, ...table(...instances))), [], 'two locks of one class are two');
});

test.run();
