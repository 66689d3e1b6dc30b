import { parseHex } from '../hex.ts';
import { type RegisterValue, registerOf } from './registers.ts';

/** The address that an operand stands for, before it is cut to the width of a pointer. */
export interface Sum {
  readonly address: bigint;
  readonly parts: readonly RegisterValue[];
}

type Registers = Readonly<Record<string, string>>;

/** x86, between the brackets: `rax + rcx*8 - 0x10`, `0x28`. */
export function x86Sum(expression: string, registers: Registers): Sum | undefined {
  let address = 0n;
  const parts: RegisterValue[] = [];
  for (const [, sign, name = '', scale] of expression.matchAll(/([+-]?)\s*([a-z]\w*|0x[0-9a-f]+|\d+)(?:\*(\d))?/g)) {
    const number = constant(name);
    const register = number === undefined ? registerOf(registers, name) : undefined;
    const value = number ?? register?.value;
    if (value === undefined) return undefined;
    if (register) parts.push(register);
    address += (sign === '-' ? -value : value) * BigInt(scale ?? '1');
  }
  return { address, parts };
}

/** arm and arm64, between the brackets: `x0, #8`, `x0, x1, lsl #3`, `x0, w1, sxtw #2`; an index after them is added only afterwards. */
export function armSum(expression: string, registers: Registers): Sum | undefined {
  const [name = '', index, extend] = expression.split(/,\s*/);
  const base = registerOf(registers, name);
  if (!base) return undefined;
  if (!index) return { address: base.value, parts: [base] };
  if (index.startsWith('#')) return { address: base.value + signed(index.slice(1)), parts: [base] };
  const offset = registerOf(registers, index.replace(/^-/, ''));
  if (!offset) return undefined;
  const shift = BigInt(/#(\d+)/.exec(extend ?? '')?.[1] ?? '0');
  const wide = extend?.startsWith('sxtw') ? BigInt.asIntN(32, offset.value) : offset.value;
  return { address: base.value + (index.startsWith('-') ? -wide : wide) * (1n << shift), parts: [base, offset] };
}

/** riscv, powerpc, mips: a displacement before a register in parentheses, `0x10(a0)`, `-8(r1)`. A base `r0` of powerpc means zero. */
export function displacedSum(displacement: string, name: string, registers: Registers): Sum | undefined {
  const base = name === '0' ? { name, value: 0n } : registerOf(registers, name);
  return base && { address: base.value + signed(displacement || '0'), parts: [base] };
}

const constant = (text: string): bigint | undefined =>
  /^\d/.test(text) ? (text.startsWith('0x') ? parseHex(text) : BigInt(text)) : undefined;

const signed = (text: string): bigint => (text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text));
