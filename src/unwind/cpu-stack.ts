import { type InnerSearch, withInnerFrames } from './inner.ts';
import type { CpuNote } from './notes.ts';
import type { StackRange } from './return-addresses.ts';
import { scanStack } from './scan.ts';
import type { Frame } from './stack.ts';
import { isInUserSpace, startFrom } from './start.ts';
import { type FoundStack, isReturnOf } from './task-stack.ts';
import type { Unwinder } from './unwinder.ts';
import { walkStack } from './walk.ts';

export interface CpuStacks {
  /** Where the stack of the CPU's task lies. */
  readonly task?: StackRange | undefined;
  /** x86-64: the CPU's exception stacks (NMI), where another CPU was stopped. */
  readonly exception?: StackRange | undefined;
}

/** The stack of the task on a CPU, from the registers that its note holds; what ran when they were saved comes first, where it can be proven. */
export function cpuStack(kernel: Unwinder, note: CpuNote, stacks: CpuStacks): FoundStack {
  const { machine, symbols, memory, code, step } = kernel;
  if (isInUserSpace(machine, note.registers)) return { frames: [], end: 'user', user: note.registers, source: 'note' };
  const start = startFrom(machine, note.registers);
  if (!start) return { frames: [], end: 'lost', source: 'note' };
  if (!step) return scanned(kernel, note, start.ip, start.sp);
  const stack = walkStack(start, step, code);
  if (machine !== 'x86_64') return { ...stack, source: 'note' };
  const search: InnerSearch = { memory, symbols, code, step };
  return { ...withInnerFrames(search, rangesBelow(stacks, start.sp), stack), source: 'note' };
}

/** Where what ran after the registers were saved may lie: the task's stack below its pointer, then the stacks of exceptions. */
function rangesBelow({ task, exception }: CpuStacks, sp: bigint): StackRange[] {
  const below = task && sp > task.low && sp <= task.high ? [{ low: task.low, high: sp }] : [];
  return exception ? [...below, exception] : below;
}

/** THREAD_SIZE where nothing says better, and stacks are aligned to it. */
const STACK = 0x2000n;

/** Without rules to unwind by: where the CPU was, the return address in its register, and what the stack holds. */
function scanned(kernel: Unwinder, { registers }: CpuNote, ip: bigint, sp: bigint): FoundStack {
  const lr = registers('lr');
  const frames: Frame[] = [{ ip, sp, kind: 'exception', reliable: true }];
  if (lr !== undefined && kernel.symbols.isText(lr)) frames.push({ ip: lr, sp, kind: 'call', reliable: false });
  const range = { low: sp, high: sp - (sp % STACK) + STACK };
  return { frames: [...frames, ...scanStack(kernel.memory, range, isReturnOf(kernel))], end: 'lost', source: 'note' };
}
