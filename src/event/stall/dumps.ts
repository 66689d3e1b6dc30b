import type { Elsewhere, HeadNode, ReportNode } from '../../../grammars/common/nodes.ts';
import { DUMPS, RCU, SYSRQ } from '../../../grammars/stall/lines.ts';

/**
 * One dump of a CPU or a task among those of a report. `first` is what stands before any other; `gp` RCU's grace-period thread,
 * `ran` the CPU where it last ran.
 */
export interface Dump {
  kind: 'first' | 'cpu' | 'task' | 'gp' | 'ran';
  label: string | undefined;
  /** The lines that say its label, task and CPU. */
  readonly by: Elsewhere;
  cpu: number | undefined;
  pid: number | undefined;
  comm: string | undefined;
  state: string | undefined;
  /** The line is all there is: the CPU idles. */
  skipped: boolean;
  readonly nodes: ReportNode[];
}

const hasFrames = (dump: Dump): boolean => dump.nodes.some((n) => n.type === 'frame');
const isTask = ({ row }: HeadNode): boolean => row === DUMPS.sched_show_task || row === DUMPS.sched_show_task_columns;
/** What the lines of dumps say, each some of it. */
const valuesOf = ({ values }: HeadNode) => values as Partial<Pick<Dump, 'cpu' | 'pid' | 'comm' | 'state'>> & { readonly skipped?: string };

/** The dumps of a report, in order: many CPUs' backtraces, the tasks of a sysrq, the tasks behind a hung one. */
export function splitDumps(nodes: readonly ReportNode[]): Dump[] {
  const dumps: Dump[] = [open('first')];
  for (const node of nodes) {
    let dump = dumps.at(-1) as Dump;
    if (node.type === 'head') {
      const opened = opens(node, dump);
      if (opened !== undefined) {
        dump = opened;
        dumps.push(dump);
      }
      if (isTask(node)) describe(dump, node);
    } else if (node.type === 'cpu' && !dump.skipped) {
      // the CPU that noticed prints its own stack after that of the stuck one
      if (hasFrames(dump) && dump.cpu !== node.cpu) {
        dump = open('task');
        dumps.push(dump);
      }
      if (dump.cpu === undefined) dump.by.cpu = node.line;
      if (dump.pid === undefined) dump.by.pid = node.line;
      dump.cpu ??= node.cpu;
      dump.pid ??= node.pid;
      dump.comm ??= node.comm;
    }
    dump.nodes.push(node);
  }
  return dumps;
}

function opens(node: HeadNode, current: Dump): Dump | undefined {
  const { cpu, pid, skipped } = valuesOf(node);
  switch (node.row) {
    case DUMPS.nmi_cpu_backtrace:
    case SYSRQ.showacpu:
    case DUMPS.dump_cpu_task: {
      // The CPU where RCU's thread last ran is dumped by NMI as well; a dump keeps the name of the line that announced it.
      const announced = current.kind === 'ran' && !hasFrames(current);
      const dump = announced
        ? open('ran', current.label, current.by.label)
        : open('cpu', `${labelOf(node)} ${cpu ?? ''}`.trim(), node.line);
      dump.cpu = cpu;
      dump.by.cpu = node.line;
      dump.skipped = skipped !== undefined;
      return dump;
    }
    case RCU.rcu_check_gp_kthread_stack:
      return open('gp', 'RCU grace-period kthread', node.line);
    case RCU.rcu_check_gp_kthread_cpu:
      return open('ran', 'where RCU GP kthread last ran', node.line);
    case DUMPS.sched_show_task:
    case DUMPS.sched_show_task_columns:
      return hasFrames(current) || current.skipped || (current.pid !== undefined && current.pid !== pid) ? open('task') : undefined;
    default:
      return undefined;
  }
}

const labelOf = ({ row }: HeadNode): string =>
  row === DUMPS.nmi_cpu_backtrace ? 'NMI backtrace for cpu' : row === SYSRQ.showacpu ? 'CPU' : 'Task dump for CPU';

const open = (kind: Dump['kind'], label?: string, line?: number): Dump => ({
  kind,
  label,
  by: { label: line },
  cpu: undefined,
  pid: undefined,
  comm: undefined,
  state: undefined,
  skipped: false,
  nodes: [],
});

function describe(dump: Dump, node: HeadNode): void {
  const { pid, comm, state } = valuesOf(node);
  if (dump.pid === undefined) dump.by.pid = node.line;
  if (dump.kind === 'task' && dump.label === undefined) dump.by.label = node.line;
  dump.pid ??= pid;
  dump.comm ??= comm;
  dump.state ??= state;
  if (dump.kind === 'task') dump.label ??= `task ${comm ?? ''}`.trim();
}

/** The dump's nodes, its stack titled by its owner: in a report of several stacks `Call Trace:` alone says nothing. */
export function titledNodes(dump: Dump): ReportNode[] {
  const titled: ReportNode[] = [];
  const { pid, cpu } = dump;
  let done = dump.label === undefined && pid === undefined && cpu === undefined;
  let history = false;
  for (const node of dump.nodes) {
    if (node.type === 'trace' && !done && !history) {
      titled.push({ ...node, label: dump.label ?? node.label, pid: node.pid ?? pid, cpu: node.cpu ?? cpu, elsewhere: dump.by });
      done = true;
      continue;
    }
    if (node.type === 'frame' && !done) {
      titled.push({ type: 'trace', line: dump.by.label ?? node.line, label: dump.label ?? 'Call Trace', pid, cpu, elsewhere: dump.by });
      done = true;
      history = true;
    }
    titled.push(node);
  }
  return titled;
}
