import type { Symbols } from '../../symbols/symbols.ts';
import type { KernelStacks } from '../../unwind/stacks.ts';
import type { FoundStack } from '../../unwind/task-stack.ts';
import type { Inspection } from '../inspection.ts';
import { hex, type Known, row } from '../row.ts';
import type { TaskState } from '../tasks/state.ts';
import type { Task } from '../tasks/task.ts';
import { type FrameRow, frameRow } from './frame-row.ts';
import { STACK_ENDS } from './stack-end.ts';

/** A row of `bt`: a task and its stack, innermost frame first. */
export interface BtRow {
  readonly pid: number;
  readonly task: string;
  readonly cpu: number;
  readonly comm: string;
  readonly state: TaskState;
  /** It was on its CPU. */
  readonly active: boolean;
  readonly frames: readonly FrameRow[];
  /** Why there is no further frame; absent where the stack is whole. */
  readonly end: string;
}

export interface TaskStack {
  readonly task: Task;
  readonly active: boolean;
  readonly stack: FoundStack;
}

/** The stacks of tasks, of those on a CPU by what the CPU noted. */
export function taskStacks({ tasks }: Inspection, stacks: KernelStacks, wanted: readonly Task[]): TaskStack[] {
  const cpus = new Map([...tasks.running].map(([cpu, task]) => [task.address, cpu]));
  return wanted.map((task) => {
    const cpu = cpus.get(task.address);
    const onCpu = cpu === undefined ? undefined : stacks.onCpu(cpu);
    return { task, active: cpu !== undefined, stack: onCpu ?? stacks.ofTask(task.address) };
  });
}

export function btRow(symbols: Symbols, { task, active, stack }: TaskStack): Known<BtRow> {
  return row<BtRow>({
    pid: task.pid,
    task: hex(task.address),
    cpu: task.cpu,
    comm: task.comm,
    state: task.state,
    active,
    frames: stack.frames.map((frame) => frameRow(symbols, frame)),
    end: STACK_ENDS[stack.end] ?? null,
  });
}
