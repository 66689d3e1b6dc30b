import type { Decoded, Disassembler, Machine } from './disassembler.ts';
import { type CodeBytes, memoryOf } from './parse-code.ts';
import { resync } from './resync.ts';

/** One line of disassembly, as the contract's `code.instructions` has it. */
export interface CodeInstruction {
  /** Index of its first byte in the code. */
  readonly offset: number;
  /** In memory order, `c7 47 28 00 00 00 00`. */
  readonly bytes: string;
  readonly text: string;
  readonly faulting?: true;
}

/** Smallest step between instructions, bytes. */
const ALIGNMENT: Readonly<Record<Machine, number>> = { 'x86-64': 1, i386: 1, 'x86-16': 1, arm64: 4, arm: 4, riscv64: 2, ppc64: 4 };

/** Disassembles a `Code:` line around its marked instruction, which always decodes at its own byte. Empty where nothing does. */
export function disassemble(code: CodeBytes, machine: Machine, disassembler: Disassembler): CodeInstruction[] {
  const memory = memoryOf(code);
  const fault = code.faultIndex ?? 0;
  const step = ALIGNMENT[machine];
  const decoded = new Map<number, Decoded>();
  const sizes: number[] = [];
  for (let at = 0; at < fault; at += step) {
    const one = disassembler.at(machine, memory, at);
    if (one) decoded.set(at, one);
    sizes[at] = one?.size ?? 0;
  }
  const before = step === 1 || step === 2 ? resync(sizes, fault) : [...decoded.keys()];
  const after: number[] = [];
  for (let at = fault; at < memory.length; ) {
    const one = disassembler.at(machine, memory, at);
    if (!one || at + one.size > memory.length) break; // the line ends in the middle of an instruction
    decoded.set(at, one);
    after.push(at);
    at += one.size;
  }
  return [...before, ...after].map((at) => line(at, decoded.get(at)!, memory, at === code.faultIndex));
}

function line(offset: number, { size, text }: Decoded, memory: Uint8Array, faulting: boolean): CodeInstruction {
  const bytes = [...memory.subarray(offset, offset + size)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const readable = branchOffset(text);
  return faulting ? { offset, bytes, text: readable, faulting } : { offset, bytes, text: readable };
}

/** Where the code lies is not known, so a branch goes to an offset of the code: before its first byte the offset is negative. */
function branchOffset(text: string): string {
  const m = /^((?:j\w+|call|loop\w*|bl?|b\.\w+|cbn?z|tbn?z)\b[^[\]]*?)#?(0x[89a-f][0-9a-f]{15}|0x[89a-f][0-9a-f]{7})$/.exec(text);
  if (!m) return text;
  const bits = (m[2]?.length ?? 2) > 10 ? 64 : 32;
  return `${m[1]}-0x${(-BigInt.asIntN(bits, BigInt(m[2] ?? 0))).toString(16)}`;
}
