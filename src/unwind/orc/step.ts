import type { KnownMemory } from '../../memory/known.ts';
import type { Registers, StackEnd } from '../stack.ts';
import type { Entry, Position, Step } from '../walk.ts';
import { FRAME_POINTER_ENTRY, NULL_ENTRY, type OrcEntry } from './entry.ts';
import { IRET_OFFSET, registersAt } from './registers.ts';

/** The rule for an address; undefined where no table has one. */
export type OrcLookup = (address: bigint) => OrcEntry | undefined;

export interface OrcRules {
  readonly memory: KnownMemory;
  readonly lookup: OrcLookup;
  /** Since 5.12 (87ccc826bf1c) the offset of sp_indirect counts from the word that was read, before from where it is read. */
  readonly offsetAfterRead: boolean;
  readonly isText: (address: bigint) => boolean;
}

/** A frame to its caller by ORC, as arch/x86/kernel/unwind_orc.c's unwind_next_frame() does it. */
export function orcStep(rules: OrcRules): Step {
  const { memory } = rules;
  return (position) => {
    if (isUser(position.registers)) return 'user';
    const found = entryFor(position, rules);
    const entry = found ?? fallback(position, rules);
    if (entry.type === 'undefined') return 'undefined';
    if (entry.type === 'end') return 'thread';
    const cfa = stackBefore(entry, position, rules);
    if (typeof cfa === 'string') return cfa;
    if (cfa % 8n !== 0n) return 'lost';
    const bp = framePointerBefore(entry, position, cfa, memory);
    if (bp === undefined) return 'unreadable';
    const reliable = position.reliable && found !== undefined;
    return entry.type === 'call' ? called(position, cfa, bp, reliable, memory) : interrupted(entry, cfa, bp, reliable, memory, position);
  };
}

/** The low bits of cs are the privilege level: 3 in user space. */
const isUser = (registers: Registers | undefined): boolean => ((registers?.('cs') ?? 0n) & 3n) === 3n;

/** A jump to 0 has a rule of its own; a return address belongs to the call before it, which may be its function's last instruction. */
const entryFor = ({ ip, interrupted }: Position, { lookup }: OrcRules): OrcEntry | undefined =>
  ip === 0n ? NULL_ENTRY : lookup(interrupted ? ip : ip - 1n);

/** A jump to nowhere has pushed its return address; other code without a table (BPF, trampolines) has a frame pointer. Both are guesses. */
function fallback({ interrupted, ip, sp }: Position, { memory, isText }: OrcRules): OrcEntry {
  return interrupted && !isText(ip) && isText(memory.word(sp) ?? 0n) ? NULL_ENTRY : FRAME_POINTER_ENTRY;
}

/** The canonical frame address: the stack pointer before the call (or interrupt). */
function stackBefore(entry: OrcEntry, position: Position, { memory, offsetAfterRead }: OrcRules): bigint | StackEnd {
  const { sp, fp, registers } = position;
  const offset = BigInt(entry.spOffset);
  switch (entry.spRegister) {
    case 'sp':
      return BigInt.asUintN(64, sp + offset);
    case 'bp':
      return BigInt.asUintN(64, fp + offset);
    case 'bp_indirect':
      return memory.word(fp + offset) ?? 'unreadable';
    case 'sp_indirect': {
      const read = memory.word(offsetAfterRead ? sp : sp + offset);
      return read === undefined ? 'unreadable' : BigInt.asUintN(64, offsetAfterRead ? read + offset : read);
    }
    case 'ax':
    case 'dx':
    case 'di':
    case 'r10':
    case 'r13':
      return registers?.(entry.spRegister) ?? 'lost';
    default:
      return 'lost';
  }
}

function framePointerBefore(entry: OrcEntry, { fp }: Position, cfa: bigint, memory: KnownMemory): bigint | undefined {
  switch (entry.bpRegister) {
    case 'prev_sp':
      return memory.word(cfa + BigInt(entry.bpOffset));
    case 'bp':
      return memory.word(fp + BigInt(entry.bpOffset));
    default:
      return fp;
  }
}

function called({ sp }: Position, cfa: bigint, fp: bigint, reliable: boolean, memory: KnownMemory): Position | StackEnd {
  const at = BigInt.asUintN(64, cfa - 8n);
  const ip = memory.word(at);
  if (ip === undefined) return 'unreadable';
  if (isDownwards(sp, cfa)) return 'loop';
  return { ip, sp: cfa, fp, at, interrupted: false, reliable };
}

/** Stacks of one task or CPU lie within so many bytes; a caller lies above its callee there. Elsewhere the stack was switched. */
const SAME_STACK = 4096n;
const isDownwards = (sp: bigint, cfa: bigint): boolean => cfa <= sp && sp - cfa < SAME_STACK;

/** Registers saved by an entry: all of pt_regs, or the iret frame alone, which then lies at the address. */
function interrupted(
  { type, signal, bpRegister }: OrcEntry,
  cfa: bigint,
  fp: bigint,
  reliable: boolean,
  memory: KnownMemory,
  position: Position,
): Position | StackEnd | Entry {
  const all = type === 'regs';
  const saved = registersAt(memory, all ? cfa : BigInt.asUintN(64, cfa - IRET_OFFSET));
  const [ip, sp] = [saved('ip'), saved('sp')];
  if (ip === undefined || sp === undefined) return 'unreadable';
  if (isUser(saved)) return { user: saved };
  return {
    ip,
    sp,
    // pt_regs hold the frame pointer of whoever was interrupted, unless the rule says better
    fp: all && bpRegister === 'undefined' ? (saved('bp') ?? fp) : fp,
    at: sp,
    interrupted: signal,
    reliable,
    registers: all ? saved : partial(saved, position.registers),
  };
}

const IRET = new Set(['ip', 'cs', 'flags', 'sp', 'ss']);

/** Of an iret frame only its five registers were saved there; the others are what they were in the frame before, where known. */
const partial =
  (saved: Registers, before: Registers | undefined): Registers =>
  (name) =>
    IRET.has(name) ? saved(name) : before?.(name);
