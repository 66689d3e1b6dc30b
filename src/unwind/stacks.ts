import type { KernelContext } from '../kernel/context.ts';
import type { Kernel } from '../memory/kernel.ts';
import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';
import { cpuNotes } from './cpu-notes.ts';
import { cpuStack } from './cpu-stack.ts';
import type { CpuNote } from './notes.ts';
import type { StackRange } from './return-addresses.ts';
import { type FoundStack, runningStack, sleepingStack } from './task-stack.ts';
import { threadSize } from './thread-size.ts';
import { type Unwinder, unwinderOf } from './unwinder.ts';

/** All stacks of a dumped kernel, walked when asked. Nothing throws: a stack that cannot be read has no frames, and says why. */
export interface KernelStacks {
  readonly unwinder: Unwinder;
  /** Registers of each CPU that noted them, by number. */
  readonly notes: ReadonlyMap<number, CpuNote>;
  /** Of what ran on a CPU, by its note; where there is none, by the stack of the task that `runqueues` says was there. */
  onCpu(cpu: number): FoundStack | undefined;
  /** Of a task that is not on a CPU, by the address of its task_struct. Needs types. */
  ofTask(task: bigint): FoundStack;
}

/** What was found of a kernel: its symbols at least; its types in `context`. */
export interface Found {
  readonly memory: KnownMemory;
  readonly symbols: Symbols;
  readonly context?: KernelContext | undefined;
}

export function stacksOf(kernel: Kernel, { memory, symbols, context }: Found): KernelStacks {
  const unwinder = unwinderOf({
    machine: kernel.machine,
    memory,
    symbols,
    types: context?.types,
    release: kernel.info.release ?? '',
    pacMask: kernel.info.number('KERNELPACMASK'),
  });
  const notes = cpuNotes(kernel.machine, kernel.dump, memory, context?.word('crash_notes'), context?.cpus);
  return {
    unwinder,
    notes,
    onCpu(cpu) {
      const note = notes.get(cpu);
      const task = context?.perCpu('runqueues', 'rq', cpu)?.ptr('curr');
      const range = (context && task !== undefined && stackRange(context, task)) || undefined;
      if (note) return cpuStack(unwinder, note, { task: range, exception: context && exceptionStacks(context, cpu) });
      return range && runningStack(unwinder, range);
    },
    ofTask: (task) => sleepingStack(unwinder, task, context && stackRange(context, task)),
  };
}

/** Where a task's stack lies; null where it has none, undefined where that page of the task is not in the dump. */
function stackRange(context: KernelContext, task: bigint): StackRange | null | undefined {
  const low = context.struct('task_struct', task).ptr('stack');
  if (low === 0n) return null;
  return low === undefined ? undefined : { low, high: low + BigInt(threadSize(context.symbols)) };
}

/** x86-64: what cea_exception_stacks points to on a CPU since 5.2 (019b17b3ffe4): DF, NMI, DB, MCE, VC stacks with guards between, a page or two each. */
const EXCEPTION_STACKS = 0x10000n;

function exceptionStacks(context: KernelContext, cpu: number): StackRange | undefined {
  const variable = context.symbols.address('cea_exception_stacks');
  const at = variable === undefined ? undefined : context.cpus.address(variable, cpu);
  const low = at === undefined ? undefined : context.memory.word(at);
  return low ? { low, high: low + EXCEPTION_STACKS } : undefined;
}
