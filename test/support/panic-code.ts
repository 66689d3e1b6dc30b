import { deflateSync } from 'node:zlib';

/** The digits of drm_panic_qr.rs 6.12 to 6.14: get_next_13b() and what SegmentIterator makes of it, overflow and all. */
function digitsOf13Bits(data: Buffer): string {
  let groups = '';
  let carry = 0;
  let carried = 0;
  const out = (value: number, width: number): void => {
    groups += String(value).padStart(width, '0');
  };
  for (let offset = 0; offset < data.length * 8; ) {
    const size = Math.min(13, data.length * 8 - offset);
    let bits = 0;
    for (let i = offset; i < offset + size; i++) bits = bits * 2 + (((data[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
    offset += size;
    const added = size === 1 ? 1 : Math.floor((size + 1) / 3);
    if (carried + added > 3) {
      const kept = carried + added - 3;
      out(carry * 10 ** (added - kept) + Math.floor(bits / 10 ** kept), 3);
      carry = bits % 10 ** kept;
      carried = kept;
    } else {
      out(carry * 10 ** added + bits, carried + added);
      carry = 0;
      carried = 0;
    }
    if (carried === 3) {
      out(carry, 3);
      carry = 0;
      carried = 0;
    }
  }
  if (carried > 0) out(carry, carried);
  return groups;
}

/** The digits since 6.15: 7 bytes, little-endian, in 17. */
function digitsOf7Bytes(data: Buffer): string {
  const widths = [0, 3, 5, 8, 10, 13, 15, 17];
  let digits = '';
  for (let at = 0; at < data.length; at += 7) {
    const group = data.subarray(at, at + 7);
    let value = 0n;
    for (let i = group.length - 1; i >= 0; i--) value = value * 256n + BigInt(group[i] ?? 0);
    digits += String(value).padStart(widths[group.length] ?? 0, '0');
  }
  return digits;
}

/** What the kernel's QR code says: compressed as drm_panic does, the digits as of that release. */
export function panicUrl(log: string, way: 'zl' | 'z', host = 'https://panic.archlinux.org/panic_report#'): string {
  const data = deflateSync(Buffer.from(log, 'latin1'), { level: 4, windowBits: 12, memLevel: 4 });
  const digits = way === 'zl' ? digitsOf13Bits(data) : digitsOf7Bytes(data);
  return `${host}?a=x86_64&v=${way === 'zl' ? '6.12.9-arch1-1' : '6.16.3'}&${way}=${digits}`;
}
