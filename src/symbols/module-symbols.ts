import type { KnownMemory } from '../memory/known.ts';
import type { ModuleSymbols, SymbolAt } from './symbols.ts';

/** struct mod_kallsyms: a module's own ELF symbols, whose values are final addresses. */
export interface ModuleTables {
  readonly module: string;
  readonly symtab: bigint;
  readonly count: number;
  readonly strtab: bigint;
  /** Whether an address is the module's: symbols elsewhere (freed init sections) name nothing. */
  readonly holds: (address: bigint) => boolean;
}

/** No module has more (amdgpu has 60,000). */
const MAX_SYMBOLS = 1 << 20;
const MAX_STRINGS = 32 << 20;
const SHN_UNDEF = 0;
/** Mapping symbols of arm and riscv, local labels. */
const NOT_A_NAME = /^(?:$|\$|\.L|L0)/;

/** Nothing where the tables are not in the dump. */
export function readModuleSymbols(memory: KnownMemory, tables: ModuleTables): ModuleSymbols {
  const symbols = [...elfSymbols(memory, tables)];
  // a stable sort: of those that share an address the first in the table stays the first
  symbols.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  return {
    count: symbols.length,
    address: (name) => symbols.find((s) => s.name === name)?.address,
    all: () => symbols,
    at: (address) => floorOf(symbols, address, tables.module),
  };
}

interface Named {
  readonly name: string;
  readonly address: bigint;
}

function floorOf(symbols: readonly Named[], address: bigint, module: string): SymbolAt | undefined {
  let low = 0;
  let high = symbols.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (symbols[middle]!.address <= address) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return undefined;
  let first = low - 1;
  while (first > 0 && symbols[first - 1]!.address === symbols[first]!.address) first--;
  const { name, address: start } = symbols[first]!;
  const next = symbols[low]?.address;
  return { name, offset: Number(address - start), size: next === undefined ? undefined : Number(next - start), module };
}

function* elfSymbols(memory: KnownMemory, { symtab, count, strtab, holds }: ModuleTables): Generator<Named> {
  const { reader, wordSize } = memory;
  const size = wordSize === 8 ? 24 : 16;
  const table = memory.table(symtab, Math.min(count, MAX_SYMBOLS) * size);
  const n = Math.floor(table.length / size);
  let longest = 0;
  for (let i = 0; i < n; i++) longest = Math.max(longest, reader.u32(table, i * size));
  const strings = memory.table(strtab, Math.min(MAX_STRINGS, longest + 512));
  for (let i = 1; i < n; i++) {
    const at = i * size;
    // Elf64_Sym: name, info, other, shndx, value, size; Elf32_Sym: name, value, size, info, other, shndx
    const section = reader.u16(table, at + (wordSize === 8 ? 6 : 14));
    const address = wordSize === 8 ? reader.u64(table, at + 8) : BigInt(reader.u32(table, at + 4));
    const start = reader.u32(table, at);
    const end = strings.indexOf(0, start);
    if (section === SHN_UNDEF || start >= strings.length || end < 0 || end - start > 512 || !holds(address)) continue;
    const name = strings.toString('latin1', start, end);
    if (!NOT_A_NAME.test(name)) yield { name, address };
  }
}
