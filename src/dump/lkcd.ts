import { inflateSync } from 'node:zlib';
import { type ByteOrder, type Reader, readerFor } from './bytes.ts';
import type { Dump } from './dump.ts';
import { disjoint, Intervals } from './intervals.ts';
import { copyPages } from './paged.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';
import { windowed } from './window.ts';

/** The dump's header: magic u64, then these (formats.md 1.7). The upper bits of the version are flags of a port. */
const VERSION = 8;
const HEADER_SIZE = 12;
const PAGE_SIZE = 20;
const PAGES = 48;
const PORT = 0xc000_0000;
/** Before each page: address u64, size u32, flags u32. */
const PAGE_HEADER = 16;
const COMPRESSED = 2;
const END = 4;
/** Where the first page's header stands; since version 9 the last word of the header says so. */
const FIRST_PAGE = 65536;

/**
 * LKCD of Linux 2.4 and early 2.6: pages in any order, each behind a header. One pass over these finds them.
 * @throws InputError where no page's header is where it should be
 */
export function openLkcd(source: ByteSource): Dump {
  const head = source.read(0, 64);
  if (head.length < 64)
    throw new InputError({ file: source.name, sought: 'an LKCD header', found: `a file of ${head.length} bytes`, offset: 0 });
  const order: ByteOrder = head[0] === 0xed ? 'little' : 'big';
  const reader = readerFor(order);
  const version = (reader.u32(head, VERSION) & ~PORT) >>> 0;
  const pageSize = reader.u32(head, PAGE_SIZE);
  const isSize = pageSize >= 4096 && pageSize <= 65536 && (pageSize & (pageSize - 1)) === 0;
  if (!isSize)
    throw new InputError({ file: source.name, sought: 'the page size of an LKCD dump', found: `${pageSize}`, offset: PAGE_SIZE });
  const { pages, problem } = indexPages(source, reader, pageSize, firstPage(source, reader, version, head));
  const claimed = reader.u32(head, PAGES);
  if (pages.length === 0) throw new InputError({ file: source.name, sought: 'pages of an LKCD dump', found: problem ?? 'none' });
  const held = (paddr: number): number | undefined => {
    const index = pages.lastStartingBy(paddr);
    if (index >= 0 && paddr < pages.end(index)) return paddr;
    return index + 1 < pages.length ? pages.start(index + 1) : undefined;
  };
  return {
    container: `LKCD v${version}`,
    byteOrder: order,
    machine: undefined,
    blockSize: pageSize,
    notes: [],
    vmcoreinfoText: undefined,
    ranges: [{ start: pages.start(0), end: pages.end(pages.length - 1) }],
    segments: NO_SEGMENTS,
    details: { incomplete: problem && `${problem}; ${pages.length} of ${claimed} pages are there`, warnings: [] },
    holds: (paddr) => held(paddr) === paddr,
    nextHeld: held,
    readPhysical: (paddr, into) =>
      copyPages(paddr, into, pageSize, (frame) => {
        const index = pages.lastStartingBy(frame * pageSize);
        if (index < 0 || pages.start(index) !== frame * pageSize) return 'missing';
        return pageAt(source, reader, pages.offset(index), pageSize) ?? 'damaged';
      }),
  };
}

function firstPage(source: ByteSource, reader: Reader, version: number, head: Buffer): number {
  const end = reader.u32(head, HEADER_SIZE);
  const word = version >= 9 && end >= 64 && end <= FIRST_PAGE ? source.read(end - 8, 8) : Buffer.alloc(0);
  const stated = word.length === 8 ? reader.size(word, 0) : 0;
  return stated >= 4096 && stated <= 1 << 24 ? stated : FIRST_PAGE;
}

/** Where each page's header is, by the address of the page; of pages that come twice the first counts. */
function indexPages(source: ByteSource, reader: Reader, pageSize: number, first: number) {
  const pages = new Intervals();
  const window = windowed(source);
  let problem: string | undefined;
  for (let at = first; ; ) {
    const header = window.read(at, PAGE_HEADER);
    if (header.length < PAGE_HEADER) problem = `the file ends at ${source.size}, without an end marker`;
    if (problem !== undefined) break;
    const address = reader.size(header, 0);
    const size = reader.u32(header, 8);
    const flags = reader.u32(header, 12);
    if (flags & END) break;
    const isPage = size > 0 && size <= pageSize && address % pageSize === 0 && flags < 2 * END;
    if (!isPage) problem = `no header of a page at offset ${at}`;
    else if (at + PAGE_HEADER + size > source.size) problem = `the file ends at ${source.size}, within a page`;
    else pages.push(address, address + pageSize, at);
    at += PAGE_HEADER + size;
  }
  return { pages: disjoint(pages), problem };
}

function pageAt(source: ByteSource, reader: Reader, at: number, pageSize: number): Buffer | undefined {
  const header = source.read(at, PAGE_HEADER);
  if (header.length < PAGE_HEADER) return undefined;
  const data = source.read(at + PAGE_HEADER, reader.u32(header, 8));
  if (!(reader.u32(header, 12) & COMPRESSED)) return data.length === pageSize ? data : undefined;
  // the header's field that names the codec moved between versions: a page tells by itself
  return gunzip(data, pageSize) ?? decodeRle(data, pageSize);
}

function gunzip(data: Buffer, pageSize: number): Buffer | undefined {
  try {
    const page = inflateSync(data, { maxOutputLength: pageSize });
    return page.length === pageSize ? page : undefined;
  } catch {
    return undefined;
  }
}

/** Runs: 0, count, byte; 0 0 is a zero; every other byte is itself. */
function decodeRle(data: Buffer, pageSize: number): Buffer | undefined {
  const page = Buffer.alloc(pageSize);
  let out = 0;
  for (let at = 0; at < data.length; at++) {
    const isRun = data[at] === 0 && data[at + 1] !== 0;
    const count = isRun ? (data[at + 1] ?? 0) : 1;
    const value = isRun ? (data[at + 2] ?? 0) : data[at]!;
    if (out + count > pageSize) return undefined;
    page.fill(value, out, out + count);
    out += count;
    if (data[at] === 0) at += isRun ? 2 : 1;
  }
  return out === pageSize ? page : undefined;
}
