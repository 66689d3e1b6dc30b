import type { ByteOrder } from '../../dump/bytes.ts';
import type { Dump } from '../../dump/dump.ts';
import { PhysicalMemory } from '../../memory/physical.ts';
import { isReadable, VirtualMemory } from '../../memory/virtual.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { LogReport } from '../report.ts';
import { type VariableLog, variableRecords } from '../variable.ts';
import { inhabited } from './inhabited.ts';

/** Records in a row that make a chain: each one's length must lead to the next. */
const MIN_CHAIN = 4;
/** What printk cuts a message to (LOG_LINE_MAX), with its dictionary. */
const MAX_LENGTH = 4096;
const MAX_CHAINS = 256;
/** sizeof(struct printk_log), without a caller and with one (5.1, CONFIG_PRINTK_CALLER). */
const HEADERS = [16, 20] as const;
const MAX_CHAIN_BYTES = 64 << 20;

interface Chain {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly header: number;
}

/**
 * The records of a 3.5 to 5.9 buffer by their own shape: chains of headers whose lengths lead from one to the next. A buffer that wrapped,
 * or of which pages are missing, gives several; their records are put in order by their times, and what the small buffer of early boot
 * still holds too is taken once.
 */
export function carveVariable(dump: Dump, order: ByteOrder, report: LogReport): PrintkRecord[] {
  const memory = new VirtualMemory(new PhysicalMemory(dump), Number, 4096, order, 8);
  const chains = findChains(dump, memory);
  const records: PrintkRecord[] = [];
  for (const chain of chains) for (const { record } of variableRecords(logOf(memory, chain), report)) records.push(record);
  records.sort((a, b) => (a.usec ?? 0) - (b.usec ?? 0)); // stable: those of one time stay in the order of memory
  const seen = new Set<string>();
  const own = records.filter(({ usec, text }) => !seen.has(`${usec} ${text}`) && seen.add(`${usec} ${text}`));
  return own.map((record, seq) => ({ ...record, seq }));
}

function findChains(dump: Dump, memory: VirtualMemory): Chain[] {
  const chains: Chain[] = [];
  let passed = 0;
  for (const { bytes, paddr } of inhabited(dump)) {
    for (let i = (4 - (paddr % 4)) % 4; i + 16 <= bytes.length && chains.length < MAX_CHAINS; i += 4) {
      if (paddr + i < passed || !isHeader(memory, bytes, i)) continue;
      const chain = HEADERS.map((header) => follow(memory, paddr + i, header)).reduce((a, b) => (b.count > a.count ? b : a));
      if (chain.count < MIN_CHAIN) continue;
      chains.push(chain);
      passed = chain.end;
    }
  }
  return chains;
}

/** Lengths that fit each other; the text cannot be empty of all but padding. */
function isHeader({ reader }: VirtualMemory, bytes: Buffer, at: number, header: number = HEADERS[0]): boolean {
  const length = reader.u16(bytes, at + 8);
  if (length === 0 || length % 4 !== 0 || length > MAX_LENGTH) return false;
  const text = reader.u16(bytes, at + 10);
  const padding = length - header - text - reader.u16(bytes, at + 12);
  return text > 0 && padding >= 0 && padding < 12;
}

function follow(memory: VirtualMemory, start: number, header: number): Chain {
  let at = start;
  let count = 0;
  for (; at - start < MAX_CHAIN_BYTES; count++) {
    const { bytes, state } = memory.read(BigInt(at), header + 1);
    if (!isReadable(state) || !isHeader(memory, bytes, 0, header) || !isPrintable(bytes[header]!)) break;
    at += memory.reader.u16(bytes, 8);
  }
  return { start, end: at, count, header };
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte !== 0x7f;

const logOf = (memory: VirtualMemory, { start, end, header }: Chain): VariableLog => ({
  memory,
  buffer: BigInt(start),
  length: end - start,
  first: 0,
  next: end - start,
  header,
  at: { ts: 0, len: 8, textLen: 10, dictLen: 12, callerId: header === 20 ? 16 : undefined },
});
