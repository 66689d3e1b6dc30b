import { isKindOf } from '../../event/kinds.ts';
import { namesDevice, reasonOf, sameTask, sharesCpu } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { PANIC_REASONS, panicReason } from './panic-reasons.ts';

const CAUSES = [...new Set(PANIC_REASONS.flatMap(({ from }) => from))];

/** Why the machine stopped: the reason that panic() gave names the sort of report that led to it. */
export const PANIC_RULES: readonly Rule[] = [
  {
    name: 'panic-reason',
    why: 'the reason that panic() prints is that of the code which reported just before it',
    from: CAUSES,
    to: ['panic', 'stack-overflow'],
    within: 600,
    test(from, to) {
      const said = reasonOf(to);
      const known = panicReason(said);
      if (known === undefined || !isKindOf(from.kind, ...known.from)) return undefined;
      const gap = (to.uptime ?? 0) - (from.details?.lastUptime === undefined ? (from.uptime ?? 0) : Number(from.details.lastUptime));
      if (gap > known.within) return undefined;
      if (from.kind === 'sysrq') return from.details?.key === 'c' || /crash/i.test(from.title) ? 'high' : undefined;
      if (/kill init/.test(said)) return from.task?.pid === 1 || from.oom?.victims?.some(({ pid }) => pid === 1) ? 'high' : undefined;
      if (isKindOf(from.kind, 'disk')) return namesDevice(said, from) ? 'high' : undefined;
      // what a watchdog found is told of one CPU or task: of several stalls it is that one
      if (to.task !== undefined && from.kind !== 'hung-task' && (from.task?.pid ?? 0) !== 0 && !sameTask(from, to) && !sharesCpu(from, to))
        return 'medium';
      return 'high';
    },
    says: (to) => panicReason(reasonOf(to))?.says,
  },
  {
    name: 'panic-next',
    why: 'panic() was the next thing that the same task or CPU did after the report',
    unproven: 'the reason that panic() gave does not name the report before it',
    from: ['death', 'hard-lockup'],
    to: ['panic'],
    within: 2,
    test(from, to) {
      const known = panicReason(reasonOf(to));
      if (known !== undefined) return undefined;
      return sameTask(from, to) || (from.callerId !== undefined && from.callerId === to.callerId) ? 'medium' : undefined;
    },
    says: (to) => `the kernel panicked (${reasonOf(to)})`,
  },
];
