import { HANGS } from '../../../grammars/stall/lines.ts';
import { LENT, type Verdict } from '../facts/base.ts';
import type { Machinery, Naming } from '../facts/draft.ts';
import { type Facts, said } from '../facts/facts.ts';
import { hungCulprit, type StallCulprit, stallCulprit } from './culprit.ts';
import { hungDetails, lockupDetails } from './details.ts';
import type { Dump } from './dumps.ts';
import { rcuStallDetails } from './rcu.ts';
import { actionOf, sysrqDetails } from './sysrq.ts';
import { workqueueDetails } from './workqueue.ts';

/** Where no operation is found, the default search for the guilty frame, past what waits, interrupts and dumps. */
const SKIP: readonly Machinery[] = ['sched', 'lock', 'locking', 'stall', 'rcu', 'printk', 'entry', 'trap'];

/** What kind a form of report is, how it is named, and its details. */
export function stallVerdict(form: string, facts: Facts, dumps: readonly Dump[], main: Dump | undefined): Verdict {
  switch (form) {
    case 'hung': {
      const culprit = main === undefined ? { frames: [] } : hungCulprit(facts, main.nodes);
      const undead = said(facts, HANGS.hung_task_info)?.how?.value === "can't die";
      const asleep = said(facts, HANGS.try_to_freeze_tasks) !== undefined;
      const late = said(facts, HANGS.dpm_watchdog_handler) !== undefined;
      const naming = late
        ? named('DPM device timeout', 'hang', culprit)
        : asleep
          ? named('Freezing of tasks failed', 'hang', culprit)
          : named(undead ? "INFO: task can't die" : 'INFO: task hung', 'hang', culprit);
      return { kind: 'hung-task', severity: 'error', naming, extra: { details: hungDetails(facts) } };
    }
    case 'soft':
    case 'hard':
    case 'csd': {
      const naming = named(`BUG: ${form} lockup`, 'stall', ranIn(facts, main));
      return { kind: `${form}-lockup`, severity: 'error', naming, extra: { details: lockupDetails(facts) } };
    }
    case 'workqueue': {
      const title = 'BUG: workqueue lockup';
      const naming = { title, bare: title, skip: SKIP };
      return { kind: 'workqueue-lockup', severity: 'error', naming, extra: { details: workqueueDetails(facts) } };
    }
    case 'sysrq':
    case 'sysrq-action': {
      const action = actionOf(facts)?.value ?? 'unknown';
      const title = `sysrq: ${action.replace(/[^\x20-\x7e]/g, '?').slice(0, 100)}`;
      const naming = { title, bare: title, frames: [] };
      return { kind: 'sysrq', severity: 'info', naming, extra: { details: sysrqDetails(facts, dumps) } };
    }
    default: {
      // RCU's own thread is dumped when it gets no CPU: it waits, and holds nobody up
      const naming = named('INFO: rcu detected stall', 'stall', ranIn(facts, main) ?? (main === undefined ? { frames: [] } : undefined));
      return { kind: 'rcu-stall', severity: 'error', naming, extra: { details: rcuStallDetails(facts) } };
    }
  }
}

/** What ran, by the dump; where the report was cut off before one, by the stack on which it was being printed. */
function ranIn(facts: Facts, main: Dump | undefined): StallCulprit | undefined {
  if (main !== undefined) return stallCulprit(facts, main.nodes);
  const culprit = facts.lent && stallCulprit(facts.lent, facts.lent.nodes);
  return culprit && { ...culprit, why: LENT };
}

/** `TITLE in {f}`, also known as `stall in {f}`; a function with a family's name (`ALIASES`) keeps its own in an alternative. */
function named(title: string, alt: string, culprit: StallCulprit | undefined): Naming {
  const own = culprit?.alias === undefined ? [] : [`${title} in ${culprit.alias}`, `${alt} in ${culprit.alias}`];
  const naming = { title: `${title} in {f}`, alt: [`${alt} in {f}`, ...own] };
  if (culprit === undefined) return { ...naming, skip: SKIP };
  return { ...naming, frames: culprit.frames, keep: 'all', why: culprit.why, others: culprit.others, called: culprit.called };
}
