import type { Event, Lock } from '../../event/event.ts';
import { beginning } from '../../event/symbols.ts';
import { taskName } from '../../event/task-name.ts';
import { began, isAssertion, sameTask, sharesCpu } from '../facts.ts';
import { culpritOf, frameIn, sameCulprit, sharesFunctions, sharesModule, waitsForLock } from '../frames.ts';
import type { Rule } from '../rule.ts';
import { rests, type Shared } from '../shared.ts';

/** kernel/rcu: waits for a grace period, which a CPU that does not schedule holds up. */
const GRACE_PERIOD = beginning(
  'synchronize_(?:rcu|sched|net)|cond_synchronize|wait_rcu_gp|__wait_rcu_gp|exp_funnel_lock',
  'rcu_barrier|_rcu_barrier|kvfree_rcu_barrier',
);
/** kernel/smp.c: waits for other CPUs to answer an interrupt. */
const WAITS_FOR_CPUS = beginning(
  'csd_lock_wait|__csd_lock|smp_call_function|generic_exec_single|on_each_cpu',
  // TLBs, stop_machine() and patched code
  'flush_tlb|native_flush_tlb|stop_(?:one|two)_cpu|multi_cpu_stop|text_poke',
);

/** Lockdep lists read sides of RCU like locks; any number of tasks are in them at once. */
const NO_LOCK = /^(?:rcu|srcu|tasks_rcu)/;

/**
 * The task that the report names as holding what it waits for: debug_show_blocker() of kernel/hung_task.c, for mutexes since 6.15,
 * semaphores 6.16, rw-semaphores 6.17; spin_dump() of a spinlock, which prints -1 for nobody.
 */
export function ownerOf({ details }: Event): number | undefined {
  const pid = details?.ownerPid;
  return typeof pid === 'number' && pid > 0 ? pid : undefined;
}

/** A lock, and where it is listed. */
interface Listed {
  readonly lock: Lock;
  readonly in: Event;
  readonly path: string;
}

/** The event's own locks. Lockdep prints those of all tasks once, in one of several reports; there each row names its task. */
const listedLocks = (event: Event, other: Event): Listed[] =>
  [event, other].flatMap((listed) =>
    (listed.locks ?? [])
      .map((lock, i) => ({ lock, in: listed, path: `locks.${i}` }))
      .filter(({ lock: { pid, name } }) => (pid === undefined ? listed === event : pid === event.task?.pid) && !NO_LOCK.test(name ?? '')),
  );

/** The locks of the tasks that the events are about, in whichever of them they are listed. */
export function locksAmong(events: readonly Event[]): Lock[] {
  const pids = new Set(events.map(({ task }) => task?.pid));
  const listed = events.flatMap(({ locks }) => locks ?? []);
  return listed.filter(({ pid, name }) => (pid === undefined || pids.has(pid)) && !NO_LOCK.test(name ?? ''));
}

/** The lock that both tasks hold or wait for: lockdep lists the two alike. */
function sharesLock(a: Event, b: Event): Shared | undefined {
  const theirs = listedLocks(b, a);
  for (const mine of listedLocks(a, b)) {
    const other = theirs.find(({ lock }) => isSame(mine.lock, lock));
    if (other === undefined) continue;
    const pathsIn = (event: Event): string[] => [mine, other].filter((each) => each.in === event).map(({ path }) => path);
    return { from: pathsIn(a), to: pathsIn(b) };
  }
  return undefined;
}

/** By address where both have one: a name is a whole class of locks, which two inodes share. */
const isSame = (mine: Lock, { name, address }: Lock): boolean =>
  mine.address !== undefined && address !== undefined ? mine.address === address : mine.name !== undefined && mine.name === name;

/** Whether `to` says that it waits for the task of `from`, by the fields that say so. */
const waitsFor = (to: Event, from: Event): Shared | undefined =>
  from.task?.pid !== undefined && ownerOf(to) === from.task.pid ? { from: ['task.pid'], to: ['details.ownerPid'] } : undefined;

const turned = (shared: Shared | undefined): Shared | undefined => shared && { from: shared.to, to: shared.from };

/** The code that both are in: of one module, blamed, or more than chance. */
const sharesCode = (from: Event, to: Event): Shared | undefined =>
  sharesModule(from, to) ?? sameCulprit(from, to) ?? sharesFunctions(from, to);

/** Who holds and who waits. */
export const LOCK_RULES: readonly Rule[] = [
  {
    name: 'lock-left-behind',
    why: 'a task that an oops kills never releases the locks that it holds',
    unproven: 'that the killed task held the lock that is waited for',
    from: ['oops'],
    to: ['hung'],
    within: 7200,
    test(from, to) {
      const [start, fault] = [began(to), from.uptime];
      if (start !== undefined && fault !== undefined && start < fault - 2) return undefined; // it hung before
      const lock = waitsFor(to, from) ?? sharesLock(from, to);
      if (lock !== undefined) return rests('high', lock);
      const wait = waitsForLock(to);
      if (wait === undefined && to.kind !== 'rcu-stall') return undefined;
      const code = sharesCode(from, to);
      return code && rests('medium', code, { to: wait === undefined ? [] : [wait] });
    },
    says: (to) => `${who(to)} then waited for a lock that the killed task can no longer release`,
  },
  {
    name: 'halted-then-hung',
    why: 'a failed assertion of ZFS (spl_panic()) or Lustre (lbug_with_loc()) halts its thread for ever, with all that others wait for',
    unproven: 'that what is waited for was to be done by the thread that was halted',
    from: ['kernel-bug'],
    to: ['hung'],
    within: 600,
    test(from, to) {
      const module = isAssertion(from) ? sharesModule(from, to) : undefined;
      return module && rests('medium', module);
    },
    says: (to) => `${who(to)} then waited in the same module, whose thread was halted`,
  },
  {
    name: 'owner-and-waiter',
    why: 'one hung task waits for what another holds, and both are reported in the same checks',
    unproven: 'which of the tasks holds what the others wait for',
    from: ['hung-task'],
    to: ['hung-task'],
    within: 300,
    test(from, to) {
      if (sameTask(from, to)) return undefined;
      const lock = waitsFor(to, from) ?? turned(waitsFor(from, to)) ?? sharesLock(from, to);
      if (lock !== undefined) return rests('high', lock);
      if (!waitsForLock(from) && !waitsForLock(to)) return undefined;
      const code = sharesCode(from, to);
      return code && rests('medium', code);
    },
    says(to, from) {
      if (waitsFor(to, from) && waitsFor(from, to) && !`${holds(to)} ${holds(from)}`.includes('last'))
        return `${who(to)} waits for a ${lockOf(to)} that ${who(from)} ${holds(to)}: each waits for the other, a deadlock`;
      if (waitsFor(to, from)) return `${who(to)} waits for a ${lockOf(to)} that ${who(from)} ${holds(to)}`;
      if (waitsFor(from, to)) return `${who(to)}, which ${holds(from)} it, hangs as well`;
      return sharesLock(from, to) ? `${who(to)} hangs at the same lock` : `${who(to)} hangs in the same code`;
    },
  },
  {
    name: 'stuck-on-one-cpu',
    why: 'a CPU that does not schedule shows as a soft lockup, passes no RCU quiescent state, and takes no timer interrupt in the worst case',
    from: ['stuck'],
    to: ['stuck'],
    within: 300,
    test(from, to) {
      const shared = sharesCpu(from, to) ?? ((to.task?.pid ?? 0) > 0 ? sameTask(from, to) : undefined);
      return from.kind === to.kind || shared === undefined ? undefined : rests('high', shared);
    },
    says: (to) => (to.kind === 'rcu-stall' ? 'RCU stalled on that CPU' : `a ${to.kind.replace('-', ' ')} was reported on that CPU`),
  },
  {
    name: 'spins-behind',
    why: 'a CPU that spins for a lock or waits for the others to answer is stuck as long as the one it waits for',
    unproven: 'that the first CPU holds what the second waits for',
    from: ['stuck'],
    to: ['stuck'],
    within: 120,
    test(from, to) {
      if (sharesCpu(from, to)) return undefined;
      const lock = sharesLock(from, to) ?? waitsFor(to, from);
      if (lock !== undefined) return rests('high', lock);
      const asks = frameIn(to, WAITS_FOR_CPUS);
      if (asks !== undefined) return rests('medium', { to: [asks] });
      const wait = waitsForLock(to);
      const code = wait === undefined ? undefined : sharesCode(from, to);
      return wait === undefined || code === undefined ? undefined : rests('medium', code, { to: [wait] });
    },
    says: (to) => `CPU ${to.task?.cpu ?? '?'} was stuck waiting behind it`,
  },
  {
    name: 'no-grace-period',
    why: 'no RCU grace period ends while a CPU does not schedule, and who waits for one hangs',
    from: ['stuck'],
    to: ['blocked'],
    within: 7200,
    test(from, to) {
      const [start, stuck] = [began(to), began(from)];
      const wait = frameIn(to, GRACE_PERIOD);
      if (wait === undefined) return undefined;
      if (start !== undefined && stuck !== undefined && start < stuck - 30) return undefined;
      return rests(from.kind === 'rcu-stall' ? 'high' : 'medium', { to: [wait] });
    },
    says: (to) => `${who(to)} hung waiting for an RCU grace period`,
  },
  {
    name: 'lockdep-foretold',
    why: 'lockdep names the locks and functions of a deadlock before it happens',
    unproven: 'that the stall is the deadlock that lockdep described',
    from: ['deadlock-check'],
    to: ['hung'],
    within: 7200,
    test(from, to) {
      const shared = sharesLock(from, to) ?? sameCulprit(from, to);
      if (shared !== undefined) return rests('medium', shared);
      const blamed = culpritOf(to);
      const at = (from.locks ?? []).findIndex(({ at, frames = [] }) => [at, ...frames].some((frame) => frame?.symbol === blamed));
      return blamed === undefined || at < 0 ? undefined : rests('medium', { from: [`locks.${at}`], to: ['culprit'] });
    },
    says: (to) => `${who(to)} then stopped in the code that was warned of`,
  },
  {
    name: 'preempt-count-leaks',
    why: 'a preempt count that is not put back makes the next schedule() of that task or CPU complain as well',
    from: ['atomic-context'],
    to: ['preempt-check', 'user-fault'],
    within: 10,
    test(from, to) {
      const task = sameTask(from, to);
      if (task === undefined) return undefined;
      if (to.kind === 'atomic-context') return rests('high', task);
      // faulthandler_disabled(): in atomic context even a good access of user space ends in a signal
      if (to.kind === 'user-fault') return rests('medium', task);
      const tells = /preempt|atomic|irq/i.test(`${String(to.details?.message ?? '')} ${to.title}`);
      return tells ? rests('high', task, { to: ['details.message'] }) : undefined;
    },
    says: (to) =>
      to.kind === 'warning'
        ? 'the preempt count was found wrong afterwards'
        : to.kind === 'user-fault'
          ? 'its user space then faulted, as no page fault is served in atomic context'
          : undefined,
  },
];

/** `mutex`, `rw-semaphore`. */
const lockOf = ({ details }: Event): string => (typeof details?.blockedOn === 'string' ? details.blockedOn : 'lock');
/** The kernel looks at the lock from outside, so it says `likely`. A semaphore has no owner, only a last holder. */
const holds = ({ details }: Event): string => (details?.ownerIs === 'last held' ? 'likely held last' : 'likely holds');

function who({ task, kind }: Event): string {
  if (kind === 'workqueue-lockup') return 'a workqueue';
  if (kind !== 'hung-task' && task?.cpu !== undefined) return `CPU ${task.cpu}`;
  return taskName(task?.comm, task?.pid) ?? 'a task';
}
