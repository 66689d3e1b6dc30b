import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';

/** CPUs by number. After a panic all but one are offline: sums run over the possible ones, tables over those present. */
export interface Cpus {
  readonly possible: readonly number[];
  readonly present: readonly number[];
  readonly online: readonly number[];
  /** Where a per-CPU variable or what a per-CPU pointer means is on a CPU. */
  address(variable: bigint, cpu: number): bigint | undefined;
}

/** CONFIG_NR_CPUS goes no higher. */
const MAX_CPUS = 8192;

export function readCpus(memory: KnownMemory, symbols: Symbols): Cpus {
  const stated = symbols.address('nr_cpu_ids');
  const ids = Math.min(MAX_CPUS, (stated === undefined ? undefined : memory.u32(stated)) ?? 1);
  const masked = (name: string): number[] => {
    const at = symbols.address(name);
    const { wordSize } = memory;
    const bytes = at === undefined ? undefined : memory.bytes(at, Math.ceil(ids / (8 * wordSize)) * wordSize);
    return bytes ? bitsOf(memory, bytes, ids) : [];
  };
  const possible = masked('__cpu_possible_mask');
  const offsets = symbols.address('__per_cpu_offset');
  const mask = memory.wordSize === 8 ? 0xffffffffffffffffn : 0xffffffffn;
  return {
    possible: possible.length > 0 ? possible : [0],
    present: masked('__cpu_present_mask'),
    online: masked('__cpu_online_mask'),
    address(variable, cpu) {
      if (offsets === undefined) return variable; // a kernel without SMP
      const offset = memory.word(offsets + BigInt(cpu * memory.wordSize));
      return offset === undefined ? undefined : (variable + offset) & mask;
    },
  };
}

/** Numbers of the bits that are set in a bitmap of longs, whose bytes stand in the order of the machine. */
export function bitsOf({ wordSize, reader }: KnownMemory, bytes: Buffer, count: number): number[] {
  return Array.from({ length: Math.min(count, 8 * bytes.length) }, (_, i) => i).filter((i) => {
    const bit = i % (8 * wordSize);
    const within = reader.order === 'little' ? bit >> 3 : wordSize - 1 - (bit >> 3);
    return ((bytes[Math.floor(i / (8 * wordSize)) * wordSize + within]! >> (bit & 7)) & 1) === 1;
  });
}
