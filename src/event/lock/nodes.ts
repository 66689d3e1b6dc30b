import type { FrameFields, HeadNode, ReportNode } from '../../../grammars/common/nodes.ts';

/** Nodes of a lock report, with what looks like a stack and is none told apart. */
export interface LockNodes {
  readonly nodes: readonly ReportNode[];
  /** print_preempt_disable_ip(): where preemption was disabled. */
  readonly disabledAt: FrameFields | undefined;
  /** print_ip_sym() behind "is trying to release lock (x) at:". */
  readonly releasedAt: FrameFields | undefined;
}

/** A line that names a place on the line behind it. */
const NAMES_NEXT = ['print_preempt_disable_ip', 'print_unlock_imbalance_bug'];

/** Takes single frames that follow a head out of the stacks, and drops titles that another title follows at once. */
export function tidyNodes(all: readonly ReportNode[]): LockNodes {
  const nodes: ReportNode[] = [];
  let disabledAt: FrameFields | undefined;
  let releasedAt: FrameFields | undefined;
  let naming: HeadNode | undefined;
  for (const node of all) {
    if (node.type === 'frame' && naming !== undefined && node.line <= naming.line + 2) {
      if (naming.rule === 'print_preempt_disable_ip') disabledAt ??= node.frame;
      else releasedAt ??= node.frame;
      naming = undefined;
      continue;
    }
    if (node.type === 'head' && NAMES_NEXT.includes(node.rule)) naming = node;
    else if (node.type !== 'section') naming = undefined;
    nodes.push(node);
  }
  return { nodes: dropEmptyTitles(nodes), disabledAt, releasedAt };
}

/** lockdep prints "stack backtrace:", then dump_stack() its own "Call Trace:". */
function dropEmptyTitles(nodes: readonly ReportNode[]): ReportNode[] {
  return nodes.filter((node, i) => {
    if (node.type !== 'trace') return true;
    for (let k = i + 1; k < nodes.length; k++) {
      const next = nodes[k] as ReportNode;
      if (next.type === 'frame') return true;
      if (next.type === 'trace') return !/^(?:stack backtrace|-> #)/.test(node.label);
    }
    return node.label !== 'stack backtrace';
  });
}

/** Titles of stacks that lockdep kept from earlier: they tell how the rule came to be, not what broke it. */
export const isHistory = (label: string): boolean =>
  /^(?:-> #\d|\{.*state was registered|\.\.\. |.*\bUSE\b|(?:IN-)?[A-Z_]+(?:-ON)?-[WR] at)/.test(label);
