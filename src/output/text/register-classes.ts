import type { Arch } from '../../decode/arch.ts';
import { type MemoryOperand, memoryOperands } from '../../decode/code/operand.ts';
import { machineOf } from '../../decode/code/registers.ts';
import { parseHex } from '../../decode/hex.ts';
import { parseRelease } from '../../decode/kernel-release.ts';
import { classifyRegisters, type RegisterClass } from '../../decode/register-class.ts';
import { REGISTER_NAMES } from '../../decode/register-names.ts';
import type { Event } from '../../event/event.ts';

/** The classes of the values; of the register that holds the fault's address, the operand that it comes from. */
export function registerClasses(
  event: Event,
  registers: Readonly<Record<string, string>>,
  arch: Arch | undefined,
): ReadonlyMap<string, RegisterClass> {
  if (arch === undefined) return new Map();
  const classes = new Map(classifyRegisters(registers, { arch, release: parseRelease(event.kernel?.release) }));
  const { faultAddress } = REGISTER_NAMES[arch];
  const address = faultAddress === undefined ? undefined : parseHex(registers[faultAddress] ?? '');
  const machine = machineOf(registers);
  const faulting = event.code?.instructions?.find((instruction) => instruction.faulting);
  if (faultAddress === undefined || address === undefined || faulting === undefined || machine === undefined) return classes;
  const operand = memoryOperands(faulting.text, registers, machine).find((each) => each.address === address);
  if (operand !== undefined) classes.set(faultAddress, { text: `= ${sumText(operand)}`, certain: true });
  return classes;
}

/** `[rdi + 0x28]` → `RDI+0x28`: the registers as the report calls them. */
const sumText = ({ expression, parts }: MemoryOperand): string =>
  parts.reduce(
    (text, { name }) => text.replace(new RegExp(`\\b${name.replace('$', '\\$')}\\b`, 'i'), name),
    expression.replace(/[[\] #]/g, ''),
  );
