/** Beyond this share of bytes that no text has, a head is called binary. Consoles carry some: UART noise, broken UTF-8, escapes. */
const NOISE_LIMIT = 0.15;

/** What is looked at closely. */
const ODD = /[\0-\x06\x0e-\x1a\x1c\x1d\x1f\x7f-\xff]/;

/** True where bytes can be a text: few control characters that no terminal uses, few bytes that are not UTF-8. */
export function isText(head: Buffer): boolean {
  if (!ODD.test(head.toString('latin1'))) return true;
  let noise = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) continue;
    if (byte >= 0x80) {
      const more = sequenceLength(byte);
      let k = 1;
      while (k <= more && ((head[i + k] ?? 0) & 0xc0) === 0x80) k++;
      if (more > 0 && k > more) i += more;
      else noise++;
    } else if (!(byte >= 7 && byte <= 13) && byte !== 0x1b && byte !== 0x1e) noise++;
  }
  return noise <= head.length * NOISE_LIMIT;
}

/** Bytes that follow a UTF-8 lead byte; 0 where it leads nothing. */
const sequenceLength = (lead: number): number =>
  lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? (lead < 0xf0 ? 2 : 0) : lead >= 0xc2 ? 1 : 0;
