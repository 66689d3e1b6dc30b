import { toHex } from '../hex.ts';
import type { Access } from '../page-fault.ts';
import type { Machine } from './disassembler.ts';
import { armSum, displacedSum, type Sum, x86Sum } from './operand-forms.ts';
import type { RegisterValue } from './registers.ts';

/** A memory operand of an instruction, computed from the registers of the report. */
export interface MemoryOperand {
  /** As disassembled: `[rdi + 0x28]`. */
  readonly expression: string;
  readonly address: bigint;
  /** The registers in it, by the names that the report prints. */
  readonly parts: readonly RegisterValue[];
  /** What the instruction does there, where its form says so. */
  readonly access?: Access;
}

/** Bits of an address. */
const WIDTH: Readonly<Record<Machine, number>> = { 'x86-64': 64, i386: 32, 'x86-16': 16, arm64: 64, arm: 32, riscv64: 64, ppc64: 64 };
const isX86 = (machine: Machine): boolean => machine.startsWith('x86') || machine === 'i386';

/** Memory operands of an instruction whose registers are all known; none for `lea`, `nop` and instructions without memory. */
export function memoryOperands(text: string, registers: Readonly<Record<string, string>>, machine: Machine): MemoryOperand[] {
  if (/^(?:lea|nop|adr|adrp|prefetch\w*|prfm|la|addi)\b/.test(text)) return [];
  const found: MemoryOperand[] = [];
  for (const m of text.matchAll(/(?:\b([c-gs]s):)?\[([^\]]*)\]|(-?(?:0x[0-9a-f]+|\d+))?\(([a-z]?\w+)\)/g)) {
    const [expression, segment, inside, displacement, base] = m;
    // the bases of gs (per-CPU) and fs are not what the report prints for them, and rip is not at the byte offsets used here
    if (segment === 'gs' || segment === 'fs' || /\b[er]ip\b/.test(inside ?? '')) continue;
    const sum: Sum | undefined =
      inside === undefined
        ? displacedSum(displacement ?? '', base ?? '', registers)
        : (isX86(machine) ? x86Sum : armSum)(inside, registers);
    if (!sum) continue;
    const access = accessOf(text, m.index, machine);
    const address = BigInt.asUintN(WIDTH[machine], sum.address);
    found.push({ expression: inside === undefined ? expression : `[${inside}]`, address, parts: sum.parts, ...(access ? { access } : {}) });
  }
  return found;
}

/** The first operand of most x86 instructions is written; comparing ones read it. Elsewhere loads and stores are named so. */
function accessOf(text: string, index: number, machine: Machine): Access | undefined {
  if (!isX86(machine))
    return /^(?:c\.)?(?:st|s[bhwd]\b|s[bhwd]sp|cas|swp|sc\.|fs[wd])/.test(text)
      ? 'write'
      : /^(?:c\.)?l[bhwdr]/.test(text)
        ? 'read'
        : undefined;
  const first = !text.slice(0, index).includes(',');
  if (/^(?:cmp|test|bt|push|call|jmp|div|idiv|mul|imul)\b/.test(text)) return 'read';
  if (/^(?:mov|movnti|set\w+|pop)\b/.test(text)) return first ? 'write' : 'read';
  return first ? undefined : 'read'; // read and written: the report says which of the two failed
}

/** How an operand reads in a sentence: `[rdi + 0x28] with RDI = 0x0 is 0x28`. */
export function operandText({ expression, address, parts }: MemoryOperand): string {
  const values = parts.map(({ name, value }) => `${name} = ${toHex(value)}`).join(', ');
  return values ? `${expression} with ${values} is ${toHex(address)}` : `${expression} is ${toHex(address)}`;
}
