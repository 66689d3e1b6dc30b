import type { Event } from '../../event/event.ts';
import { began, sameTask, sharesCpu } from '../facts.ts';
import { culpritOf, isIn, sameCulprit, sharedFunctions, sharesModule, waitsForLock } from '../frames.ts';
import { OOPSES, STALLS, STUCK } from '../kind-groups.ts';
import type { Rule } from '../rule.ts';

/** kernel/rcu: waits for a grace period, which a CPU that does not schedule holds up. */
const GRACE_PERIOD =
  /^(?:synchronize_(?:rcu|sched|net)|wait_rcu_gp|__wait_rcu_gp|rcu_barrier|_rcu_barrier|kvfree_rcu_barrier|exp_funnel_lock|cond_synchronize)/;
/** kernel/smp.c: waits for other CPUs to answer an interrupt. */
const WAITS_FOR_CPUS =
  /^(?:csd_lock_wait|__csd_lock|smp_call_function|generic_exec_single|flush_tlb|native_flush_tlb|on_each_cpu|stop_(?:one|two)_cpu|multi_cpu_stop|text_poke)/;

/** Pids of tasks that the report names as holding what it waits for: `is blocked on a mutex likely owned by task X:N`, since 6.16. */
export function ownersOf({ details }: Event): number[] {
  return Object.entries(details ?? {})
    .filter(([key]) => /owner|holder/i.test(key))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .flatMap((value) => (typeof value === 'object' ? Object.values(value) : [value]))
    .flatMap((value) =>
      typeof value === 'number' ? [value] : typeof value === 'string' ? [Number(/[:/ ](\d+)$/.exec(value)?.[1] ?? Number.NaN)] : [],
    )
    .filter(Number.isInteger);
}

/** Whether the two reports list one lock, by address or by name. */
function sharesLock(a: Event, b: Event): boolean {
  const names = new Set((b.locks ?? []).flatMap(({ name, address }) => [name, address]).filter((part) => part !== undefined));
  return (a.locks ?? []).some(
    ({ name, address }) => (name !== undefined && names.has(name)) || (address !== undefined && names.has(address)),
  );
}

const names = (from: Event, to: Event): boolean => from.task?.pid !== undefined && ownersOf(to).includes(from.task.pid);

/** Who holds and who waits. */
export const LOCK_RULES: readonly Rule[] = [
  {
    name: 'lock-left-behind',
    why: 'a task that an oops kills never releases the locks that it holds',
    unproven: 'that the killed task held the lock that is waited for',
    from: OOPSES,
    to: STALLS,
    within: 7200,
    test(from, to) {
      const [start, fault] = [began(to), from.uptime];
      if (start !== undefined && fault !== undefined && start < fault - 2) return undefined; // it hung before
      if (names(from, to)) return 'high';
      if (sharesLock(from, to)) return 'high';
      if (!waitsForLock(to) && to.kind !== 'rcu-stall') return undefined;
      return sharesModule(from, to) || sameCulprit(from, to) || sharedFunctions(from, to) >= 2 ? 'medium' : undefined;
    },
    says: (to) => `${who(to)} then waited for a lock that the killed task can no longer release`,
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
      if (names(from, to) || names(to, from) || sharesLock(from, to)) return 'high';
      if (!waitsForLock(from) && !waitsForLock(to)) return undefined;
      return sharesModule(from, to) || sameCulprit(from, to) || sharedFunctions(from, to) >= 2 ? 'medium' : undefined;
    },
    says: (to, from) => (names(to, from) ? `${who(to)} holds what it waits for` : `${who(to)} hangs in the same code`),
  },
  {
    name: 'stuck-on-one-cpu',
    why: 'a CPU that does not schedule shows as a soft lockup, passes no RCU quiescent state, and takes no timer interrupt in the worst case',
    from: STUCK,
    to: STUCK,
    within: 300,
    test: (from, to) =>
      from.kind !== to.kind && (sharesCpu(from, to) || ((to.task?.pid ?? 0) > 0 && sameTask(from, to))) ? 'high' : undefined,
    says: (to) => (to.kind === 'rcu-stall' ? 'RCU stalled on that CPU' : `a ${to.kind.replace('-', ' ')} was reported on that CPU`),
  },
  {
    name: 'spins-behind',
    why: 'a CPU that spins for a lock or waits for the others to answer is stuck as long as the one it waits for',
    unproven: 'that the first CPU holds what the second waits for',
    from: STUCK,
    to: STUCK,
    within: 120,
    test(from, to) {
      if (sharesCpu(from, to)) return undefined;
      if (sharesLock(from, to) || names(from, to)) return 'high';
      if (isIn(to, WAITS_FOR_CPUS)) return 'medium';
      return waitsForLock(to) && (sharesModule(from, to) || sameCulprit(from, to) || sharedFunctions(from, to) >= 2) ? 'medium' : undefined;
    },
    says: (to) => `CPU ${to.task?.cpu ?? '?'} was stuck waiting behind it`,
  },
  {
    name: 'no-grace-period',
    why: 'no RCU grace period ends while a CPU does not schedule, and who waits for one hangs',
    from: STUCK,
    to: ['hung-task', 'workqueue-lockup'],
    within: 7200,
    test(from, to) {
      const [start, stuck] = [began(to), began(from)];
      if (!isIn(to, GRACE_PERIOD)) return undefined;
      if (start !== undefined && stuck !== undefined && start < stuck - 30) return undefined;
      return from.kind === 'rcu-stall' ? 'high' : 'medium';
    },
    says: (to) => `${who(to)} hung waiting for an RCU grace period`,
  },
  {
    name: 'lockdep-foretold',
    why: 'lockdep names the locks and functions of a deadlock before it happens',
    unproven: 'that the stall is the deadlock that lockdep described',
    from: ['lockdep', 'spinlock-debug', 'atomic-context'],
    to: STALLS,
    within: 7200,
    test(from, to) {
      if (sharesLock(from, to) || sameCulprit(from, to)) return 'medium';
      const blamed = culpritOf(to);
      const chain = (from.locks ?? []).flatMap(({ at, frames }) => [at, ...(frames ?? [])]).map((frame) => frame?.symbol);
      return blamed !== undefined && chain.includes(blamed) ? 'medium' : undefined;
    },
    says: (to) => `${who(to)} then stopped in the code that was warned of`,
  },
  {
    name: 'preempt-count-leaks',
    why: 'a preempt count that is not put back makes the next schedule() of that task or CPU complain as well',
    from: ['atomic-context'],
    to: ['atomic-context', 'warning', 'rcu-usage', 'user-fault'],
    within: 10,
    test(from, to) {
      if (!sameTask(from, to)) return undefined;
      if (to.kind === 'atomic-context') return 'high';
      // faulthandler_disabled(): in atomic context even a good access of user space ends in a signal
      if (to.kind === 'user-fault') return 'medium';
      return /preempt|atomic|irq/i.test(`${String(to.details?.message ?? '')} ${to.title}`) ? 'high' : undefined;
    },
    says: (to) =>
      to.kind === 'warning'
        ? 'the preempt count was found wrong afterwards'
        : to.kind === 'user-fault'
          ? 'its user space then faulted, as no page fault is served in atomic context'
          : undefined,
  },
];

function who({ task, kind }: Event): string {
  if (kind === 'workqueue-lockup') return 'a workqueue';
  if (kind !== 'hung-task' && task?.cpu !== undefined) return `CPU ${task.cpu}`;
  return task?.comm === undefined ? 'a task' : `${task.comm}[${task.pid ?? '?'}]`;
}
