import { PANICS } from '../../../grammars/bug/panic-lines.ts';
import { CHAIN, CONTEXTS, REPORT, TITLES } from '../../../grammars/lock/lines.ts';
import { allSaid, type Facts, lineOf, recordAt, type SaidFields, said, saidBy } from '../facts/facts.ts';
import { present, Said, type SayableDetails } from '../facts/said.ts';
import type { Place } from './nodes.ts';

const TITLE_ROWS = Object.values(TITLES);

/** What the report's title says: the complaint, and the level in front of it. */
export function titleOf(facts: Facts): SaidFields<typeof TITLES.print_usage_bug> | undefined {
  const title = lineOf(facts, ...TITLE_ROWS);
  return title === undefined ? undefined : saidBy(facts, TITLES.print_usage_bug, title);
}

/** What lockdep says beyond locks and stacks: the kind of report, the usages that clash, the scenario. */
export function lockdepDetails(facts: Facts): SayableDetails | undefined {
  const usage = said(facts, REPORT.print_usage_bug_usage);
  const freed = said(facts, REPORT.print_freed_lock_bug_task);
  return present({
    report: titleOf(facts)?.what,
    context: said(facts, REPORT.print_bad_irq_dependency_task)?.context ?? said(facts, REPORT.print_usage_bug_task)?.context,
    waitContext: said(facts, REPORT.print_lock_invalid_wait_context_inner)?.context,
    usageBefore: usage?.before,
    usageNow: usage?.now,
    freedFrom: freed?.from,
    freedTo: freed?.to,
    chain: chainOf(facts),
    scenario: scenarioOf(facts),
  });
}

/** `A --> B --> C` behind `Chain exists of:`. */
function chainOf(facts: Facts): Said<string[]> | undefined {
  const links = allSaid(facts, CHAIN.print_circular_lock_scenario_chain).flatMap(({ link }) => link ?? []);
  const [first] = links;
  return first?.map(() => links.filter((link) => link.records[0] === first.records[0]).map(({ value }) => value));
}

/** More steps are a forged log. */
const MAX_STEPS = 64;

/** The two columns of "Possible unsafe locking scenario", in time's order: which CPU does what. */
function scenarioOf(facts: Facts): SayableDetails[string] | undefined {
  const cpus = lineOf(facts, CHAIN.print_circular_lock_scenario_cpus);
  const head = cpus === undefined ? [] : recordAt(facts.report, cpus.line);
  const steps = allSaid(facts, CHAIN.print_circular_lock_scenario_step).slice(0, MAX_STEPS);
  if (steps.length === 0) return undefined;
  return steps.flatMap(({ column, step }) =>
    column === undefined || step === undefined ? [] : { cpu: new Said(column.value, [...head, ...column.records]), step },
  );
}

/** kernel/locking/lockdep.c lockdep_rcu_suspicious() */
export function rcuDetails(facts: Facts): SayableDetails | undefined {
  return present({ ...said(facts, REPORT.lockdep_rcu_suspicious_place) });
}

/** What the panic says that stands within the report, and so is no event of its own. */
const panicWithin = (facts: Facts) => said(facts, PANICS.panic)?.reason?.map((text) => text.slice(0, 200));

/** kernel/locking/spinlock_debug.c spin_dump() */
export function spinDetails(facts: Facts): SayableDetails | undefined {
  const { name, address, ...dump } = said(facts, CONTEXTS.spin_dump) ?? {};
  return present({ lock: name ?? address, ...dump, panic: panicWithin(facts) });
}

/** kernel/sched/core.c __might_resched(), __schedule_bug(); lib/smp_processor_id.c; kernel/workqueue.c process_one_work(). */
export function contextDetails(facts: Facts, disabledAt: Place | undefined): SayableDetails | undefined {
  const place = said(facts, CONTEXTS.__might_resched) ?? said(facts, CONTEXTS.__cant_sleep);
  const state = said(facts, CONTEXTS.__might_resched_state);
  const count = said(facts, CONTEXTS.__might_resched_count);
  const depth = said(facts, CONTEXTS.__might_resched_depth);
  const preempt = [CONTEXTS.__schedule_bug, CONTEXTS.process_one_work, CONTEXTS.process_one_work_function].map((row) => said(facts, row));
  const last = lineOf(facts, CONTEXTS.process_one_work_function);
  return present({
    file: place?.file,
    line: place?.line,
    inAtomic: state?.atomic,
    irqsDisabled: state?.irqs,
    nonBlock: state?.nonBlock ?? said(facts, CONTEXTS.schedule_debug)?.nonBlock,
    preemptCount: count?.count ?? preempt.find((line) => line?.preempt !== undefined)?.preempt,
    preemptExpected: count?.expected,
    rcuDepth: depth?.depth,
    rcuExpected: depth?.expected,
    preemptionDisabledAt: disabledAt?.frame.symbol && new Said(disabledAt.frame.symbol, recordAt(facts.report, disabledAt.line)),
    function: said(facts, CONTEXTS.check_preemption_disabled)?.function,
    lastFunction: last?.frame?.symbol && new Said(last.frame.symbol, recordAt(facts.report, last.line)),
    panic: panicWithin(facts),
  });
}
