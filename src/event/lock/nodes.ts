import type { Line } from '../../../grammars/common/line.ts';
import type { FrameFields, HeadNode, ReportNode } from '../../../grammars/common/nodes.ts';
import { CHAIN, CONTEXTS, REPORT } from '../../../grammars/lock/lines.ts';
import type { Report } from '../../report/report.ts';
import type { OpenStack } from '../facts/stacks.ts';

/** A place that a line of its own names: its frame, and the line's index in the report. */
export interface Place {
  readonly frame: FrameFields;
  readonly line: number;
}

/** Nodes of a lock report; single frames that only look like a stack are kept apart. */
export interface LockNodes {
  readonly nodes: readonly ReportNode[];
  /** print_preempt_disable_ip(): where preemption was disabled. */
  readonly disabledAt: Place | undefined;
  /** print_ip_sym() behind "is trying to release lock (x) at:". */
  readonly releasedAt: Place | undefined;
}

/** Lines that name a place on the line behind them. */
const NAMES_NEXT: ReadonlySet<Line> = new Set([
  CONTEXTS.print_preempt_disable_ip,
  REPORT.print_unlock_imbalance_bug_task,
  REPORT.print_lock_contention_bug_task,
]);

/** Takes single frames that follow a head out of the stacks, and drops titles that another title follows at once. */
export function tidyNodes(all: readonly ReportNode[], report: Report): LockNodes {
  const nodes: ReportNode[] = [];
  let disabledAt: Place | undefined;
  let releasedAt: Place | undefined;
  let naming: HeadNode | undefined;
  for (const node of all) {
    if (node.type === 'frame' && naming !== undefined && node.line <= naming.line + 2) {
      if (naming.row === CONTEXTS.print_preempt_disable_ip) disabledAt ??= node;
      else releasedAt ??= node;
      naming = undefined;
      continue;
    }
    if (node.type === 'head' && NAMES_NEXT.has(node.row)) naming = node;
    else if (node.type !== 'section') naming = undefined;
    nodes.push(node);
  }
  return { nodes: dropEmptyTitles(nodes, report), disabledAt, releasedAt };
}

const BACKTRACE = 'stack backtrace';

/** lockdep prints "stack backtrace:", then dump_stack() its own "Call Trace:". */
function dropEmptyTitles(nodes: readonly ReportNode[], report: Report): ReportNode[] {
  return nodes.filter((node, i) => {
    if (node.type !== 'trace') return true;
    for (let k = i + 1; k < nodes.length; k++) {
      const next = nodes[k] as ReportNode;
      if (next.type === 'frame') return true;
      if (next.type === 'trace') return node.label !== BACKTRACE && report.lines[node.line]?.line !== CHAIN.print_circular_bug_entry;
    }
    return node.label !== BACKTRACE;
  });
}

/** Titles of stacks that lockdep recorded earlier: they show how the rule came to be, not what broke it. */
const HISTORY: ReadonlySet<Line | undefined> = new Set([
  CHAIN.print_circular_bug_entry,
  CHAIN.print_usage_bug_registered,
  CHAIN.print_bad_irq_dependency_safe,
  CHAIN.print_bad_irq_dependency_unsafe,
  CHAIN.print_shortest_lock_dependencies,
  CHAIN.print_lock_class_header_usage,
]);

/** The row of a stack's title; undefined where it was not printed. */
export const titleRow = ({ titled, lines }: OpenStack, report: Report): Line | undefined =>
  titled ? report.lines[lines[0] ?? -1]?.line : undefined;

export const isHistory = (stack: OpenStack, report: Report): boolean => HISTORY.has(titleRow(stack, report));
