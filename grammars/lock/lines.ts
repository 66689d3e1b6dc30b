import { PANICS } from '../bug/panic-lines.ts';
import type { Family } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { CHAIN } from './chain-lines.ts';
import { CONTEXTS } from './context-lines.ts';
import { HELD } from './held-lines.ts';
import { REPORT } from './report-lines.ts';
import { TITLES } from './title-lines.ts';

export { CHAIN, CONTEXTS, HELD, REPORT, TITLES };

/** Lines before the CPU line of __schedule_bug(): held locks, modules. */
const HEAD_LINES = 24;

/** Lock rules broken: kernel/locking/lockdep.c, spinlock_debug.c, sched/core.c __might_resched(), lib/smp_processor_id.c, kernel/workqueue.c. */
export const LOCK: Family = {
  name: 'lock',
  // a link of the chain and a link of a new dependency begin like a lock
  lines: [TITLES, CHAIN, HELD, CONTEXTS, REPORT].flatMap((table) => Object.values<Line>(table)),
  // the panic that such a report may end in
  also: [PANICS.panic],
  forms: [
    { name: 'lockdep' },
    // lockdep_sys_exit() prints the held locks and no stack.
    { name: 'returning', needs: 'nothing' },
    { name: 'rcu' },
    { name: 'limit' },
    { name: 'spinlock', absorbs: ['lock/spinlock', 'panic/panic'] },
    // __schedule_bug() itself panics since 4.20 where panic_on_warn is set: the stack is the panic's.
    { name: 'atomic', absorbs: ['panic/panic'] },
    // The function is named: workers' stacks say nothing.
    { name: 'leaked', needs: 'nothing' },
  ],
  joins: (head, _line, lines, sameCaller) => {
    if (head.name !== 'panic/panic' || !sameCaller || lines.length > HEAD_LINES) return undefined;
    const first = lines[0]?.line;
    if (first !== CONTEXTS.__schedule_bug && first !== CONTEXTS.dequeue_task_idle && first !== CONTEXTS.__might_resched) return undefined;
    // Until __schedule_bug() has printed its CPU line the panic is its own doing.
    return lines.some(({ line }) => line?.shape === 'cpu') ? undefined : true;
  },
};
