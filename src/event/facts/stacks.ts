import type { Elsewhere, ReportNode } from '../../../grammars/common/nodes.ts';
import type { Frame, Stack, StackContext } from '../event.ts';

/** A stack while it is collected; `trace` counts the traces of the report, which sections split into several stacks. */
export interface OpenStack {
  label: string;
  context: StackContext;
  pid: number | undefined;
  cpu: number | undefined;
  /** The CPU, where the title itself names it. */
  titleCpu?: number;
  frames: Frame[];
  /** Indices of its lines in the report: of its title where it was printed, then one for each frame. */
  lines: number[];
  /** Lines beside the title that say something of it: `<IRQ>`, `CPU: 2 PID: 771 …`. */
  readonly elsewhere: Elsewhere & { context?: number | undefined };
  trace: number;
  /** The kernel printed a title; on arm and riscv frames may simply follow. */
  titled: boolean;
}

const SECTIONS: ReadonlyMap<string, StackContext> = new Map(
  Object.entries({
    TASK: 'task',
    IRQ: 'irq',
    SOFTIRQ: 'softirq',
    NMI: 'nmi',
    EOI: 'task',
    EOE: 'task',
    MCE: 'exception',
  }),
);

/** A title that names a CPU (`Freed in kfree age=12 cpu=1 pid=30`) says where its own stack ran, and nothing of the next. */
const ranOn = (stack: OpenStack, cpu: number): void => {
  Object.assign(stack, { cpu, titleCpu: cpu });
  stack.elsewhere.cpu = undefined;
};

/** KASAN names the variable or mapping that an address lies in as if it were a frame. */
const OWNER = /^The buggy address belongs to/;

/** The context that a section tag opens; tags of exception stacks (`#DF`, `DOUBLEFAULT`, `ENTRY_TRAMPOLINE`) count as exception. */
export const contextOf = (name: string): StackContext => SECTIONS.get(name) ?? 'exception';

/**
 * Frames in the order printed, cut into stacks: at every title (`Call Trace:`, `Freed by task 7:`), and within a trace where its
 * context changes (`<IRQ>` … `<TASK>`). Frames without a title (arm since 5.x, riscv, s390) make a stack of their own.
 */
export function collectStacks(nodes: readonly ReportNode[]): OpenStack[] {
  const stacks: OpenStack[] = [];
  let open: OpenStack | undefined;
  let trace = -1;
  let cpu: number | undefined;
  /** The line that says which CPU, where it is not the stack's title. */
  let cpuLine: number | undefined;
  let lastFrame = -1;
  let owner = false;
  const start = (label: string, context: StackContext, pid: number | undefined, title?: number): OpenStack => {
    const lines = title === undefined ? [] : [title];
    open = { label, context, pid, cpu, frames: [], lines, elsewhere: { cpu: cpuLine }, trace, titled: title !== undefined };
    stacks.push(open);
    return open;
  };
  const enter = (context: StackContext, line: number): void => {
    let stack = open;
    if (stack === undefined) {
      trace++;
      stack = start('Call Trace', context, undefined);
    } else if (stack.frames.length === 0) stack.context = context;
    else if (stack.context === context) return;
    else {
      const { label, pid } = stack.elsewhere;
      const titleCpu = stack.titleCpu;
      stack = start(stack.label, context, stack.pid, stack.titled ? stack.lines[0] : undefined);
      Object.assign(stack.elsewhere, { label, pid });
      if (titleCpu !== undefined) ranOn(stack, titleCpu);
    }
    stack.elsewhere.context = line;
  };
  for (const node of nodes) {
    switch (node.type) {
      case 'trace':
        trace++;
        if (node.cpu !== undefined && node.elsewhere?.cpu !== undefined) [cpu, cpuLine] = [node.cpu, node.elsewhere.cpu];
        owner = OWNER.test(node.label);
        if (owner) break;
        open = start(node.label, 'task', node.pid, node.line);
        Object.assign(open.elsewhere, { label: node.elsewhere?.label, pid: node.elsewhere?.pid });
        if (node.cpu !== undefined && node.elsewhere?.cpu === undefined) ranOn(open, node.cpu);
        break;
      case 'section':
        if (/^(?:interrupt|Exception)/.test(node.name)) break;
        if (!node.closing) enter(contextOf(node.name), node.line);
        break;
      case 'frame':
        if (owner) break;
        if (node.section !== undefined && !node.section.includes('/')) enter(contextOf(node.section), node.line);
        if (open === undefined || (open.frames.length > 0 && !open.titled && node.line > lastFrame + 40)) {
          trace++;
          start('Call Trace', 'task', undefined);
        }
        // a title that stands on its first frame's line was not printed: a dump's stack has it from the dump
        if (open?.frames.length === 0 && open.lines[0] === node.line) Object.assign(open, { lines: [], titled: false });
        open?.frames.push(node.frame);
        open?.lines.push(node.line);
        lastFrame = node.line;
        break;
      case 'cpu':
        if (node.cpu !== undefined) [cpu, cpuLine] = [node.cpu, node.line];
        break;
      case 'text':
        // What follows the end of the trace (the registers again) belongs to no stack.
        if (node.key === 'end-trace') open = undefined;
        break;
      default:
        break;
    }
  }
  return stacks;
}

/** The stacks that have frames, as the contract has them. */
export const finishStacks = (stacks: readonly OpenStack[]): Stack[] =>
  stacks
    .filter((s) => s.frames.length > 0)
    .map(({ label, context, pid, cpu, frames }) => ({
      label,
      context,
      ...(pid === undefined ? {} : { pid }),
      ...(cpu === undefined ? {} : { cpu }),
      frames,
    }));
