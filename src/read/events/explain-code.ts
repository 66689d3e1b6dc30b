import { type CodeInstruction, disassemble } from '../../decode/code/disassemble.ts';
import type { Disassembler, Machine } from '../../decode/code/disassembler.ts';
import { explainFault } from '../../decode/code/explain-fault.ts';
import type { CodeBytes } from '../../decode/code/parse-code.ts';
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
  const instructions = listing({ bytes: code.bytes, faultIndex: code.faultIndex }, machine, disassembler);
  if (instructions.length === 0) return event;
  const listed = { ...code, instructions };
  const operand =
    fault && explainFault(instructions, registers, machine, fault.address === undefined ? undefined : parseHex(fault.address));
  if (!fault || !operand) return { ...event, code: listed };
  const hint = fault.hint === undefined ? operand.text : `${fault.hint}; ${operand.text}`;
  return { ...event, code: listed, fault: { ...fault, hint } };
}

/** A warning that repeats shows the same code each time: the last few listings are kept. */
const LISTINGS = 64;
const listings = new Map<string, CodeInstruction[]>();

function listing(code: CodeBytes, machine: Machine, disassembler: Disassembler): CodeInstruction[] {
  const key = `${machine} ${code.faultIndex} ${code.bytes}`;
  const known = listings.get(key);
  if (known) return known;
  const made = disassemble(code, machine, disassembler);
  const oldest = listings.size >= LISTINGS ? listings.keys().next().value : undefined;
  if (oldest !== undefined) listings.delete(oldest);
  listings.set(key, made);
  return made;
}
