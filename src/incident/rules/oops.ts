import { isKindOf } from '../../event/kinds.ts';
import { sameTask } from '../facts.ts';
import { culpritOf, onOnePath, sameCulprit, sharesModule } from '../frames.ts';
import type { Rule } from '../rule.ts';
import { rests } from '../shared.ts';

/** Poison values that only freed or unlinked memory holds. */
const POISON = /poison|LIST_POISON|freed|use.after.free/i;
/** Reports that say the memory was written, not only read. */
const WRITES = /write|invalid-free|double-free|corrupt|overwritten|redzone|poison/i;

/** What led to an oops, and what came of it in the code around it. */
export const OOPS_RULES: readonly Rule[] = [
  {
    name: 'oops-in-oops',
    why: 'a second fault in the same task, while the first is handled or the task is killed, comes from the first',
    from: ['oops'],
    to: ['oops', 'preempt-check'],
    within: 5,
    test(from, to) {
      const task = sameTask(from, to);
      return task && (to.uptime ?? 0) - (from.uptime ?? 0) < ((from.task?.pid ?? 0) > 1 ? 5 : 0.5) ? rests('high', task) : undefined;
    },
    says: () => 'the same task faulted again while it was being killed',
  },
  {
    name: 'warned-in-same-function',
    why: 'a check that failed in a function and a fault in that function point to one broken state',
    unproven: 'that the warning and the fault have one cause: only the function is the same',
    from: ['complaint'],
    to: ['oops'],
    within: 3600,
    test(from, to) {
      const [blamed, task] = [sameCulprit(from, to), sameTask(from, to)];
      if (blamed === undefined) return undefined;
      return task && (to.uptime ?? 0) - (from.uptime ?? 0) <= 1 ? rests('high', blamed, task) : rests('medium', blamed);
    },
    says: (to) => `${culpritOf(to) ?? 'the same function'} then faulted`,
  },
  {
    name: 'warned-on-same-path',
    why: 'the same task went on from the failed check into the fault, through the function that is blamed',
    unproven: 'that the warning and the fault have one cause: the task and the call path are the same',
    from: ['complaint'],
    to: ['oops'],
    within: 1,
    test(from, to) {
      const task = sameCulprit(from, to) ? undefined : sameTask(from, to);
      const path = task && onOnePath(from, to);
      return path === undefined ? undefined : rests('medium', path, task);
    },
    says: (to) => `the same task then faulted in ${culpritOf(to) ?? 'the code around it'}`,
  },
  {
    name: 'corruption-spreads',
    why: 'memory that was found overwritten makes whoever uses it next fail at random',
    unproven: 'that the later fault used the memory that was found corrupt',
    from: ['corruption'],
    to: ['oops', 'found-later'],
    within: 600,
    test(from, to) {
      if (sameCulprit(from, to)) return undefined;
      if (isKindOf(from.kind, 'sanitizer') && !WRITES.test(from.title)) return undefined;
      if (POISON.test(to.fault?.hint ?? '')) return rests('medium', { to: ['fault.address'] });
      const module = sharesModule(from, to);
      if (module !== undefined) return rests('medium', module);
      // the kernel found it by looking: whose memory it was is not known
      return from.kind === 'refcount' ? undefined : 'low';
    },
    says: (to) => `${to.title} followed`,
  },
];
