import { readerFor } from './bytes.ts';
import type { Dump } from './dump.ts';
import { KdumpBitmap } from './kdump-bitmap.ts';
import { copyPages } from './paged.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';

/** Offsets in the partition's header, and in the dump's, which begins a block later (formats.md 1.6). All little endian. */
const PARTITION = { diskSet: 152, magic: 168 } as const;
const HEADER = { version: 8, time: 16, block: 40, sub: 48, bitmap: 52, dumpable: 56, maxMapnr: 60, cpus: 80, maxMapnr64: 88 } as const;
const MAX_BLOCK = 1 << 20;

const { u16, u32, size } = readerFor('little');

/**
 * A dump by the firmware of Fujitsu's PRIMEQUEST, in a partition of its own: headers, a bitmap of RAM and one of what was stored, the
 * pages as they are in the order of their bits. x86 only; it says nothing of the kernel.
 * @throws InputError where it is a part of a disk set, or its headers do not fit
 */
export function openSadump(source: ByteSource): Dump {
  const blockSize = blockSizeOf(source);
  const head = source.read(blockSize, 128);
  const fail = (sought: string, found: string, offset: number, hint?: string): never => {
    throw new InputError({ file: source.name, sought, found, offset, hint });
  };
  const diskSet = u32(source.read(0, blockSize), PARTITION.diskSet);
  if (diskSet !== 0)
    fail(
      'a sadump in a single partition',
      `member ${diskSet} of a disk set`,
      PARTITION.diskSet,
      'makedumpfile and crash join them, with the kernel’s vmlinux and its debuginfo',
    );
  if (head.length < 128 || head.toString('latin1', 0, 8) !== 'sadump\0\0') fail('the header of a sadump', 'something else', blockSize);
  if (u32(head, HEADER.block) !== blockSize) fail(`a block size of ${blockSize}`, `${u32(head, HEADER.block)}`, blockSize + HEADER.block);
  const bitmapAt = (2 + u32(head, HEADER.sub)) * blockSize;
  const dumpableAt = bitmapAt + u32(head, HEADER.bitmap) * blockSize;
  const dataAt = dumpableAt + u32(head, HEADER.dumpable) * blockSize;
  const claimed = u32(head, HEADER.version) >= 1 ? size(head, HEADER.maxMapnr64) : u32(head, HEADER.maxMapnr);
  const bitsAt = (from: number, to: number): number => Math.min(claimed, Math.max(0, Math.min(to, source.size) - from) * 8);
  const bits = bitsAt(dumpableAt, dataAt);
  const ram = new KdumpBitmap(msbFirst(source), bitmapAt, bitsAt(bitmapAt, dumpableAt));
  const stored = new KdumpBitmap(msbFirst(source), dumpableAt, bits);
  const end = bits === 0 ? dataAt : dataAt + stored.rank(bits) * blockSize;
  const next = (paddr: number): number | undefined => {
    const frame = stored.next(Math.floor(paddr / blockSize));
    return frame === undefined ? undefined : Math.max(paddr, frame * blockSize);
  };
  return {
    container: `sadump v${u32(head, HEADER.version)}`,
    byteOrder: 'little',
    machine: undefined,
    blockSize,
    notes: [],
    vmcoreinfoText: undefined,
    ranges: bits > 0 ? [{ start: 0, end: bits * blockSize }] : [],
    segments: NO_SEGMENTS,
    details: {
      compression: 'none',
      incomplete: end > source.size ? `the file ends at ${source.size}, its last page at ${end}` : undefined,
      timestamp: efiTime(head, HEADER.time),
      cpus: u32(head, HEADER.cpus) || undefined,
      warnings: bits < claimed ? [`the bitmap ends at page frame ${bits} of ${claimed}`] : [],
    },
    holds: (paddr) => stored.has(Math.floor(paddr / blockSize)),
    nextHeld: next,
    readPhysical: (paddr, into) =>
      copyPages(paddr, into, blockSize, (frame) => {
        if (!stored.has(frame)) return ram.has(frame) ? 'excluded' : 'missing';
        const page = source.read(dataAt + stored.rank(frame) * blockSize, blockSize);
        return page.length === blockSize ? page : 'missing';
      }),
  };
}

/** The rest of the first block is a sequence, each number made of the one before: where it stops is the block's end. */
function blockSizeOf(source: ByteSource): number {
  const bytes = source.read(0, MAX_BLOCK + 4);
  let at: number = PARTITION.magic;
  while (at + 8 <= bytes.length && u32(bytes, at + 4) === Math.imul(u32(bytes, at) + 7, 11) >>> 0) at += 4;
  const end = at + 4;
  if (end >= 512 && (end & (end - 1)) === 0 && end <= MAX_BLOCK) return end;
  throw new InputError({
    file: source.name,
    sought: 'the sequence that fills the first block of a sadump',
    found: `its end at ${end}`,
    offset: end,
  });
}

/** Seconds since 1970 of an EFI_TIME: year u16, then month, day, hour, minute, second; undefined where it is none. */
function efiTime(head: Buffer, at: number): number | undefined {
  const [month, day, hour, minute, second] = head.subarray(at + 2, at + 7);
  const time = Date.UTC(u16(head, at), month! - 1, day, hour, minute, second) / 1000;
  return u16(head, at) >= 1990 && month! >= 1 && month! <= 12 && day! >= 1 ? time : undefined;
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
);

/** The same bytes with their bits the other way round: sadump's bitmaps begin with the highest bit. */
const msbFirst = (source: ByteSource): ByteSource => ({
  name: source.name,
  size: source.size,
  read: (offset, length) => Buffer.from(source.read(offset, length)).map((byte) => REVERSED[byte]!) as Buffer,
});
