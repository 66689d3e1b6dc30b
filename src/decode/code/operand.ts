import { parseHex, toHex } from '../hex.ts';
import type { Access } from '../page-fault.ts';
import type { Machine } from './disassembler.ts';
import { registerValue } from './registers.ts';

/** A memory operand of an instruction, computed from the registers of the report. */
export interface MemoryOperand {
  /** As disassembled: `[rdi + 0x28]`. */
  readonly expression: string;
  readonly address: bigint;
  readonly parts: readonly { readonly register: string; readonly value: bigint }[];
  /** What the instruction does there, where its form says so. */
  readonly access?: Access;
}

/** Memory operands of an instruction whose registers are all known; none for `lea`, `nop` and instructions without memory. */
export function memoryOperands(text: string, registers: Readonly<Record<string, string>>, machine: Machine): MemoryOperand[] {
  if (/^(?:lea|nop|adr|adrp|prefetch\w*|prfm)\b/.test(text)) return [];
  const bits = machine === 'i386' || machine === 'arm' ? 32n : machine === 'x86-16' ? 16n : 64n;
  const found: MemoryOperand[] = [];
  for (const m of text.matchAll(/(?:\b([c-gs]s):)?\[([^\]]*)\](!?)(?:, (#-?(?:0x)?[0-9a-f]+)$)?/g)) {
    // segment bases of gs (per-CPU) and fs are not among the printed registers' values; rip is not at the byte offsets used here
    if (m[1] === 'gs' || m[1] === 'fs' || /\b[er]ip\b/.test(m[2] ?? '')) continue;
    const sum = machine.startsWith('x86') || machine === 'i386' ? x86Sum(m[2] ?? '', registers) : armSum(m[2] ?? '', registers);
    if (!sum) continue;
    const access = accessOf(text, m.index, machine);
    found.push({
      expression: `[${m[2]}]`,
      address: BigInt.asUintN(Number(bits), sum.address),
      parts: sum.parts,
      ...(access ? { access } : {}),
    });
  }
  return found;
}

interface Sum {
  readonly address: bigint;
  readonly parts: { register: string; value: bigint }[];
}

/** `rax + rcx*8 - 0x10`, `0x28`. */
function x86Sum(expression: string, registers: Readonly<Record<string, string>>): Sum | undefined {
  let address = 0n;
  const parts: Sum['parts'] = [];
  for (const [, sign, name, scale] of expression.matchAll(/([+-]?)\s*([a-z]\w*|0x[0-9a-f]+|\d+)(?:\*(\d))?/g)) {
    const number = /^\d/.test(name ?? '') ? (parseHex(name!.startsWith('0x') ? name! : Number(name).toString(16)) ?? 0n) : undefined;
    const value = number ?? registerValue(registers, name ?? '');
    if (value === undefined) return undefined;
    if (number === undefined) parts.push({ register: name ?? '', value });
    address += (sign === '-' ? -value : value) * BigInt(scale ?? '1');
  }
  return { address, parts };
}

/** `x0, #8`, `x0, x1, lsl #3`, `x0, w1, sxtw #2`; an index after the bracket is added only afterwards. */
function armSum(expression: string, registers: Readonly<Record<string, string>>): Sum | undefined {
  const [base = '', index, extend] = expression.split(/,\s*/);
  const start = registerValue(registers, base);
  if (start === undefined) return undefined;
  const parts: Sum['parts'] = [{ register: base, value: start }];
  if (!index) return { address: start, parts };
  if (index.startsWith('#')) return { address: start + BigInt.asIntN(64, signed(index.slice(1))), parts };
  const value = registerValue(registers, index.replace(/^-/, ''));
  if (value === undefined) return undefined;
  parts.push({ register: index, value });
  const shift = BigInt(/#(\d+)/.exec(extend ?? '')?.[1] ?? '0');
  const wide = extend?.startsWith('sxtw') ? BigInt.asIntN(32, value) : value;
  return { address: start + (index.startsWith('-') ? -wide : wide) * (1n << shift), parts };
}

const signed = (text: string): bigint => (text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text));

/** The first operand of most x86 instructions is written; comparing ones read it; arm names stores. */
function accessOf(text: string, index: number, machine: Machine): Access | undefined {
  if (machine === 'arm64' || machine === 'arm') return /^(?:st|cas|swp)/.test(text) ? 'write' : /^ld/.test(text) ? 'read' : undefined;
  const first = !text.slice(0, index).includes(',');
  if (/^(?:cmp|test|bt|push|call|jmp|div|idiv|mul|imul)\b/.test(text)) return 'read';
  if (/^(?:mov|movnti|set\w+|pop)\b/.test(text)) return first ? 'write' : 'read';
  return first ? undefined : 'read'; // read and written: the report says which of the two failed
}

/** How an operand reads in a sentence: `[rdi + 0x28] with RDI = 0x0 is 0x28`. */
export function operandText({ expression, address, parts }: MemoryOperand): string {
  const values = parts.map(({ register, value }) => `${register.toUpperCase()} = ${toHex(value)}`).join(', ');
  return values ? `${expression} with ${values} is ${toHex(address)}` : `${expression} is ${toHex(address)}`;
}
