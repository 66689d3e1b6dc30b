import * as zlib from 'node:zlib';

type ZstdDecoder = (input: Buffer, size: number) => Buffer;

let decoder: ZstdDecoder | undefined;

/** Makes {@link decodeZstd} work; awaited once when a dump with zstd pages is opened, so that reading pages stays synchronous. */
export async function loadZstd(): Promise<void> {
  if (decoder) return;
  const native = (zlib as { zstdDecompressSync?: (b: Buffer, o: { maxOutputLength: number }) => Buffer }).zstdDecompressSync;
  if (native) {
    decoder = (input, size) => native(input, { maxOutputLength: size }); // node 22.15, 23.8
    return;
  }
  const { ZSTDDecoder } = await import('zstddec');
  const wasm = new ZSTDDecoder();
  await wasm.init();
  decoder = (input, size) => Buffer.from(wasm.decode(input, size));
}

/** @returns undefined where the frame is damaged, or {@link loadZstd} was not awaited */
export function decodeZstd(input: Buffer, size: number): Buffer | undefined {
  try {
    const output = decoder?.(input, size);
    return output?.length === size ? output : undefined;
  } catch {
    return undefined;
  }
}
