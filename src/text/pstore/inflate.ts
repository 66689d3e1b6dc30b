import * as zlib from 'node:zlib';

/** The largest dump that is believed; the kernel's kmsg_bytes is 10 KiB by default, ramoops records are RAM that was set aside. */
const OUTPUT_LIMIT = 64 << 20;
const OPTIONS = { maxOutputLength: OUTPUT_LIMIT, finishFlush: zlib.constants.Z_SYNC_FLUSH };

/** Node has it since 22.15. */
const zstd = (zlib as unknown as { readonly zstdDecompressSync?: (b: Buffer, o?: object) => Buffer }).zstdDecompressSync;

/**
 * A part as the kernel stored it when nothing there could decompress it: raw deflate (fs/pstore since 6.6, 1756ddea6916, and the crypto
 * API's deflate before), zlib (before 4.19), zstd (4.19–6.5). A stream that is cut gives what it holds. Undefined for lzo, lz4 and 842.
 */
export function inflatePart(bytes: Buffer): Buffer | undefined {
  for (const inflate of [zlib.inflateRawSync, zlib.inflateSync]) {
    const out = attempt(() => inflate(bytes, OPTIONS));
    if (out !== undefined && looksLikeLog(out)) return out;
  }
  return zstd === undefined ? undefined : attempt(() => zstd(bytes, { maxOutputLength: OUTPUT_LIMIT }));
}

/** Any bytes can be the beginning of a deflate stream: what comes out must be a log. */
const looksLikeLog = (out: Buffer): boolean => out.length > 0 && /[\w <[]/.test(out.toString('latin1', 0, 1)) && out.includes(10);

function attempt(inflate: () => Buffer): Buffer | undefined {
  try {
    return inflate();
  } catch {
    return undefined;
  }
}
