import type { Dump } from './dump.ts';
import { type Interval, Intervals } from './intervals.ts';
import { SegmentedMemory } from './segmented.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';

const LIME_MAGIC = 0x4c694d45;
const LIME_HEADER = 32;
const MAX_LIME_RANGES = 1 << 16;

function segmentedDump(container: string, source: ByteSource, stored: readonly Interval[], facts: Partial<Dump> = {}): Dump {
  const memory = new SegmentedMemory(source, Intervals.of(stored));
  return {
    container,
    byteOrder: undefined,
    machine: undefined,
    blockSize: 4096,
    notes: [],
    vmcoreinfoText: undefined,
    ranges: memory.ranges,
    segments: NO_SEGMENTS,
    readPhysical: (paddr, into) => memory.read(paddr, into),
    holds: (paddr) => memory.holds(paddr),
    nextHeld: (paddr) => memory.nextHeld(paddr),
    ...facts,
    details: { compression: 'none', warnings: [], ...facts.details },
  };
}

/** LiME: ranges of memory, each behind a header {magic, version 1, first address, last address (inclusive), reserved}. */
export function openLime(source: ByteSource): Dump {
  const ranges: Interval[] = [];
  const warnings: string[] = [];
  let at = 0;
  while (at + LIME_HEADER <= source.size && ranges.length < MAX_LIME_RANGES) {
    const head = source.read(at, LIME_HEADER);
    const start = Number(head.readBigUInt64LE(8));
    const end = Number(head.readBigUInt64LE(16)) + 1;
    if (head.readUInt32LE(0) !== LIME_MAGIC || head.readUInt32LE(4) !== 1 || end <= start || end > 2 ** 52) {
      warnings.push(`no LiME header at offset ${at}: what follows was not read`);
      break;
    }
    ranges.push({ start, end, offset: at + LIME_HEADER });
    at += LIME_HEADER + (end - start);
  }
  if (ranges.length === 0)
    throw new InputError({ file: source.name, sought: 'a LiME range header', found: 'a range that ends before it starts', offset: 0 });
  return segmentedDump('LiME', source, ranges, {
    details: {
      compression: 'none',
      warnings,
      incomplete: at > source.size ? `the file ends at ${source.size}, its ranges at ${at}` : undefined,
    },
  });
}

/**
 * A raw image of RAM (pmemsave, memory-backend-file, .vmem, SoC ramdumps): offset = physical address, until who knows the kernel
 * finds that its memory lies elsewhere.
 */
export function openRaw(source: ByteSource): Dump {
  return {
    ...segmentedDump('raw memory image', source, [{ start: 0, end: source.size, offset: 0 }]),
    movedBy(bytes, from) {
      const stored = [
        { start: 0, end: from, offset: 0 },
        { start: from + bytes, end: source.size + bytes, offset: from },
      ];
      const where = from === 0 ? `from ${hex(bytes)}` : `without the hole ${hex(from)}–${hex(from + bytes)}`;
      return segmentedDump(
        `raw memory image, ${where}`,
        source,
        stored.filter(({ start, end }) => end > start),
      );
    },
  };
}

/** Raw memory in pieces, each at an address that somebody knows: the files of a SoC's ramdump. */
export function openPieces(pieces: readonly { readonly source: ByteSource; readonly at: number }[]): Dump {
  const source = joined(pieces.map((p) => p.source));
  const stored: Interval[] = [];
  for (const { source: piece, at } of pieces) {
    const before = stored.at(-1);
    stored.push({ start: at, end: at + piece.size, offset: before ? before.offset + before.end - before.start : 0 });
  }
  const where = stored.map(({ start, end }) => `${hex(start)}–${hex(end)}`).join(', ');
  return segmentedDump(`raw memory image at ${where}`, source, stored);
}

/** Sources one behind the other. */
function joined(sources: readonly ByteSource[]): ByteSource {
  const read = (offset: number, length: number): Buffer => {
    const parts: Buffer[] = [];
    let start = 0;
    for (const source of sources) {
      const from = Math.max(offset, start) - start;
      const take = Math.min(offset + length, start + source.size) - (start + from);
      if (take > 0) parts.push(source.read(from, take));
      start += source.size;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  };
  return { name: sources.map((s) => s.name).join(', '), size: sources.reduce((sum, s) => sum + s.size, 0), read };
}

const hex = (n: number): string => `0x${n.toString(16)}`;

const S390_HEADER_SIZE = 4096;

/** The s390 stand-alone dump of zipl and of the HMC: header, memory from address 0, end marker (formats.md 1.5). Big endian. */
export function openS390(source: ByteSource): Dump {
  const head = source.read(0, S390_HEADER_SIZE);
  if (head.length < 128)
    throw new InputError({ file: source.name, sought: 'an s390 dump header', found: `a file of ${head.length} bytes`, offset: 0 });
  const headerSize = head.readUInt32BE(12);
  const memory = Number(head.readBigUInt64BE(24));
  const start = Number(head.readBigUInt64BE(32));
  const arch = head.readUInt32BE(72);
  const at = headerSize >= 256 && headerSize < 1 << 24 ? headerSize : S390_HEADER_SIZE;
  const size = memory > 0 && memory < 2 ** 52 ? memory : source.size - at;
  const marker = source.read(at + size, 8).toString('latin1');
  return segmentedDump('s390 stand-alone dump', source, [{ start: start < 2 ** 52 ? start : 0, end: start + size, offset: at }], {
    byteOrder: 'big',
    machine: arch === 1 ? undefined : 's390x',
    details: {
      compression: 'none',
      incomplete: marker === 'DUMP_END' ? undefined : `no end marker at ${at + size}, the file ends at ${source.size}`,
      warnings: arch === 1 ? ['the header says 31-bit'] : [],
    },
  });
}
