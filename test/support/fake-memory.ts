import { readerFor } from '../../src/dump/bytes.ts';
import type { KnownMemory } from '../../src/memory/known.ts';
import type { SymbolAt, Symbols } from '../../src/symbols/symbols.ts';

/** Kernel memory that holds what a test put there, and nothing else. */
export class FakeMemory implements KnownMemory {
  readonly pageSize = 4096;
  readonly reader;
  readonly #regions: { readonly address: bigint; readonly bytes: Buffer }[] = [];

  constructor(
    readonly wordSize: 4 | 8 = 8,
    order: 'little' | 'big' = 'little',
  ) {
    this.reader = readerFor(order);
  }

  /** Over what was there before. */
  put(address: bigint, bytes: Buffer): void {
    this.#regions.push({ address, bytes });
  }

  /** Words from an address on. */
  words(address: bigint, values: readonly bigint[]): void {
    const bytes = Buffer.alloc(values.length * this.wordSize);
    const big = this.reader.order === 'big';
    values.forEach((value, i) => {
      if (this.wordSize === 4) bytes[big ? 'writeUInt32BE' : 'writeUInt32LE'](Number(BigInt.asUintN(32, value)), i * 4);
      else bytes[big ? 'writeBigUInt64BE' : 'writeBigUInt64LE'](BigInt.asUintN(64, value), i * 8);
    });
    this.put(address, bytes);
  }

  bytes(address: bigint, length: number): Buffer | undefined {
    const bytes = Buffer.alloc(length);
    const covered = Buffer.alloc(length);
    for (const region of this.#regions) {
      const at = Number(region.address - address);
      if (at >= length || at + region.bytes.length <= 0) continue;
      region.bytes.copy(bytes, Math.max(0, at), Math.max(0, -at));
      covered.fill(1, Math.max(0, at), Math.min(length, at + region.bytes.length));
    }
    return covered.includes(0) ? undefined : bytes;
  }

  why(address: bigint, length: number): 'unmapped' | undefined {
    return this.bytes(address, length) ? undefined : 'unmapped';
  }

  word(address: bigint): bigint | undefined {
    const bytes = this.bytes(BigInt.asUintN(8 * this.wordSize, address), this.wordSize);
    return bytes && (this.wordSize === 8 ? this.reader.u64(bytes, 0) : BigInt(this.reader.u32(bytes, 0)));
  }

  u32(address: bigint): number | undefined {
    const bytes = this.bytes(address, 4);
    return bytes && this.reader.u32(bytes, 0);
  }

  table(address: bigint, length: number): Buffer {
    return this.bytes(address, length) ?? Buffer.alloc(0);
  }
}

/** Symbols by a list of functions, 256 bytes of code each, and of variables. */
export function fakeSymbols(functions: Readonly<Record<string, bigint>>, variables: Readonly<Record<string, bigint>> = {}): Symbols {
  const at = (address: bigint): SymbolAt | undefined => {
    const found = Object.entries(functions).find(([, start]) => address >= start && address < start + 256n);
    return found && { name: found[0], offset: Number(address - found[1]), size: 256 };
  };
  return {
    from: 'vmcoreinfo',
    count: Object.keys(functions).length,
    encoding: 'base-relative',
    hasData: true,
    address: (name) => functions[name] ?? variables[name],
    addresses: (name) => (functions[name] === undefined ? [] : [{ address: functions[name] }]),
    at,
    isText: (address) => at(address) !== undefined,
    moduleAt: () => undefined,
    modules: [],
    all: () => [],
  };
}
