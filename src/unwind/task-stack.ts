import type { Machine } from '../dump/dump.ts';
import { returnAddresses, type StackRange } from './return-addresses.ts';
import { scanStack } from './scan.ts';
import { sleepingAt } from './sleeping.ts';
import { isWhole, lookupAddress, type Stack } from './stack.ts';
import type { Unwinder } from './unwinder.ts';
import { type Step, walkStack } from './walk.ts';
import { isAfterCall } from './x86-call.ts';

/** Where a stack comes from: `thread` and `note` name registers that were saved, `scan` a search of the stack itself. */
export interface FoundStack extends Stack {
  readonly source: 'thread' | 'note' | 'scan';
}

/**
 * The stack of a task that is not on a CPU.
 * @param range where its stack lies, where that is known; null where it has none: what its registers lead to is another's by now
 */
export function sleepingStack(kernel: Unwinder, task: bigint, range: StackRange | null | undefined): FoundStack {
  const { step } = kernel;
  if (range === null) return { frames: [], end: 'gone', source: 'thread' };
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

/** Where a CPU ends that crashed or was stopped, outermost first: of several stacks that may be, one that comes from there is the likely one. */
const LAST_STOPS = /^(?:v?panic|__crash_kexec|oops_end|stop_this_cpu|crash_nmi_callback)$/;

/** Machines that keep the caller's frame pointer right below the return address. */
const CHAINED: ReadonlySet<Machine> = new Set(['x86_64', 'arm64', 'riscv64']);

/**
 * Of a task that was on a CPU of which there are no registers (raw memory): the longest way up from any return address on its stack to
 * the stack's end, from where CPUs stop in a crash if there is such a one. What returned before is on stacks too, so none of it is reliable.
 */
export function runningStack(kernel: Unwinder, range: StackRange): FoundStack {
  const { memory, symbols, step, code } = kernel;
  const isReturn = isReturnOf(kernel);
  let best: Stack | undefined;
  let bestRank = -1;
  for (const { ip, at } of step && CHAINED.has(kernel.machine) ? returnAddresses(memory, range, isReturn) : []) {
    const stack = walkStack({ ip, sp: at + 8n, fp: memory.word(at - 8n) ?? 0n, at, interrupted: false, reliable: false }, step!, code);
    if (!isWhole(stack)) continue;
    const stops = stack.frames.some((frame) => LAST_STOPS.test(symbols.at(lookupAddress(frame))?.name ?? ''));
    const rank = stack.frames.length + (stops ? 1000 : 0);
    if (rank > bestRank) [best, bestRank] = [stack, rank];
  }
  return best ? { ...best, source: 'scan' } : { frames: scanStack(memory, range, isReturn), end: 'lost', source: 'scan' };
}
