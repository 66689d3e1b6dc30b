import { type CodeInstruction, disassemble } from '../../decode/code/disassemble.ts';
import type { Disassembler, Machine } from '../../decode/code/disassembler.ts';
import { explainFault } from '../../decode/code/explain-fault.ts';
import { machineOf } from '../../decode/code/registers.ts';
import { parseHex } from '../../decode/hex.ts';
import type { Event } from '../../event/event.ts';

/** Whether an event has code bytes that nobody disassembled yet. */
export const wantsDisassembly = (event: Event): boolean =>
  event.code?.faultIndex !== undefined && event.code.instructions === undefined && machineOf(event.registers) !== undefined;

/** Adds the instructions around the fault, and to the hint the operand that faulted as its registers compute it. */
export function explainCode(event: Event, disassembler: Disassembler): Event {
  const machine = machineOf(event.registers);
  const { code, registers, fault } = event;
  if (!code || code.faultIndex === undefined || !machine || !registers) return event;
  const { instructions, listed } = listingOf(code, machine, disassembler);
  if (instructions.length === 0) return event;
  const operand =
    fault && explainFault(instructions, registers, machine, fault.address === undefined ? undefined : parseHex(fault.address));
  event.code = listed;
  if (fault && operand) event.fault = { ...fault, hint: fault.hint === undefined ? operand.text : `${fault.hint}; ${operand.text}` };
  return event;
}

type Code = NonNullable<Event['code']>;

interface Listing {
  readonly machine: Machine;
  readonly instructions: CodeInstruction[];
  /** The code with them. */
  readonly listed: Code;
}

/** A warning that repeats shows the same code each time: the last few listings are kept, by the object that was read once. */
const LISTINGS = 64;
const listings = new Map<Code, Listing>();

function listingOf(code: Code, machine: Machine, disassembler: Disassembler): Listing {
  const known = listings.get(code);
  if (known?.machine === machine) return known;
  const { bytes, faultIndex = 0 } = code;
  const instructions = disassemble({ bytes, faultIndex }, machine, disassembler);
  const made = { machine, instructions, listed: { ...code, instructions } };
  const oldest = listings.size >= LISTINGS ? listings.keys().next().value : undefined;
  if (oldest !== undefined) listings.delete(oldest);
  listings.set(code, made);
  return made;
}
