import { decodeSnappy } from './codec/snappy.ts';
import type { Dump } from './dump.ts';
import { Intervals } from './intervals.ts';
import { type PageState, worse } from './page-state.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';

const MAGIC = 0x4c4d5641;
const HEADER = 32;
/** Kind and length of a chunk, then the checksum of what it decodes to. */
const CHUNK_HEADER = 8;
const COMPRESSED = 0;
const STORED = 1;
/** 0x80 to 0xfd may be skipped, 0xfe is padding, 0xff names the stream. */
const SKIPPABLE = 0x80;
/** What a chunk of the framing format decodes to at most. */
const MAX_CHUNK = 65536;

/**
 * AVML version 2: LiME's range header with a magic of its own, the range in snappy's framing format (google/snappy
 * framing_format.txt), 8 bytes more. One pass over the chunk headers finds them; a chunk is decoded when it is read.
 */
export function openAvml(source: ByteSource): Dump {
  const { chunks, problem } = indexChunks(source);
  if (chunks.length === 0) throw new InputError({ file: source.name, sought: 'a range of an AVML image', found: problem ?? 'none' });
  const ranges = rangesOf(chunks);
  let kept: { readonly index: number; readonly bytes: Buffer | undefined } | undefined;
  const chunkAt = (index: number): Buffer | undefined => {
    if (kept?.index !== index) kept = { index, bytes: decodeChunk(source, chunks.offset(index), chunks.end(index) - chunks.start(index)) };
    return kept.bytes;
  };
  const held = (paddr: number): number | undefined => {
    const index = chunks.lastStartingBy(paddr);
    if (index >= 0 && paddr < chunks.end(index)) return paddr;
    return index + 1 < chunks.length ? chunks.start(index + 1) : undefined;
  };
  return {
    container: 'AVML v2',
    byteOrder: undefined,
    machine: undefined,
    blockSize: 4096,
    notes: [],
    vmcoreinfoText: undefined,
    ranges,
    segments: NO_SEGMENTS,
    details: { compression: 'snappy', incomplete: problem, warnings: [] },
    holds: (paddr) => held(paddr) === paddr,
    nextHeld: held,
    readPhysical(paddr, into) {
      let state: PageState = 'present';
      for (let at = paddr; at < paddr + into.length; ) {
        const index = chunks.lastStartingBy(at);
        const isHere = index >= 0 && at < chunks.end(index);
        const next = isHere ? chunks.end(index) : (held(at) ?? Number.POSITIVE_INFINITY);
        const part = into.subarray(at - paddr, Math.min(next, paddr + into.length) - paddr);
        const bytes = isHere ? chunkAt(index) : undefined;
        if (bytes) bytes.copy(part, 0, at - chunks.start(index));
        else {
          part.fill(0);
          state = worse(state, isHere ? 'damaged' : 'missing');
        }
        at += part.length;
      }
      return state;
    },
  };
}

/** Where each chunk's header is, by the physical addresses that it holds; and where the file ends too early. */
function indexChunks(source: ByteSource): { chunks: Intervals; problem: string | undefined } {
  const chunks = new Intervals();
  for (let at = 0; at < source.size; ) {
    const head = source.read(at, HEADER);
    if (head.length < HEADER || head.readUInt32LE(0) !== MAGIC || head.readUInt32LE(4) !== 2)
      return { chunks, problem: source.size - at <= 8 ? undefined : `no AVML header at offset ${at}` };
    const start = Number(head.readBigUInt64LE(8));
    const last = Number(head.readBigUInt64LE(16));
    // the last address is of the range, or the first behind it
    const size = last - start + (last % 4096 === 4095 ? 1 : 0);
    if (!(size > 0 && last < 2 ** 52)) return { chunks, problem: `a range that ends before it starts at offset ${at}` };
    at += HEADER;
    for (let done = 0; done < size; ) {
      const chunk = source.read(at, CHUNK_HEADER + 5);
      const length = chunk.length < 4 ? 0 : chunk.readUIntLE(1, 3);
      if (chunk.length < 4 || at + 4 + length > source.size) return { chunks, problem: `the file ends at ${source.size}, within a range` };
      const kind = chunk[0]!;
      if (kind === COMPRESSED || kind === STORED) {
        const bytes = kind === STORED ? length - 4 : varint(chunk.subarray(CHUNK_HEADER));
        if (!(bytes > 0 && bytes <= MAX_CHUNK)) return { chunks, problem: `a chunk of ${bytes} bytes at offset ${at}` };
        chunks.push(start + done, start + Math.min(done + bytes, size), at);
        done += bytes;
      } else if (kind < SKIPPABLE) return { chunks, problem: `an unknown chunk at offset ${at}` };
      at += 4 + length;
    }
    at += 8;
  }
  return { chunks, problem: undefined };
}

function varint(bytes: Buffer): number {
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    value += (bytes[i]! & 0x7f) * 2 ** (7 * i);
    if (bytes[i]! < 0x80) return value;
  }
  return Number.NaN;
}

function decodeChunk(source: ByteSource, at: number, size: number): Buffer | undefined {
  const head = source.read(at, 4);
  if (head.length < 4) return undefined;
  const body = source.read(at + CHUNK_HEADER, head.readUIntLE(1, 3) - 4);
  if (head[0] === STORED) return body.length >= size ? body : undefined;
  return decodeSnappy(body, varint(body.subarray(0, 5)));
}

function rangesOf(chunks: Intervals): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (let i = 0; i < chunks.length; i++) {
    const before = ranges.at(-1);
    if (before?.end === chunks.start(i)) before.end = chunks.end(i);
    else ranges.push({ start: chunks.start(i), end: chunks.end(i) });
  }
  return ranges;
}
