import { type ByteOrder, readerFor } from './bytes.ts';
import type { ByteSource } from './source.ts';

export interface ElfSection {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

const SECTION_HEADER = { 32: 40, 64: 64 } as const;
const MAX_NAME = 64;

/** The sections of an ELF file whose identification was checked; those that the file does not have whole are left out. */
export function readSections(source: ByteSource, order: ByteOrder): ElfSection[] {
  const head = source.read(0, 64);
  const wide = head[4] === 2;
  const { u16, u32, size: word } = readerFor(order);
  const table = wide ? word(head, 40) : u32(head, 32);
  const entry = SECTION_HEADER[wide ? 64 : 32];
  const count = u16(head, wide ? 60 : 48);
  const names = u16(head, wide ? 62 : 50);
  const headers = source.read(table, count * entry);
  const at = (i: number, narrow: number): number => (wide ? word(headers, i * entry + 2 * narrow - 8) : u32(headers, i * entry + narrow));
  const extent = (i: number) => ({ offset: at(i, 16), size: at(i, 20) });
  const sections: ElfSection[] = [];
  for (let i = 0; (i + 1) * entry <= headers.length; i++) {
    const { offset, size } = extent(i);
    const name = names * entry + entry <= headers.length ? nameAt(source, extent(names).offset + u32(headers, i * entry)) : '';
    if (offset + size <= source.size) sections.push({ name, offset, size });
  }
  return sections;
}

const nameAt = (source: ByteSource, offset: number): string => source.read(offset, MAX_NAME).toString('latin1').replace(/\0.*$/s, '');
