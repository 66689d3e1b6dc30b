import { findMatches } from './matches.ts';

/** A raw snappy block: literals of every length form and copies with 1, 2 and 4 byte offsets. */
export function snappyBlock(input: Buffer): Buffer {
  const out: number[] = [];
  for (let n = input.length; ; n >>>= 7) {
    out.push(n < 128 ? n : (n & 127) | 128);
    if (n < 128) break;
  }
  const chunks: Buffer[] = [Buffer.from(out)];
  let copies = 0;
  for (const { literals, length, distance } of findMatches(input, { minimum: 4, maxDistance: 65535, maxLength: 64 })) {
    if (literals.length > 0) chunks.push(literalTag(literals.length), literals);
    if (length === 0) continue;
    copies++;
    if (length <= 11 && distance < 2048) chunks.push(Buffer.from([1 | ((length - 4) << 2) | ((distance >> 8) << 5), distance & 255]));
    else if (copies % 5 === 0) chunks.push(Buffer.from([3 | ((length - 1) << 2), distance & 255, distance >> 8, 0, 0]));
    else chunks.push(Buffer.from([2 | ((length - 1) << 2), distance & 255, distance >> 8]));
  }
  return Buffer.concat(chunks);
}

function literalTag(n: number): Buffer {
  if (n <= 60) return Buffer.from([(n - 1) << 2]);
  if (n <= 256) return Buffer.from([60 << 2, n - 1]);
  return Buffer.from([61 << 2, (n - 1) & 255, (n - 1) >> 8]);
}

/** CRC-32C as the framing format masks it. */
function maskedCrc(data: Buffer): number {
  let crc = 0xffff_ffff;
  for (const byte of data) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  const c = ~crc >>> 0;
  return (((c >>> 15) | (c << 17)) + 0xa282_ead8) >>> 0;
}

/** The framing format (AVML): stream identifier, then compressed and, every third, stored chunks. */
export function snappyFrames(input: Buffer): Buffer {
  const chunks: Buffer[] = [Buffer.from([0xff, 6, 0, 0]), Buffer.from('sNaPpY')];
  for (let at = 0, i = 0; at < input.length; at += 65536, i++) {
    const piece = input.subarray(at, at + 65536);
    const body = i % 3 === 2 ? piece : snappyBlock(piece);
    const head = Buffer.alloc(8);
    head.writeUInt32LE((i % 3 === 2 ? 1 : 0) | ((body.length + 4) << 8), 0);
    head.writeUInt32LE(maskedCrc(piece), 4);
    chunks.push(head, body);
  }
  return Buffer.concat(chunks);
}
