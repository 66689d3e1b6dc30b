import type { ByteOrder } from '../dump/bytes.ts';
import type { Dump } from '../dump/dump.ts';
import { logGeneration, Vmcoreinfo } from './vmcoreinfo.ts';

/** A VMCOREINFO text and where it stood. */
export interface Candidate {
  readonly info: Vmcoreinfo;
  readonly source: 'note' | 'sub header' | 'lowcore' | 'memory';
  /** Physical address, where it was found in memory. */
  readonly paddr?: number | undefined;
  /** Known where the note's header in memory gave it away. */
  readonly order?: ByteOrder | undefined;
}

/** Read at once; the largest page that a kernel writes VMCOREINFO into is 64 KiB. */
const CHUNK = 1 << 20;
const MAX_TEXT = 1 << 16;
const PAGE = 4096;
const DATA = Buffer.from('OSRELEASE=', 'latin1');
const NOTE_NAME = Buffer.from('VMCOREINFO\0', 'latin1');
/** sizeof("VMCOREINFO"), the first word of the note's header. */
const NAME_SIZE = 11;
/** Identical copies are normal (note and data page); many different ones are not. */
const MAX_CANDIDATES = 64;

export function parseCandidate(text: string): Vmcoreinfo | undefined {
  const info = new Vmcoreinfo(text);
  return info.release && info.pageSize && logGeneration(info) ? info : undefined;
}

/**
 * Searches all memory for the kernel's own copies of VMCOREINFO. Since 4.13 both copies, data and note, begin a page: one look at
 * the start of each. Only where that finds nothing, every byte is looked at, since older kernels keep them in .bss.
 */
export function* scanForVmcoreinfo(dump: Dump): Generator<Candidate> {
  const seen = new Set<string>();
  let found = 0;
  for (const places of [pageStarts, anyPlaces]) {
    for (const place of places(dump)) {
      const candidate = candidateAt(dump, place);
      if (!candidate || seen.has(candidate.info.text)) continue;
      seen.add(candidate.info.text);
      found++;
      yield candidate;
      if (found === MAX_CANDIDATES) return;
    }
    if (found > 0) return;
  }
}

/** What of memory is in the file, in pieces of a MiB or so that later ones overwrite. */
export function* chunksOfMemory(dump: Dump): Generator<{ bytes: Buffer; paddr: number }> {
  const buffer = Buffer.allocUnsafe(Math.max(CHUNK, dump.blockSize));
  for (const { start, end } of dump.ranges) {
    for (let at = dump.nextHeld(start); at !== undefined && at < end; at = dump.nextHeld(at)) {
      // as many held blocks as fit, so that one read serves many pages
      let stop = at + dump.blockSize - (at % dump.blockSize);
      while (stop < end && stop + dump.blockSize - at <= buffer.length && dump.holds(stop)) stop += dump.blockSize;
      stop = Math.min(stop, end);
      const bytes = buffer.subarray(0, stop - at);
      dump.readPhysical(at, bytes);
      yield { bytes, paddr: at };
      at = stop;
    }
  }
}

/** Where something in memory may begin: a byte of the text, or of the note's header before it. */
interface Place {
  readonly paddr: number;
  readonly isNote: boolean;
  /** The first byte that stands there. */
  readonly first: number | undefined;
}

function* pageStarts(dump: Dump): Generator<Place> {
  if (dump.starts) {
    for (const { bytes, paddr } of dump.starts()) if (isStart(bytes, 0)) yield placeAt(bytes, 0, paddr);
    return;
  }
  for (const { bytes, paddr } of chunksOfMemory(dump))
    for (let at = 0; at + PAGE <= bytes.length; at += PAGE) if (isStart(bytes, at)) yield placeAt(bytes, at, paddr + at);
}

function isStart(bytes: Buffer, at: number): boolean {
  const first = bytes[at];
  return first === DATA[0] ? startsWith(bytes, at, DATA) : (first === NAME_SIZE || first === 0) && startsWith(bytes, at + 12, NOTE_NAME);
}

function* anyPlaces(dump: Dump): Generator<Place> {
  for (const { bytes, paddr } of chunksOfMemory(dump)) {
    for (let at = bytes.indexOf(DATA); at >= 0; at = bytes.indexOf(DATA, at + 1)) {
      const note = at - 24;
      const begin = note >= 0 && startsWith(bytes, note + 12, NOTE_NAME) ? note : at;
      yield placeAt(bytes, begin, paddr + begin);
    }
  }
}

const placeAt = (bytes: Buffer, at: number, paddr: number): Place => ({ paddr, isNote: bytes[at] !== DATA[0], first: bytes[at] });

const startsWith = (bytes: Buffer, at: number, what: Buffer): boolean => bytes.subarray(at, at + what.length).equals(what);

function candidateAt(dump: Dump, { paddr, isNote, first }: Place): Candidate | undefined {
  const info = parseCandidate(textAt(dump, isNote ? paddr + 24 : paddr));
  return info && { info, source: 'memory', paddr, order: isNote ? (first === NAME_SIZE ? 'little' : 'big') : undefined };
}

/** The text at a physical address, to its first NUL. */
export function textAt(dump: Dump, paddr: number): string {
  const bytes = Buffer.alloc(MAX_TEXT);
  dump.readPhysical(paddr, bytes);
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
}
