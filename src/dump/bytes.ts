export type ByteOrder = 'little' | 'big';

/** Reads integers out of buffers in the byte order and word size of the machine that was dumped. */
export interface Reader {
  readonly order: ByteOrder;
  u16(b: Buffer, at: number): number;
  u32(b: Buffer, at: number): number;
  u64(b: Buffer, at: number): bigint;
  /** A u64 that is an offset, a size or a physical address; beyond 2^53 it comes out as Infinity, which no bound accepts. */
  size(b: Buffer, at: number): number;
}

/** Without a bigint, whose making takes most of the time of reading a table. */
const bounded = (high: number, low: number): number => (high > 0x1fffff ? Number.POSITIVE_INFINITY : high * 2 ** 32 + low);

const little: Reader = {
  order: 'little',
  u16: (b, at) => b.readUInt16LE(at),
  u32: (b, at) => b.readUInt32LE(at),
  u64: (b, at) => b.readBigUInt64LE(at),
  size: (b, at) => bounded(b.readUInt32LE(at + 4), b.readUInt32LE(at)),
};

const big: Reader = {
  order: 'big',
  u16: (b, at) => b.readUInt16BE(at),
  u32: (b, at) => b.readUInt32BE(at),
  u64: (b, at) => b.readBigUInt64BE(at),
  size: (b, at) => bounded(b.readUInt32BE(at), b.readUInt32BE(at + 4)),
};

export const readerFor = (order: ByteOrder): Reader => (order === 'little' ? little : big);
