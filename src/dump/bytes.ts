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

const bounded = (v: bigint): number => (v > 0x1fffffffffffffn ? Number.POSITIVE_INFINITY : Number(v));

const little: Reader = {
  order: 'little',
  u16: (b, at) => b.readUInt16LE(at),
  u32: (b, at) => b.readUInt32LE(at),
  u64: (b, at) => b.readBigUInt64LE(at),
  size: (b, at) => bounded(b.readBigUInt64LE(at)),
};

const big: Reader = {
  order: 'big',
  u16: (b, at) => b.readUInt16BE(at),
  u32: (b, at) => b.readUInt32BE(at),
  u64: (b, at) => b.readBigUInt64BE(at),
  size: (b, at) => bounded(b.readBigUInt64BE(at)),
};

export const readerFor = (order: ByteOrder): Reader => (order === 'little' ? little : big);
