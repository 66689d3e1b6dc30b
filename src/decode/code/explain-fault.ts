import type { CodeInstruction } from './disassemble.ts';
import type { Machine } from './disassembler.ts';
import { type MemoryOperand, memoryOperands, operandText } from './operand.ts';

export interface FaultingOperand {
  readonly operand: MemoryOperand;
  /** True: it is the address that the report names; false: the report names none, or another. */
  readonly matches: boolean;
  readonly text: string;
}

/** Bytes that one access may span past its address: the fault is reported where the unmapped page begins. */
const SPAN = 64n;

/** arm64 reports fault addresses without their top byte: untagged_addr() extends bit 55. */
const untagged = (address: bigint): bigint => BigInt.asUintN(64, BigInt.asIntN(56, address));

/**
 * The operand of the faulting instruction that made it fault: the one whose computed address is the reported one, else the only
 * one there is (a general protection fault reports no address). Undefined where no operand can be computed, or none fits.
 */
export function explainFault(
  instructions: readonly CodeInstruction[],
  registers: Readonly<Record<string, string>>,
  machine: Machine,
  faultAddress?: bigint,
): FaultingOperand | undefined {
  const faulting = instructions.find((i) => i.faulting);
  if (!faulting) return undefined;
  const operands = memoryOperands(faulting.text, registers, machine);
  const near = (o: MemoryOperand): boolean =>
    faultAddress !== undefined && [o.address, untagged(o.address)].some((from) => faultAddress >= from && faultAddress < from + SPAN);
  const operand =
    operands.find((o) => o.address === faultAddress) ??
    operands.find(near) ??
    (faultAddress === undefined && operands.length === 1 ? operands[0] : undefined);
  return operand && { operand, matches: faultAddress !== undefined, text: operandText(operand) };
}
