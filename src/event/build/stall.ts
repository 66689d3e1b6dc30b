import { parseBug } from '../../../grammars/bug/index.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft, type Verdict } from './base.ts';
import type { Draft } from './draft.ts';
import { blockText, type Facts, gather, headOf } from './facts.ts';

/** Time without progress. Thin: titles and stacks; issue 5 completes it. */
export function buildStall(report: Report): Draft {
  const facts = gather(report, parseBug(blockText(report)));
  return baseDraft(facts, verdict(report.form.name, facts));
}

const SKIP = ['sched', 'lock', 'stall', 'rcu', 'printk', 'entry', 'trap'] as const;

function verdict(form: string, facts: Facts): Verdict {
  const said = headOf(facts, 'check_hung_task', 'watchdog_timer_fn', 'wq_watchdog_timer_fn')?.fields;
  const extra = said?.seconds === undefined ? {} : { details: { seconds: Number(said.seconds) } };
  switch (form) {
    case 'hung':
      return { kind: 'hung-task', severity: 'error', naming: { title: 'INFO: task hung in {f}', alt: ['hang in {f}'], skip: SKIP }, extra };
    case 'soft':
      return {
        kind: 'soft-lockup',
        severity: 'error',
        naming: { title: 'BUG: soft lockup in {f}', alt: ['stall in {f}'], skip: SKIP },
        extra,
      };
    case 'hard':
      return {
        kind: 'hard-lockup',
        severity: 'error',
        naming: { title: 'BUG: hard lockup in {f}', alt: ['stall in {f}'], skip: SKIP },
        extra,
      };
    case 'workqueue':
      return {
        kind: 'workqueue-lockup',
        severity: 'error',
        naming: { title: 'BUG: workqueue lockup', bare: 'BUG: workqueue lockup' },
        extra,
      };
    default:
      return {
        kind: 'rcu-stall',
        severity: 'error',
        naming: { title: 'INFO: rcu detected stall in {f}', alt: ['stall in {f}'], skip: SKIP },
        extra,
      };
  }
}
