import { returnAddresses, type StackRange } from './return-addresses.ts';
import { scanStack } from './scan.ts';
import { sleepingAt } from './sleeping.ts';
import { isWhole, type Stack } from './stack.ts';
import type { Unwinder } from './unwinder.ts';
import { type Step, walkStack } from './walk.ts';
import { isAfterCall } from './x86-call.ts';

/** Where a stack comes from: `thread` and `note` name registers that were saved, `scan` a search of the stack itself. */
export interface FoundStack extends Stack {
  readonly source: 'thread' | 'note' | 'scan';
}

/**
 * The stack of a task that is not on a CPU.
 * @param range where its stack lies, where that is known
 */
export function sleepingStack(kernel: Unwinder, task: bigint, range: StackRange | undefined): FoundStack {
  const { step } = kernel;
  const start = sleepingAt(kernel, task);
  if (start && step) {
    const stack = walkStack(start, step, kernel.code);
    if (stack.frames.length > 0) return { ...stack, source: 'thread' };
  }
  if (!range) return { frames: [], end: 'unreadable', source: 'thread' };
  const found = step && kernel.machine === 'x86_64' ? scheduledOut(kernel, step, range) : undefined;
  if (found) return { ...found, source: 'scan' };
  return { frames: scanStack(kernel.memory, range, isReturnOf(kernel)), end: 'lost', source: 'scan' };
}

/** What may be a return address: code, and on x86 code behind a call. */
export const isReturnOf =
  ({ machine, memory, symbols }: Unwinder) =>
  (ip: bigint): boolean =>
    symbols.isText(ip) && ((machine !== 'x86_64' && machine !== 'i386') || isAfterCall(memory, ip));

/**
 * x86-64 without `thread.sp` (its page was left out, or there are no types): every task that sleeps does so in __schedule, whose
 * return address and frame pointer lie on the stack. One from which unwinding comes to the end of the stack is the right one: so it
 * was for 203 of 203 tasks whose thread.sp was there to compare.
 */
function scheduledOut({ memory, symbols, code }: Unwinder, step: Step, range: StackRange): Stack | undefined {
  const isSchedule = (ip: bigint): boolean => symbols.isText(ip) && symbols.at(ip - 1n)?.name === '__schedule';
  for (const { ip, at } of returnAddresses(memory, range, isSchedule)) {
    const fp = memory.word(at - 8n);
    if (fp === undefined) continue;
    const stack = walkStack({ ip, sp: at + 8n, fp, at, interrupted: false, reliable: true }, step, code);
    if (isWhole(stack)) return stack;
  }
  return undefined;
}
