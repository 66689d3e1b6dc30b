import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';
import type { Code } from './code.ts';
import { returnAddresses, type StackRange } from './return-addresses.ts';
import { type Frame, lookupAddress, type Stack } from './stack.ts';
import { type Position, type Step, walkStack } from './walk.ts';
import { calledBefore, isAfterCall } from './x86-call.ts';

export interface InnerSearch {
  readonly memory: KnownMemory;
  readonly symbols: Symbols;
  readonly code: Code;
  readonly step: Step;
}

/** Where x86 stands still for a crash: what lies below them on the stack has returned already. */
const INNERMOST: ReadonlySet<string> = new Set(['machine_kexec', 'crash_nmi_callback', 'kdump_nmi_callback']);

/** No stack has so many places that look like return addresses. */
const MAX_CANDIDATES = 2000;

/**
 * x86-64: what ran *after* the registers of a CPU's note were saved, as crash shows it (the page fault, oops_end, machine_kexec; the NMI
 * that stopped another CPU). No register says where it stood, so the stacks are searched: a return address from which unwinding comes to
 * saved registers with exactly the note's ip and sp is proven to belong to the live stack.
 * @param note stack from the note's registers, its first frame where the note stands
 * @returns the whole stack, or the note's own where nothing below it is proven
 */
export function withInnerFrames(search: InnerSearch, ranges: readonly StackRange[], note: Stack): Stack {
  const target = note.frames[0];
  if (target === undefined) return note;
  const broken: (readonly Frame[])[] = [];
  for (const stack of stacksIn(search, ranges)) {
    if (stack.end === 'undefined') broken.push(stack.frames);
    const at = stack.frames.findIndex(({ kind, ip, sp }) => kind !== 'call' && ip === target.ip && sp === target.sp);
    if (at > 0) return joined(search, broken, stack.frames.slice(0, at), stack.frames.slice(at), stack.end);
  }
  // panic() saves the registers in __crash_kexec, which goes on to machine_kexec: no registers lie between
  const below = liveOf(search, broken, (last) => startOf(search.symbols, last) === startOf(search.symbols, target));
  return below ? { ...note, frames: [...below, ...note.frames.slice(1)] } : note;
}

/** Stacks from every place that may be a return address, lowest first. */
function* stacksIn({ memory, symbols, code, step }: InnerSearch, ranges: readonly StackRange[]): Generator<Stack> {
  const isReturn = (ip: bigint): boolean => symbols.isText(ip) && isAfterCall(memory, ip);
  let left = MAX_CANDIDATES;
  for (const range of ranges) {
    for (const { ip, at } of returnAddresses(memory, range, isReturn)) {
      if (left-- === 0) return;
      // a function that has a frame pointer saved its caller's right below the return address
      const fp = memory.word(at - 8n) ?? 0n;
      const start: Position = { ip, sp: at + 8n, fp, at, interrupted: false, reliable: true };
      yield walkStack(start, step, code);
    }
  }
}

/** Without what returned before the CPU stood still: the frames from the innermost function that is known, or from the last that fits its caller. */
function fromInnermost(search: InnerSearch, frames: readonly Frame[]): readonly Frame[] {
  const at = innermostIn(search, frames);
  if (at >= 0) return frames.slice(at);
  const stale = frames.findLastIndex((frame, i) => i > 0 && !fits(search, frames[i - 1]!, frame));
  return stale < 0 ? frames : frames.slice(stale);
}

const innermostIn = ({ symbols }: InnerSearch, frames: readonly Frame[]): number =>
  frames.findIndex((frame) => INNERMOST.has(symbols.at(lookupAddress(frame))?.name ?? ''));

/** Go on to whatever a register or a patched jump says: retpolines, static calls. */
const TRAMPOLINE = /^(?:__x86_indirect_|__SCT__)/;

/** Does a frame's call go to the function before it? An indirect call may go anywhere. */
function fits({ memory, symbols }: InnerSearch, callee: Frame, caller: Frame): boolean {
  const target = caller.kind === 'call' ? calledBefore(memory, caller.ip) : undefined;
  return target === undefined || target === startOf(symbols, callee) || TRAMPOLINE.test(symbols.at(target)?.name ?? '');
}

/** Of the stacks that end in code without a rule the live one: one from where a crash stands still, else the lowest; what fits of it. */
function liveOf(
  search: InnerSearch,
  broken: readonly (readonly Frame[])[],
  isRight: (last: Frame) => boolean,
): readonly Frame[] | undefined {
  const right = broken.filter((frames) => isRight(frames.at(-1)!));
  const live = right.find((frames) => innermostIn(search, frames) >= 0) ?? right[0];
  return live && fromInnermost(search, live);
}

/**
 * Code behind a call that never returns has no unwind rule (__crash_kexec calls machine_kexec), so a stack from below ends there. It goes
 * on where the function it ended in was called: in the proven stack, the frame whose call goes to exactly that function.
 */
function joined(
  search: InnerSearch,
  broken: readonly (readonly Frame[])[],
  inner: readonly Frame[],
  outer: readonly Frame[],
  end: Stack['end'],
): Stack {
  const callerOf = (last: Frame): number =>
    inner.findIndex((frame) => frame.kind === 'call' && calledBefore(search.memory, frame.ip) === startOf(search.symbols, last));
  const below = liveOf(search, broken, (last) => callerOf(last) >= 0);
  return {
    frames: below ? [...below, ...inner.slice(callerOf(below.at(-1)!)), ...outer] : [...fromInnermost(search, inner), ...outer],
    end,
  };
}

/** Where the function of a frame begins. */
function startOf(symbols: Symbols, frame: Frame): bigint | undefined {
  const address = lookupAddress(frame);
  const found = symbols.at(address);
  return found && address - BigInt(found.offset);
}
