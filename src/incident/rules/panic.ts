import { isKindOf } from '../../event/kinds.ts';
import { namesDevice, reasonOf, sameTask, sharesCpu, victimWith } from '../facts.ts';
import type { Finding, Rule } from '../rule.ts';
import { rests } from '../shared.ts';
import { PANIC_REASONS, panicReason } from './panic-reasons.ts';

const CAUSES = [...new Set(PANIC_REASONS.flatMap(({ from }) => from))];

/** What panic() was called with. */
const REASON = { to: ['details.reason'] };

/** The field of the report that the reason names. */
const because = (path: string | undefined): Finding | undefined =>
  path === undefined ? undefined : rests('high', REASON, { from: [path] });

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
      if (from.kind === 'sysrq') return because(from.details?.key === 'c' || /crash/i.test(from.title) ? 'details.key' : undefined);
      if (/kill init/.test(said)) return because(from.task?.pid === 1 ? 'task.pid' : victimWith(from, 1));
      // neither names the other's device, and there is one target that panics so
      if (said.startsWith('dm-verity')) return from.title.includes('verity') ? rests('medium', REASON) : undefined;
      if (from.kind === 'hardware-error' && /watchdog/.test(known.says))
        return /watchdog/i.test(from.title) ? rests('high', REASON) : undefined;
      // without the drivers and programs that it holds there is no way to the root file system
      if (from.title.startsWith('initramfs')) return /mount root|init\b/i.test(said) ? rests('medium', REASON) : undefined;
      if (isKindOf(from.kind, 'disk')) return because(namesDevice(said, from));
      // a watchdog's panic is about one CPU or task: of several stalls it is that one
      const shared = sameTask(from, to) ?? sharesCpu(from, to);
      const told = to.task !== undefined && from.kind !== 'hung-task' && (from.task?.pid ?? 0) !== 0;
      return rests(told && shared === undefined ? 'medium' : 'high', REASON, shared);
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
      const task = sameTask(from, to);
      return task !== undefined || (from.callerId !== undefined && from.callerId === to.callerId)
        ? rests('medium', REASON, task)
        : undefined;
    },
    says: (to) => `the kernel panicked (${reasonOf(to)})`,
  },
];
