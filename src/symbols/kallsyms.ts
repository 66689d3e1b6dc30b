import type { KnownMemory } from '../memory/known.ts';
import type { Vmcoreinfo } from '../memory/vmcoreinfo.ts';
import { Addresses, type Encoding } from './addresses.ts';
import { type LengthRule, Names } from './names.ts';
import { type Tokens, tokensOf } from './tokens.ts';

/** The kernel's own table of its symbols, found and proven. */
export interface Kallsyms {
  readonly from: 'vmcoreinfo' | 'scan';
  readonly names: Names;
  readonly addresses: Addresses;
  /** As the kernel counts them; more than {@link Names.count} where part of the table is not in the dump. */
  readonly stated: number;
}

/** Where the tables lie: keys of VMCOREINFO since 6.0 (5fd8fea935a1), or what a scan found. */
export interface KallsymsTables {
  readonly from: Kallsyms['from'];
  /** Undefined where the variable is not in the dump. */
  readonly count: number | undefined;
  readonly names: bigint;
  /** Behind the names, and so a bound of them. */
  readonly tokenTable: bigint;
  readonly tokenIndex: bigint;
  readonly offsets?: bigint | undefined;
  readonly relativeBase?: bigint | undefined;
  readonly addresses?: bigint | undefined;
}

/** Twice what any kernel has; a count beyond is damage. */
const MAX_SYMBOLS = 4_000_000;
const MAX_NAMES = 32 << 20;
const TOKENS = 256;
/** Tokens are short; 256 of them take less than a kilobyte. */
const MAX_TOKEN_TABLE = 1 << 16;

/** The tables that VMCOREINFO names; undefined before 6.0, and without CONFIG_KALLSYMS. */
export function statedTables(memory: KnownMemory, info: Vmcoreinfo): KallsymsTables | undefined {
  const names = info.symbol('kallsyms_names');
  const tokenTable = info.symbol('kallsyms_token_table');
  const tokenIndex = info.symbol('kallsyms_token_index');
  const countAt = info.symbol('kallsyms_num_syms');
  if (names === undefined || tokenTable === undefined || tokenIndex === undefined || countAt === undefined) return undefined;
  const baseAt = info.symbol('kallsyms_relative_base');
  return {
    from: 'vmcoreinfo',
    count: memory.u32(countAt),
    names,
    tokenTable,
    tokenIndex,
    offsets: info.symbol('kallsyms_offsets'),
    relativeBase: baseAt === undefined ? undefined : memory.word(baseAt),
    addresses: info.symbol('kallsyms_addresses'),
  };
}

/**
 * Reads the tables; of the rules for lengths and addresses those are right under which `_stext` stands where VMCOREINFO says.
 * @returns a reason where no rule does
 */
export function readKallsyms(memory: KnownMemory, tables: KallsymsTables, info: Vmcoreinfo): Kallsyms | string {
  const { count } = tables;
  if (count === undefined) return 'kallsyms is not in the dump: its pages were left out';
  if (count === 0 || count > MAX_SYMBOLS) return `kallsyms counts ${count} symbols`;
  const tokens = readTokens(memory, tables);
  if (!tokens) return 'kallsyms’ token table is not in the dump';
  const behind = tables.tokenTable - tables.names;
  const length = behind > 0n && behind < BigInt(MAX_NAMES) ? Number(behind) : Math.min(MAX_NAMES, count * 64);
  const bytes = memory.table(tables.names, length);
  const stext = info.symbol('_stext');
  for (const rule of ['uleb', 'byte'] as const satisfies readonly LengthRule[]) {
    const names = new Names(bytes, tokens, count, rule);
    const index = names.indexOf('_stext');
    if (index < 0) continue;
    for (const addresses of readings(memory, tables, names.count)) {
      if (index < addresses.count && (stext === undefined || addresses.at(index) === stext))
        return { from: tables.from, names, addresses, stated: count };
    }
  }
  return 'kallsyms could not be read: _stext is not where VMCOREINFO says';
}

function readTokens(memory: KnownMemory, { tokenTable, tokenIndex }: KallsymsTables): Tokens | undefined {
  const index = memory.bytes(tokenIndex, 2 * TOKENS);
  if (!index) return undefined;
  const offsets = Array.from({ length: TOKENS }, (_, i) => memory.reader.u16(index, 2 * i));
  const length = Math.min(MAX_TOKEN_TABLE, Math.max(...offsets) + 128);
  const table = memory.table(tokenTable, length);
  return table.length > Math.max(...offsets) ? tokensOf(table, offsets) : undefined;
}

/** The address table under each encoding that may be. */
function* readings(memory: KnownMemory, tables: KallsymsTables, count: number): Generator<Addresses> {
  const { wordSize, reader } = memory;
  const { offsets, relativeBase, addresses } = tables;
  if (offsets !== undefined) {
    const bytes = memory.table(offsets, 4 * count);
    // since 7.0 there is no base; some 32-bit architectures then store the addresses themselves
    const kinds: readonly (readonly [Encoding, bigint])[] =
      relativeBase === undefined
        ? [
            ['place-relative', offsets],
            ['base-relative', 0n],
          ]
        : [
            ['absolute-percpu', relativeBase],
            ['base-relative', relativeBase],
          ];
    for (const [encoding, base] of kinds) yield new Addresses({ encoding, address: offsets, base, bytes, reader, wordSize }, count);
  }
  if (addresses !== undefined) {
    const bytes = memory.table(addresses, wordSize * count);
    yield new Addresses({ encoding: 'absolute', address: addresses, base: 0n, bytes, reader, wordSize }, count);
  }
}
