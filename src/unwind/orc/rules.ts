import type { KnownMemory } from '../../memory/known.ts';
import type { ModuleImage, Symbols } from '../../symbols/symbols.ts';
import type { Types } from '../../types/types.ts';
import type { OrcEntry } from './entry.ts';
import type { OrcLookup, OrcRules } from './step.ts';
import { findOrc, type OrcTable } from './table.ts';
import { orcVersion } from './version.ts';

export interface OrcKernel {
  readonly memory: KnownMemory;
  readonly symbols: Symbols;
  readonly types?: Types | undefined;
  readonly release: string;
}

const HEADER_BYTES = 20;

/** The kernel's ORC tables and its modules', where they lie in the dump; undefined where the kernel has none or does not name them. */
export function orcRules(kernel: OrcKernel): OrcRules | undefined {
  const { memory, symbols, release } = kernel;
  const table = builtIn(symbols);
  if (!table) return undefined;
  const header = symbols.address('orc_header') ?? symbols.address('__start_orc_header');
  const version = orcVersion(header === undefined ? undefined : memory.bytes(header, HEADER_BYTES), release);
  const ofBuild = entriesOf(symbols.build);
  const find = (address: bigint): OrcEntry | undefined => {
    const module = symbols.moduleAt(address);
    const own = module && moduleTable(kernel, module);
    if (own) return findOrc(own, address, memory, version);
    if (module || !symbols.isText(address)) return undefined;
    const distance = address - table.ips; // the tables move with the text
    const entry = ofBuild.get(distance) ?? findOrc(table, address, memory, version);
    if (entry && ofBuild.size < MAX_KEPT) ofBuild.set(distance, entry);
    return entry;
  };
  return { memory, lookup: remembering(find), offsetAfterRead: isFrom512(release), isText: (ip) => symbols.isText(ip) };
}

/** Stacks of a machine go through a few thousand places. */
const MAX_KEPT = 1 << 16;
const kept = new WeakMap<object, Map<bigint, OrcEntry>>();

/** Entries of the kernel's own code that another dump of the build has given, by their distance from the table. */
function entriesOf(build: object | undefined): Map<bigint, OrcEntry> {
  const found = build && kept.get(build);
  if (found) return found;
  const made = new Map<bigint, OrcEntry>();
  if (build) kept.set(build, made);
  return made;
}

/** Sleeping tasks share most of their frames. */
function remembering(find: OrcLookup): OrcLookup {
  const known = new Map<bigint, OrcEntry | undefined>();
  return (address) => {
    if (known.has(address)) return known.get(address);
    const entry = find(address);
    if (known.size > 65536) known.clear();
    known.set(address, entry);
    return entry;
  };
}

function builtIn(symbols: Symbols): OrcTable | undefined {
  const ips = symbols.address('__start_orc_unwind_ip');
  const end = symbols.address('__stop_orc_unwind_ip');
  const entries = symbols.address('__start_orc_unwind');
  if (ips === undefined || end === undefined || entries === undefined || end <= ips) return undefined;
  return { ips, entries, count: Number((end - ips) / 4n) };
}

/** struct module.arch, since 4.14. */
function moduleTable({ memory, types }: OrcKernel, { address }: ModuleImage): OrcTable | undefined {
  const value = (path: string): bigint | undefined => {
    const member = types?.member('module', path);
    return member && memory.word(address + BigInt(member.offset));
  };
  const count = types?.member('module', 'arch.num_orcs');
  const n = count && memory.u32(address + BigInt(count.offset));
  const ips = value('arch.orc_unwind_ip');
  const entries = value('arch.orc_unwind');
  return n === undefined || ips === undefined || entries === undefined ? undefined : { ips, entries, count: n };
}

function isFrom512(release: string): boolean {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return Number(major) * 1000 + Number(minor) >= 5012;
}
