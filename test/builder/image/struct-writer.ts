export type Order = 'little' | 'big';

/** What decides how a C structure looks in memory. */
export interface Shape {
  readonly order: Order;
  /** sizeof(unsigned long). */
  readonly wordSize: 4 | 8;
  /** Alignment of a u64 inside a structure: 4 on i386, 8 everywhere else. */
  readonly u64Align: 4 | 8;
}

/** Fills one structure in the byte order and word size of the machine. */
export class StructWriter {
  readonly bytes: Buffer;

  constructor(
    readonly shape: Shape,
    size: number,
  ) {
    this.bytes = Buffer.alloc(size);
  }

  u8(at: number, v: number): this {
    this.bytes.writeUInt8(v & 0xff, at);
    return this;
  }

  u16(at: number, v: number): this {
    if (this.shape.order === 'little') this.bytes.writeUInt16LE(v & 0xffff, at);
    else this.bytes.writeUInt16BE(v & 0xffff, at);
    return this;
  }

  u32(at: number, v: number): this {
    if (this.shape.order === 'little') this.bytes.writeUInt32LE(v >>> 0, at);
    else this.bytes.writeUInt32BE(v >>> 0, at);
    return this;
  }

  u64(at: number, v: bigint | number): this {
    const value = BigInt.asUintN(64, BigInt(v));
    if (this.shape.order === 'little') this.bytes.writeBigUInt64LE(value, at);
    else this.bytes.writeBigUInt64BE(value, at);
    return this;
  }

  /** An unsigned long or a pointer. */
  word(at: number, v: bigint | number): this {
    return this.shape.wordSize === 8 ? this.u64(at, v) : this.u32(at, Number(BigInt.asUintN(32, BigInt(v))));
  }

  /** A char array: cut at `size`, without a NUL when it fills it. */
  text(at: number, value: string | Buffer, size: number): this {
    Buffer.from(value).copy(this.bytes, at, 0, size);
    return this;
  }
}

export const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;
