import { decodeText } from '../record/decode-text.ts';

const BEYOND_BYTES = /[^\x00-\xff]/;

/** Text of an event's string: byte strings are decoded, what is text already (a character beyond one byte tells) stays. */
export const textOf = (value: string): string => (BEYOND_BYTES.test(value) ? value : decodeText(value));
