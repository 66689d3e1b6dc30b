const utf8 = new TextDecoder('utf-8', { fatal: true });
const hasHighByte = /[\x80-\xff]/;

/** A byte string as people read it: UTF-8 where the bytes are UTF-8, else each byte as the latin1 character of that number. */
export function decodeText(bytes: string): string {
  if (!hasHighByte.test(bytes)) return bytes;
  try {
    return utf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}

const BEYOND_BYTES = /[^\x00-\xff]/;

/** Text of an event's string: byte strings are decoded; what is text already (a character beyond one byte shows it) stays. */
export const textOf = (value: string): string => (BEYOND_BYTES.test(value) ? value : decodeText(value));
