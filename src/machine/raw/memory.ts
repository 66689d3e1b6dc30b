import type { KernelContext } from '../../kernel/context.ts';
import { hex, type Known, row } from '../row.ts';

/** A row of `rd`: two words. */
export interface WordsRow {
  readonly address: string;
  readonly words: readonly string[];
  /** The same bytes as characters, those that do not print as dots. */
  readonly text: string;
}

/** More is not read by hand. */
const MAX_WORDS = 1 << 16;

export function wordRows(kernel: KernelContext, address: bigint, count: number): Known<WordsRow>[] {
  const { wordSize } = kernel.memory;
  const perRow = 16 / wordSize;
  const rows: Known<WordsRow>[] = [];
  if (count > MAX_WORDS) kernel.losses.stop(`${count - MAX_WORDS} words beyond the first ${MAX_WORDS}`);
  for (let done = 0; done < Math.min(count, MAX_WORDS); done += perRow) {
    const at = address + BigInt(done * wordSize);
    const bytes = kernel.memory.bytes(at, Math.min(perRow, count - done) * wordSize);
    if (!bytes) kernel.losses.page(at - (at % BigInt(kernel.memory.pageSize)), kernel.memory.why(at, 16) ?? 'unmapped');
    rows.push(row<WordsRow>({ address: hex(at), words: bytes && wordsOf(kernel, bytes), text: bytes && printing(bytes) }));
  }
  return rows;
}

function wordsOf({ memory: { reader, wordSize } }: KernelContext, bytes: Buffer): string[] {
  const words: string[] = [];
  for (let at = 0; at + wordSize <= bytes.length; at += wordSize) {
    words.push(hex(wordSize === 8 ? reader.u64(bytes, at) : BigInt(reader.u32(bytes, at))));
  }
  return words;
}

const printing = (bytes: Buffer): string => bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.');

/** The row of `vtop`. */
export interface AddressRow {
  readonly virtual: string;
  readonly physical: string;
  /** Whether the dump holds the page. */
  readonly page: string;
}

/** @param translate the kernel's translation, or that of a task's own page tables */
export function addressRow(kernel: KernelContext, address: bigint, translate: (address: bigint) => number | undefined): Known<AddressRow> {
  const physical = translate(address);
  const { physical: memory } = kernel.kernel.memory;
  return row<AddressRow>({
    virtual: hex(address),
    physical: physical === undefined ? null : `0x${physical.toString(16)}`,
    page: physical === undefined ? 'not mapped' : memory.read(physical, 1).state === 'present' ? 'in the dump' : 'not in the dump',
  });
}
