import type { FrameFields } from '../../../grammars/common/nodes.ts';
import { address } from '../../../grammars/common/numbers.ts';
import type { Details } from '../event.ts';
import { type Facts, headOf } from '../facts/facts.ts';

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const hexOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : address(text));
/** Entries without the absent. */
export const present = (entries: Record<string, Details[string] | undefined>): Details =>
  Object.fromEntries(Object.entries(entries).filter(([, v]) => v !== undefined)) as Details;

/** What lockdep says beyond locks and stacks: the kind of report, the usages that clash, the scenario. */
export function lockdepDetails(facts: Facts): Details {
  const usage = headOf(facts, 'print_usage_bug')?.fields;
  const freed = headOf(facts, 'print_freed_lock_bug')?.fields;
  return present({
    report: headOf(facts, 'lockdep_head', 'lockdep_limit')?.fields.what,
    context: headOf(facts, 'print_wanted')?.fields.context,
    waitContext: headOf(facts, 'print_wait_context')?.fields.context,
    usageBefore: usage?.before,
    usageNow: usage?.now,
    freedFrom: hexOf(freed?.from),
    freedTo: hexOf(freed?.to),
    chain: chainOf(facts),
    scenario: scenarioOf(facts),
  });
}

/** `Chain exists of:` and its next line: `A --> B --> C`. */
function chainOf(facts: Facts): string[] | undefined {
  const head = headOf(facts, 'print_chain_head');
  if (head === undefined) return undefined;
  const line = facts.report.lines.slice(head.line + 1, head.line + 3).find((l) => l.text.includes(' --> '));
  return line?.text.trim().split(' --> ');
}

/** The two columns of "Possible unsafe locking scenario", in time's order: who does what. The second begins at column 31. */
function scenarioOf(facts: Facts): { cpu: number; step: string }[] | undefined {
  const steps = facts.nodes.flatMap((node) => {
    if (node.type !== 'head' || node.rule !== 'print_scenario') return [];
    const text = facts.report.lines[node.line]?.text ?? '';
    return [...text.matchAll(/\S.*?(?= {3,}|$)/g)].map((m) => ({ cpu: m.index >= 24 ? 1 : 0, step: m[0].trim().replace(/;$/, '') }));
  });
  return steps.length === 0 ? undefined : steps.slice(0, 64);
}

/** kernel/locking/lockdep.c lockdep_rcu_suspicious() */
export function rcuDetails(facts: Facts): Details {
  const said = headOf(facts, 'lockdep_rcu_suspicious')?.fields;
  return present({ file: said?.file, line: number(said?.line), message: said?.message });
}

/** kernel/locking/spinlock_debug.c spin_dump() */
export function spinDetails(facts: Facts): Details {
  const dump = headOf(facts, 'spin_dump')?.fields;
  return present({
    lock: dump?.name ?? hexOf(dump?.address),
    magic: hexOf(dump?.magic),
    owner: dump?.owner,
    ownerPid: number(dump?.ownerPid),
    ownerCpu: number(dump?.ownerCpu),
  });
}

/** kernel/sched/core.c __might_resched(), __schedule_bug(); lib/smp_processor_id.c; kernel/workqueue.c process_one_work(). */
export function contextDetails(facts: Facts, disabledAt: FrameFields | undefined): Details {
  const said = headOf(facts, '__might_resched', '__cant_sleep')?.fields;
  const context = headOf(facts, 'in_atomic')?.fields;
  const counts = facts.heads.filter((h) => h.rule === 'preempt_count');
  const count = (key: string) => counts.find((h) => h.fields.key === key)?.fields;
  const hex = (text: string | undefined) => (text === undefined ? undefined : Number.parseInt(text, 16));
  const preempt = headOf(facts, '__schedule_bug', 'process_one_work')?.fields.preempt;
  return present({
    file: said?.file,
    line: number(said?.line),
    inAtomic: number(context?.atomic),
    irqsDisabled: number(context?.irqs),
    nonBlock: number(context?.nonBlock),
    preemptCount: hex(count('preempt_count')?.count ?? preempt),
    preemptExpected: hex(count('preempt_count')?.expected),
    rcuDepth: number(count('RCU nest depth')?.count),
    rcuExpected: number(count('RCU nest depth')?.expected),
    preemptionDisabledAt: disabledAt?.symbol,
    function: headOf(facts, 'check_preemption_disabled')?.fields.function,
    lastFunction: headOf(facts, 'last_function')?.frame?.symbol,
  });
}
