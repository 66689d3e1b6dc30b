import type { ReportNode } from '../../../grammars/common/nodes.ts';
import { HANGS } from '../../../grammars/stall/lines.ts';
import type { Report } from '../../report/report.ts';
import type { BuildContext } from '../builder.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, gather, readReport, said } from '../facts/facts.ts';
import { collectStacks, type OpenStack } from '../facts/stacks.ts';
import { locksOf } from '../lock/list.ts';
import { lockupOf } from './details.ts';
import { type Dump, splitDumps, titledNodes } from './dumps.ts';
import { stalledCpus, stalledTasks } from './rcu.ts';
import { actionOf, memoryShown, sysrqKey } from './sysrq.ts';
import { stallVerdict } from './verdict.ts';

/** Forms that list tasks, none of which is the task that the event is about. */
const LISTS: ReadonlySet<string> = new Set(['workqueue', 'sysrq', 'sysrq-action']);

/** Time without progress, and what an operator asked to see. */
export function buildStall(report: Report, { release }: BuildContext): Draft {
  const form = report.form.name;
  const parsed = readReport(report);
  const dumps = splitDumps(parsed.nodes);
  const all = gather(report, parsed);
  const main = mainDump(form, all, dumps);
  const about = gather(report, { ...parsed, nodes: aboutMain(dumps, main) });
  const facts: Facts = {
    ...about,
    heads: all.heads,
    nodes: all.nodes,
    // The report is complete although a dump other than the main one was cut short.
    stacks: collectStacks(dumps.flatMap(titledNodes)).filter((s) => s.frames.length > 0 || isMain(s, main)),
  };
  const { extra, ...rest } = stallVerdict(form, facts, dumps, main);
  const locks = locksOf(facts);
  const oom = form === 'sysrq' && sysrqKey(actionOf(facts)?.value ?? '') === 'm' && memoryShown(facts, release);
  // dumps of other CPUs and tasks do not say whose report it is
  const draft = baseDraft(
    { ...facts, heads: LISTS.has(form) ? [] : about.heads },
    {
      ...rest,
      extra: { ...extra, ...(locks.length === 0 ? {} : { locks }), ...(oom ? { oom } : {}) },
    },
  );
  return judge(report, draft, rest.naming);
}

/** What the first lines and the main dump say; registers and CPU lines of other dumps belong to other CPUs. */
function aboutMain([first, ...others]: readonly Dump[], main: Dump | undefined): ReportNode[] {
  const head = first?.nodes.filter((n) => n.type !== 'trace' || main === first) ?? [];
  return [...head, ...(main !== undefined && others.includes(main) ? main.nodes : [])];
}

const isMain = (stack: OpenStack, main: Dump | undefined): boolean =>
  main !== undefined && (main.label === undefined ? stack.pid === main.pid : stack.label === main.label);

/** A stack cut down to its wait functions does not show which code waited. */
function judge(report: Report, draft: Draft, { frames }: Naming): Draft {
  if (report.form.name !== 'hung' || draft.completeness !== 'complete' || frames === undefined || frames.length > 0) return draft;
  return { ...draft, completeness: 'truncated', completenessReason: 'the stack ends before it says who waits' };
}

/** The dump of the task or CPU that the report is about. */
function mainDump(form: string, facts: Facts, dumps: readonly Dump[]): Dump | undefined {
  const [first] = dumps;
  const full = dumps.filter((d) => d.nodes.some((n) => n.type === 'frame'));
  const pid = said(facts, HANGS.hung_task_info)?.pid?.value;
  if (form === 'hung') return full.find((d) => d === first || d.pid === pid) ?? first;
  const cpu = lockupOf(facts)?.cpu?.value;
  // the CPU that is stuck may be another than the one that noticed
  if (form !== 'rcu') return full.find((d) => d.cpu !== undefined && d.cpu === cpu) ?? full.find((d) => d === first) ?? full[0];
  const cpus = stalledCpus(facts)?.value ?? [];
  const tasks = stalledTasks(facts)?.value ?? [];
  return (
    full.find((d) => d.kind === 'cpu' && d.cpu !== undefined && cpus.includes(d.cpu)) ??
    // rcu_print_task_stall() left out a task until 5.15, and lists them backwards: the stacks behind it are of all that block
    (tasks.length > 0 ? full.find((d) => (d.kind === 'first' || d.kind === 'task') && d.state !== undefined) : undefined) ??
    full.find((d) => d.kind === 'first' || d.kind === 'cpu') ??
    full.find((d) => d.kind === 'task') ??
    full.find((d) => d.kind === 'ran')
  );
}
