// What the kernel's own checkers found, as a sentence: whose object, which locks, what else the report knows, and less where it is cut.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event, Lock } from '../../src/event/event.ts';
import { eventsOf, incidentsOf, type Part, running } from '../support/incident-events.ts';

const stackOf = (label: string, symbol: string) => ({ label, context: 'task' as const, frames: [{ symbol, offset: 16, size: 64 }] });
const at = (symbol: string) => ({ symbol, offset: 16, size: 64 });
const object = {
  stacks: [stackOf('Call Trace', 'f'), stackOf('Allocated by task 7', 'maker'), stackOf('Freed by task 8', 'dropper')],
  details: { accessSize: 8, cache: 'kmalloc-64' },
};
const lock = (name: string, role: Lock['role'], symbol: string): Lock => ({
  text: name,
  name,
  role,
  at: at(symbol),
  address: `0x${name.length}`,
});
const wanted = lock('&a->lock', 'wanted', 'f');
const held = lock('&bc->lock', 'held', 'g');
const lockdep = (report: string, locks: Lock[], details: object = {}): Part => ({
  kind: 'lockdep',
  title: 'possible deadlock in f',
  locks,
  details: { report, ...details },
});

const FOUND: readonly (readonly [Part, string])[] = [
  [
    { kind: 'kasan', ...object, fault: { cause: 'slab-use-after-free', access: 'read' } },
    'KASAN: f read 8 bytes of freed memory (kmalloc-64, allocated in maker, freed in dropper).',
  ],
  [{ kind: 'kasan', fault: { cause: 'use-after-free', access: 'write' } }, 'KASAN: f wrote to freed memory.'],
  [{ kind: 'kasan', fault: { cause: 'use-after-free' } }, 'KASAN: f used freed memory.'],
  [
    { kind: 'kasan', fault: { cause: 'slab-out-of-bounds', access: 'write' }, details: { accessSize: 1 } },
    'KASAN: f wrote 1 byte outside of a slab object.',
  ],
  [
    { kind: 'kasan', ...object, fault: { cause: 'stack-out-of-bounds', access: 'read' } },
    "KASAN: f read 8 bytes outside of a function's variables on the stack.",
  ],
  [
    { kind: 'kasan', ...object, fault: { cause: 'double-free' } },
    'KASAN: f freed memory that was freed already (kmalloc-64, allocated in maker, freed in dropper).',
  ],
  [{ kind: 'kfence', fault: { cause: 'invalid free' } }, 'KFENCE: f freed memory that it cannot free: no object begins there.'],
  [
    { kind: 'kasan', fault: { cause: 'invalid-access', access: 'write' }, details: { pointerTag: 'fb', memoryTag: 'fe' } },
    "KASAN: f wrote to memory whose tag (fe) is not its pointer's (fb): freed memory, or beyond the object.",
  ],
  [
    { kind: 'kmsan', title: 'KMSAN: uninit-value in f', stacks: [stackOf('Call Trace', 'f'), stackOf('Uninit was created at', 'maker')] },
    'KMSAN: f used a value that nothing had set (memory from maker).',
  ],
  [{ kind: 'kmsan', title: 'KMSAN: kernel-usb-infoleak in f' }, 'KMSAN: f handed bytes that nothing had set to a USB device.'],
  [{ kind: 'kmsan', title: 'KMSAN: kernel-infoleak in f' }, 'KMSAN: f handed bytes that nothing had set to user space.'],
  [{ kind: 'kmemleak', details: { bytes: 512 } }, '512 bytes that f allocated are no longer referenced: a memory leak.'],
  [
    { kind: 'refcount', details: { message: 'refcount_t: underflow; use-after-free.' } },
    'f dropped a reference that was gone already: the object may be freed while in use.',
  ],
  [{ kind: 'refcount', title: 'WARNING: refcount bug in f' }, 'Refcount bug in f.'],
  [
    {
      kind: 'warning',
      details: { message: 'ODEBUG: free active (active state 0) object type: timer_list hint: driver_xyz_poll+0x0/0x40' },
    },
    'f freed an object whose timer (driver_xyz_poll) was still active.',
  ],
  [
    { kind: 'warning', details: { message: 'ODEBUG: init active (active state 0) object type: work_struct hint: xyz_work+0x0/0x10' } },
    'f initialised a work (xyz_work) that was still active.',
  ],
  [
    { kind: 'warning', details: { message: 'ODEBUG: activate active (active state 1) object type: rcu_head' } },
    'f started a callback of RCU that was active already.',
  ],
  [
    { kind: 'warning', details: { message: 'ODEBUG: assert_init not available (active state 0) object type: timer_list hint: 0x0' } },
    'f used a timer that was never initialised.',
  ],
  [{ kind: 'warning', details: { file: 'kernel/workqueue.c', line: 4239 } }, 'A check failed in f at kernel/workqueue.c:4239.'],
  [{ kind: 'kernel-bug', details: { file: 'net/core/skbuff.c', line: 109 } }, 'A BUG check failed in f at net/core/skbuff.c:109'],
  [{ kind: 'list-corruption', details: { message: 'list_del corruption' } }, 'f met a broken list: "list_del corruption".'],
  [
    { kind: 'rcu-usage', details: { message: 'suspicious rcu_dereference_check() usage', file: 'net/a.c', line: 7 } },
    'f read an RCU pointer at net/a.c:7 without the lock that it needs.',
  ],
  [
    { kind: 'rcu-usage', details: { message: 'Illegal context switch in RCU read-side critical section!' } },
    'f broke a rule of RCU: "Illegal context switch in RCU read-side critical section".',
  ],
  [
    {
      kind: 'kcsan',
      stacks: [stackOf('write to 0x1 of 8 bytes by task 1 on cpu 0', 'f'), stackOf('read to 0x1 of 8 bytes by task 2 on cpu 1', 'g')],
      details: { accesses: [{ access: 'write' }, { access: 'read' }] },
    },
    'KCSAN: f wrote what g read at the same time, and nothing orders the two.',
  ],
  [
    lockdep('possible circular locking dependency detected', [wanted, held]),
    'Lockdep: f takes &a->lock while &bc->lock (taken in g) is held, and elsewhere they are taken the other way round: a possible deadlock.',
  ],
  [
    lockdep('possible recursive locking detected', [wanted, { ...held, name: '&a->lock' }]),
    'Lockdep: f takes &a->lock while another lock of its class is held, taken in g: a possible deadlock.',
  ],
  [
    lockdep('inconsistent lock state', [wanted], { usageBefore: 'SOFTIRQ-ON-W', usageNow: 'IN-SOFTIRQ-W' }),
    'Lockdep: f takes &a->lock in a softirq, which elsewhere is taken where a softirq may come: a possible deadlock.',
  ],
  [
    lockdep('inconsistent lock state', [wanted], { usageBefore: 'IN-HARDIRQ-W', usageNow: 'HARDIRQ-ON-W' }),
    'Lockdep: f takes &a->lock where an interrupt may come that takes it as well: a possible deadlock.',
  ],
  [
    lockdep('SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected', [wanted, held]),
    'Lockdep: &a->lock and &bc->lock are taken one under the other, and one of them in interrupts: a possible deadlock in f.',
  ],
  [
    lockdep('bad unlock balance detected', [{ ...wanted, role: undefined } as unknown as Lock]),
    'Lockdep: f drops &a->lock, which it does not hold.',
  ],
  [lockdep('held lock freed', [held]), 'Lockdep: memory was freed with a lock in it that is still held: &bc->lock, taken in g.'],
  [
    { ...lockdep('lock held when returning to user space', [held]), task: { pid: 7, comm: 'app' } },
    'Lockdep: app[7] returned to user space with &bc->lock held, taken in g.',
  ],
  [lockdep('trying to register non-static key', []), 'Lockdep: f takes a lock that was never initialised.'],
  [lockdep('possible circular locking dependency detected', []), 'Lockdep: possible deadlock in f.'],
  [
    {
      kind: 'paging-fault',
      fault: { address: '0xffff800000000003', access: 'write', cause: 'data abort in kernel mode: alignment fault' },
    },
    'f made an unaligned write (address 0xffff800000000003), which memory of devices does not allow',
  ],
];
for (const [part, verdict] of FOUND) {
  test(verdict, () => {
    const [incident] = incidentsOf(eventsOf({ ...running('f'), title: `${part.kind} in f`, ...part }));
    assert.ok((incident?.verdict ?? '').toLowerCase().startsWith(verdict.toLowerCase()), incident?.verdict);
  });
}

test('a stall is in interrupt context only where its culprit ran there', () => {
  const interrupt = { ...stackOf('Call Trace', 'check_cpu_stall'), context: 'irq' as const };
  const stall = (stacks: Event['stacks']) =>
    incidentsOf(eventsOf({ kind: 'rcu-stall', title: 'x', ...running('f'), stacks, task: { pid: 7, comm: 'app', cpu: 1 } }))[0]?.verdict;
  assert.match(stall([interrupt, stackOf('Call Trace', 'f')]) ?? '', /in app\[7\]/);
  assert.match(stall([{ ...interrupt, frames: [at('f')] }]) ?? '', /in irq context/);
});

test('what sleeps in an interrupt is not said to be in atomic context as well', () => {
  const stacks = [{ ...stackOf('Call Trace', 'f'), context: 'irq' as const }];
  const [incident] = incidentsOf(
    eventsOf({ kind: 'atomic-context', title: 'BUG: scheduling while atomic in f', ...running('f'), stacks, task: { pid: 0, cpu: 1 } }),
  );
  assert.is(incident?.verdict, 'f went to sleep in irq context on CPU 1.');
});

test('what waits for other CPUs is named with who asked them', () => {
  const [incident] = incidentsOf(
    eventsOf({
      kind: 'soft-lockup',
      title: 'x',
      ...running('smp_call_function'),
      at: at('smp_call_function_many_cond'),
      stacks: [{ ...stackOf('Call Trace', 'on_each_cpu_cond_mask'), frames: [at('on_each_cpu_cond_mask'), at('driver_xyz_flush')] }],
    }),
  );
  assert.match(incident?.verdict ?? '', /waiting for other CPUs, called from driver_xyz_flush \(in smp_call_function_many_cond\)/);
});

test.run();
