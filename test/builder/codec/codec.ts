import { deflateSync } from 'node:zlib';
import { lzo1x } from './lzo.ts';
import { snappyBlock } from './snappy.ts';
import { zstdByProgram, zstdFrame } from './zstd.ts';

/** How kdump-compressed files store a page; `zstd-program` asks the zstd program for real entropy-coded blocks. */
export type Codec = 'none' | 'zlib' | 'lzo' | 'snappy' | 'zstd' | 'zstd-program';

export const CODEC_FLAG: Readonly<Record<Codec, number>> = { none: 0, zlib: 1, lzo: 2, snappy: 4, zstd: 0x20, 'zstd-program': 0x20 };

/** The encoded page, or undefined where it would not get smaller: makedumpfile stores such a page as it is. */
export function encodePage(codec: Codec, page: Buffer): Buffer | undefined {
  const encoded = encode(codec, page);
  return encoded !== undefined && encoded.length < page.length ? encoded : undefined;
}

function encode(codec: Codec, page: Buffer): Buffer | undefined {
  switch (codec) {
    case 'none':
      return undefined;
    case 'zlib':
      return deflateSync(page, { level: 1 });
    case 'lzo':
      return lzo1x(page);
    case 'snappy':
      return snappyBlock(page);
    case 'zstd':
      return zstdFrame(page);
    case 'zstd-program':
      return zstdByProgram(page);
  }
}
