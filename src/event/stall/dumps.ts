import type { HeadNode, ReportNode } from '../../../grammars/common/nodes.ts';

/**
 * One dump of a CPU or a task among those of a report. `first` is what stands before any other; `gp` RCU's grace-period thread,
 * `ran` the CPU where it last ran.
 */
export interface Dump {
  kind: 'first' | 'cpu' | 'task' | 'gp' | 'ran';
  label: string | undefined;
  cpu: number | undefined;
  pid: number | undefined;
  comm: string | undefined;
  state: string | undefined;
  /** The line tells all there is: the CPU idles. */
  skipped: boolean;
  readonly nodes: ReportNode[];
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const hasFrames = (dump: Dump): boolean => dump.nodes.some((n) => n.type === 'frame');

/** The dumps of a report, in order: many CPUs' backtraces, the tasks of a sysrq, the tasks behind a hung one. */
export function splitDumps(nodes: readonly ReportNode[]): Dump[] {
  const dumps: Dump[] = [open('first', undefined, undefined)];
  for (const node of nodes) {
    let dump = dumps.at(-1) as Dump;
    if (node.type === 'head') {
      const opened = opens(node, dump);
      if (opened !== undefined) {
        dump = opened;
        dumps.push(dump);
      }
      if (node.rule.startsWith('sched_show_task')) describe(dump, node);
    } else if (node.type === 'cpu' && !dump.skipped) {
      dump.cpu ??= node.cpu;
      dump.pid ??= node.pid;
      dump.comm ??= node.comm;
    }
    dump.nodes.push(node);
  }
  return dumps;
}

function opens(node: HeadNode, current: Dump): Dump | undefined {
  const cpu = number(node.fields.cpu);
  switch (node.rule) {
    case 'nmi_cpu_backtrace':
    case 'showacpu': {
      // The CPU where RCU's thread last ran is dumped by NMI as well.
      const dump = open(...askedFor(current, node.rule, cpu), cpu);
      dump.skipped = node.fields.skipped !== undefined;
      return dump;
    }
    case 'dump_cpu_task':
      return open(...askedFor(current, node.rule, cpu), cpu);
    case 'rcu_gp_kthread_dump':
      return open('gp', 'RCU grace-period kthread', undefined);
    case 'rcu_gp_last_ran':
      return open('ran', 'where RCU GP kthread last ran', undefined);
    case 'sched_show_task':
    case 'sched_show_task_columns':
      return hasFrames(current) || current.skipped || (current.pid !== undefined && current.pid !== number(node.fields.pid))
        ? open('task', undefined, undefined)
        : undefined;
    default:
      return undefined;
  }
}

/** A dump that a line before it announced keeps that line's name. */
const askedFor = (current: Dump, rule: string, cpu: number | undefined): ['ran' | 'cpu', string] =>
  current.kind === 'ran' && !hasFrames(current) ? ['ran', current.label ?? ''] : ['cpu', `${label(rule)} ${cpu ?? ''}`.trim()];
const label = (rule: string): string =>
  rule === 'nmi_cpu_backtrace' ? 'NMI backtrace for cpu' : rule === 'showacpu' ? 'CPU' : 'Task dump for CPU';

const open = (kind: Dump['kind'], label: string | undefined, cpu: number | undefined): Dump => ({
  kind,
  label,
  cpu,
  pid: undefined,
  comm: undefined,
  state: undefined,
  skipped: false,
  nodes: [],
});

function describe(dump: Dump, { fields }: HeadNode): void {
  dump.pid ??= number(fields.pid);
  dump.comm ??= fields.comm;
  dump.state ??= fields.state;
  if (dump.kind === 'task') dump.label ??= `task ${fields.comm ?? ''}`.trim();
}

/** The dump's nodes with its stack titled by whose it is: `Call Trace:` alone says nothing where several stand in one report. */
export function titledNodes(dump: Dump): ReportNode[] {
  const titled: ReportNode[] = [];
  const { pid, cpu } = dump;
  let done = dump.label === undefined && pid === undefined && cpu === undefined;
  let history = false;
  for (const node of dump.nodes) {
    if (node.type === 'trace' && !done && !history) {
      titled.push({ ...node, label: dump.label ?? node.label, pid: node.pid ?? pid, cpu: node.cpu ?? cpu });
      done = true;
      continue;
    }
    if (node.type === 'frame' && !done) {
      titled.push({ type: 'trace', line: node.line, label: dump.label ?? 'Call Trace', pid, cpu });
      done = true;
      history = true;
    }
    titled.push(node);
  }
  return titled;
}
