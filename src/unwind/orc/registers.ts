import type { KnownMemory } from '../../memory/known.ts';
import { PT_REGS } from '../pt-regs.ts';
import type { Registers } from '../stack.ts';

const INDEX = new Map(PT_REGS.map((name, i) => [name, i]));

/** Where the iret frame (ip, cs, flags, sp, ss) begins in pt_regs. */
export const IRET_OFFSET = 16n * 8n;

/** Registers saved at an address as pt_regs. */
export const registersAt =
  (memory: KnownMemory, address: bigint): Registers =>
  (name) => {
    const index = INDEX.get(name);
    return index === undefined ? undefined : memory.word(address + BigInt(index * 8));
  };
