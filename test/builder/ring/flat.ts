import { StructWriter } from '../image/struct-writer.ts';
import { hex, since } from '../machine/machine.ts';
import type { PrintkCall } from './printk-call.ts';
import type { BuiltRing, RingSite } from './ring.ts';

/** Kernels before 3.5: one ring of characters, the syslog stream as it is. */
export interface FlatOptions {
  readonly kind: 'flat';
  readonly calls: readonly PrintkCall[];
  /** Power of two. */
  readonly size?: number;
}

export function buildFlat(site: RingSite, options: FlatOptions): BuiltRing {
  const size = options.size ?? 4096;
  const { shape } = site;
  let ts = 0n;
  const stream = Buffer.concat(
    options.calls.map((call) => {
      ts = call.tsNsec ?? ts + 1_000_000n;
      const stamp = `${String(ts / 1_000_000_000n).padStart(5)}.${String((ts % 1_000_000_000n) / 1000n).padStart(6, '0')}`;
      const prefix = call.cont ? '' : `<${((call.facility ?? 0) << 3) | (call.level ?? 6)}>[${stamp}] `;
      return Buffer.concat([Buffer.from(prefix), Buffer.from(call.text), Buffer.from(call.newline === false ? '' : '\n')]);
    }),
  );
  const ring = Buffer.alloc(size);
  for (let at = 0; at < stream.length; at++) ring[at & (size - 1)] = stream[at]!;

  const w = shape.wordSize;
  const buffer = site.buffers.allocate(size, 64);
  site.write(buffer, ring);
  const variable = (bytes: number, value: bigint | number): bigint => {
    const at = site.image.allocate(8);
    const s = new StructWriter(shape, 8);
    site.write(at, (bytes === 4 ? s.u32(0, Number(value)) : s.word(0, value)).bytes);
    return at;
  };
  const pointer = variable(w, buffer);
  // unsigned long before 2.6.25.
  const longEnd = site.release.startsWith('2.6.24') || !since(site.release, 2, 6);
  const end = variable(longEnd ? w : 4, stream.length);
  const length = variable(4, size);
  const logged = variable(4, Math.min(stream.length, size));
  return {
    vmcoreinfo: [
      `SYMBOL(log_buf)=${hex(pointer)}`,
      `SYMBOL(log_end)=${hex(end)}`,
      `SYMBOL(log_buf_len)=${hex(length)}`,
      `SYMBOL(logged_chars)=${hex(logged)}`,
    ],
    expected: { records: [], lost: [], fail: 0, flat: stream.subarray(Math.max(0, stream.length - size)) },
    places: { logBuf: buffer, logBufPointer: pointer, logEnd: end, logBufLen: length },
  };
}
