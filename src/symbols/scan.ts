import type { KnownMemory } from '../memory/known.ts';
import type { Vmcoreinfo } from '../memory/vmcoreinfo.ts';
import type { KallsymsTables } from './kallsyms.ts';
import { Names } from './names.ts';
import { type Tokens, tokensOf } from './tokens.ts';

/** The tables lie in read-only data behind the text, 15 MiB above _stext in Debian's 5.10. */
const REACH = 48 << 20;
const CHUNK = 1 << 20;
/** Behind the image nothing is mapped for long. */
const MAX_GAP = 4 << 20;
/** Tokens of one character stand in the order of ASCII: the digits follow each other. */
const DIGITS = Buffer.from([...'0123456789'].map((digit) => `${digit}\0`).join(''), 'latin1');
const DIGIT_TOKEN = '0'.charCodeAt(0);
const TOKENS = 256;
/** The names lie this far before their tokens at most. */
const MAX_NAMES = 8 << 20;

/**
 * Searches the kernel's image for kallsyms, which VMCOREINFO names since 6.0 only: a token table whose index repeats its offsets, and
 * before it a count that so many names follow, as the markers behind them confirm.
 * @returns a reason where there is none
 */
export function scanForKallsyms(memory: KnownMemory, info: Vmcoreinfo): KallsymsTables | string {
  const stext = info.symbol('_stext');
  if (stext === undefined) return 'VMCOREINFO has no _stext to search kallsyms from';
  const start = stext - (stext % BigInt(memory.pageSize));
  let image = Buffer.alloc(0);
  let searched = 0;
  let gap = 0;
  while (image.length < REACH && gap < MAX_GAP) {
    const chunk = chunkAt(memory, start + BigInt(image.length));
    gap = chunk.held === 0 ? gap + CHUNK : 0;
    image = Buffer.concat([image, chunk.bytes]);
    // a hit is judged when what lies behind it has been read
    for (let at = image.indexOf(DIGITS, searched); at >= 0 && at < image.length - CHUNK / 2; at = image.indexOf(DIGITS, at + 1)) {
      const found = tablesAround(memory, image, at, start);
      if (found) return found;
    }
    searched = Math.max(0, image.length - CHUNK / 2);
  }
  return 'kallsyms is not in the dump: the kernel was built without CONFIG_KALLSYMS, or its read-only data was left out';
}

function chunkAt(memory: KnownMemory, address: bigint): { readonly bytes: Buffer; readonly held: number } {
  const bytes = Buffer.alloc(CHUNK);
  let held = 0;
  for (let at = 0; at < CHUNK; ) {
    const part = memory.table(address + BigInt(at), CHUNK - at);
    part.copy(bytes, at);
    held += part.length;
    at += Math.floor(part.length / memory.pageSize) * memory.pageSize + (part.length === CHUNK - at ? part.length : memory.pageSize);
  }
  return { bytes, held };
}

function tablesAround(memory: KnownMemory, image: Buffer, digits: number, start: bigint): KallsymsTables | undefined {
  const { wordSize } = memory;
  const walked = startOfTable(image, digits);
  if (walked === undefined) return undefined;
  // what stands before the first token is the end of a marker, whose last byte need not be 0: the table begins at a word
  const firstEnd = image.indexOf(0, walked);
  for (let table = walked - (walked % wordSize); table <= firstEnd; table += wordSize) {
    const found = table < 0 ? undefined : tablesAt(memory, image, table, start);
    if (found) return found;
  }
  return undefined;
}

function tablesAt(memory: KnownMemory, image: Buffer, table: number, start: bigint): KallsymsTables | undefined {
  const offsets: number[] = [];
  let at = table;
  for (let i = 0; i < TOKENS; i++) {
    offsets.push(at - table);
    const end = image.indexOf(0, at);
    if (end < 0 || end - at > 128) return undefined;
    at = end + 1;
  }
  const index = indexBehind(memory, image, at, offsets);
  if (index === undefined) return undefined;
  const found = namesBefore(memory, image, table, tokensOf(image.subarray(table, at), offsets));
  if (!found) return undefined;
  const address = (within: number): bigint => start + BigInt(within);
  const { wordSize } = memory;
  const base = memory.word(address(found.countAt - wordSize));
  return {
    from: 'scan',
    count: found.count,
    names: address(found.names),
    tokenTable: address(table),
    tokenIndex: address(index),
    // up to 6.3: offsets, base, count, names; or addresses, count, names
    offsets: address(found.countAt - wordSize - Math.ceil((4 * found.count) / wordSize) * wordSize),
    relativeBase: base,
    addresses: address(found.countAt - wordSize * found.count),
  };
}

/** As many strings before the digits as there are characters before '0'. */
function startOfTable(image: Buffer, digits: number): number | undefined {
  let at = digits;
  for (let i = 0; i < DIGIT_TOKEN; i++) {
    if (at < 2) return undefined;
    at = image.lastIndexOf(0, at - 2) + 1;
  }
  return digits - at < 4096 ? at : undefined;
}

function indexBehind({ reader }: KnownMemory, image: Buffer, end: number, offsets: readonly number[]): number | undefined {
  for (let at = end + (end & 1); at < end + 64 && at + 2 * TOKENS <= image.length; at += 2) {
    if (offsets.every((offset, i) => reader.u16(image, at + 2 * i) === offset)) return at;
  }
  return undefined;
}

interface Found {
  readonly count: number;
  readonly countAt: number;
  readonly names: number;
}

/** From the tokens backwards: a number that so many names follow. */
function namesBefore(memory: KnownMemory, image: Buffer, table: number, tokens: Tokens): Found | undefined {
  const { reader, wordSize } = memory;
  for (let countAt = (table & ~3) - 4; countAt > Math.max(0, table - MAX_NAMES); countAt -= 4) {
    const count = reader.u32(image, countAt);
    if (count < 1000 || count > 2_000_000 || 2 * count > table - countAt) continue;
    for (const names of new Set([countAt + wordSize, countAt + 4])) {
      if (beginsLikeNames(image, names, tokens) && markersFollow(image, { count, names, table, tokens }, memory))
        return { count, countAt, names };
    }
  }
  return undefined;
}

/** Type letters, and characters of symbols: what is no table of names fails within a few. */
function beginsLikeNames(image: Buffer, at: number, { texts }: Tokens): boolean {
  for (let i = 0; i < 32; i++) {
    const length = image[at]!;
    if (length === 0 || length > 0x7f) return false;
    let text = '';
    for (let k = 1; k <= length; k++) text += texts[image[at + k] ?? 0];
    if (!/^[A-Za-z][\w.$]+$/.test(text)) return false;
    at += 1 + length;
  }
  return true;
}

/** kallsyms_markers: where every 256th name starts; unsigned long before 4.20 (80ffbaa5b1bd). */
function markersFollow(
  image: Buffer,
  { count, names, table, tokens }: Omit<Found, 'countAt'> & { readonly table: number; readonly tokens: Tokens },
  { reader, wordSize }: KnownMemory,
): boolean {
  const u32 = (at: number): number => reader.u32(image, at);
  const bytes = image.subarray(names, table);
  for (const rule of ['byte', 'uleb'] as const) {
    const walked = new Names(bytes, tokens, count, rule);
    if (walked.count !== count) continue;
    const second = walked.startOf(256);
    // tables are aligned to words, whatever the size of their entries
    const at = Math.ceil((names + walked.end) / wordSize) * wordSize;
    for (const size of [4, 8]) {
      const low = at + size + (size === 8 && u32(at + size) === 0 ? 4 : 0);
      if (low + 4 <= image.length && u32(at) === 0 && u32(low) === second) return true;
    }
  }
  return false;
}
