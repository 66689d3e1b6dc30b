import type { Code } from './code.ts';
import { kindBelow } from './entry-kind.ts';
import { type Frame, lookupAddress, type Registers, type Stack, type StackEnd } from './stack.ts';

/** Where a walk stands: a function, and what is needed to find its caller. */
export interface Position {
  readonly ip: bigint;
  /** Stack pointer of the function at `ip`. */
  readonly sp: bigint;
  /** Frame pointer, as the architecture has one. */
  readonly fp: bigint;
  /** Where `ip` was found on the stack; see {@link Frame.sp}. */
  readonly at: bigint;
  /** `ip` comes from saved registers: it is the instruction that was next, not a return address. */
  readonly interrupted: boolean;
  readonly reliable: boolean;
  /** All registers of this context, where it was interrupted. */
  readonly registers?: Registers | undefined;
}

/** From a function to its caller. One an architecture. */
export type Step = (position: Position) => Position | StackEnd | Entry;

/** User space entered the kernel there. */
export interface Entry {
  readonly user: Registers;
}

/** A kernel stack has 16 KiB (64 with KASAN), a frame at least a return address and a saved register; the deepest seen had 80. */
const MAX_FRAMES = 400;

/** Walks a stack to its end. Never throws, never runs in a circle: a stack pointer that was seen ends it. */
export function walkStack(start: Position, step: Step, code: Code): Stack {
  const frames: Frame[] = [];
  const seen = new Set<bigint>();
  let position = start;
  for (;;) {
    if (!isPlausible(position, code)) return { frames, end: endOf('not-code', frames, code) };
    frames.push(frameOf(position, frames, code));
    if (frames.length === MAX_FRAMES) return { frames, end: 'limit' };
    const key = (position.sp << 1n) | (position.interrupted ? 1n : 0n);
    if (seen.has(key)) return { frames, end: 'loop' };
    seen.add(key);
    const next = step(position);
    if (typeof next === 'string') return { frames, end: endOf(next, frames, code) };
    if ('user' in next) return { frames, end: 'user', user: next.user };
    position = next;
  }
}

/** The first function of a thread or of a CPU: whatever its frame says of a caller is left over from what started it. */
const FIRST = /^(?:ret_from_fork|start_kernel|smp_callin|start_secondary|startup_32_smp|start_here_common|psw_restart_int_handler)/;

function endOf(end: StackEnd, frames: readonly Frame[], code: Code): StackEnd {
  const last = frames.at(-1);
  return end !== 'undefined' && last && FIRST.test(code.nameAt(lookupAddress(last)) ?? '') ? 'thread' : end;
}

/** A jump to nowhere is a frame like any other where the CPU itself said so: `ip` 0 is what the crash is about. */
const isPlausible = ({ ip, interrupted }: Position, code: Code): boolean => interrupted || code.isCode(ip);

function frameOf({ ip, at, interrupted, reliable, registers }: Position, before: readonly Frame[], code: Code): Frame {
  if (!interrupted) return { ip, sp: at, kind: 'call', reliable };
  const entry = before.slice(-2).flatMap((frame) => code.nameAt(lookupAddress(frame)) ?? []);
  return { ip, sp: at, kind: kindBelow(entry), reliable, registers };
}
