import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';
import { isAfterCall } from './x86-call.ts';

/** What a walk asks about a return address. */
export interface Code {
  isCode(ip: bigint): boolean;
  nameAt(address: bigint): string | undefined;
}

export interface CodeFacts {
  readonly memory: KnownMemory;
  readonly symbols: Symbols;
  readonly isX86: boolean;
}

/**
 * Code is where the symbols say so, and where it has no symbol: programs of BPF, trampolines, modules of a kernel whose list of modules
 * cannot be read. That is the kernel's half of memory, mapped; on x86 a call must stand before it.
 */
export function codeOf({ memory, symbols, isX86 }: CodeFacts): Code {
  const half = 1n << BigInt(8 * memory.wordSize - 1);
  const isUnnamed = (ip: bigint): boolean =>
    ip >= half && symbols.at(ip) === undefined && (isX86 ? isAfterCall(memory, ip) : ip % 2n === 0n && memory.bytes(ip, 4) !== undefined);
  return {
    isCode: (ip) => symbols.isText(ip) || isUnnamed(ip),
    nameAt: (address) => symbols.at(address)?.name,
  };
}
