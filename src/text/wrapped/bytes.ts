import { isText } from '../sniff/is-text.ts';
import { LINE_LIMIT } from '../split-lines.ts';
import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** Bytes of a line; undefined where it is none of the form. */
type Decode = (line: string) => Buffer | undefined;

const XXD = /^[\da-f]{7,16}: ([\da-f ]{2,160}?) {2}/i;
const CANONICAL = /^[\da-f]{7,16} {2}([\da-f ]{2,60})[|>]/i;
const hex: (pattern: RegExp) => Decode = (pattern) => (line) => {
  const digits = pattern.exec(line)?.[1];
  return digits === undefined ? undefined : Buffer.from(digits.replaceAll(' ', ''), 'hex');
};
const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

/** xxd; hexdump -C and od -tx1z; base64. */
const FORMS: readonly Decode[] = [hex(XXD), hex(CANONICAL), (line) => (BASE64.test(line) ? Buffer.from(line, 'base64') : undefined)];
/** Lines that are asked; all of them must be of the form, but for the last. */
const ASKED = 24;
const FEWEST = 3;

function formOf(head: string): Decode | undefined {
  const lines = head.split(/\r?\n/, ASKED + 1).filter((line) => line !== '');
  // the last may be cut, or no more than an address
  const whole = lines.slice(0, Math.max(1, lines.length - 1));
  if (whole.length < FEWEST) return undefined;
  return FORMS.find((decode) => {
    const bytes: Buffer[] = [];
    for (const line of whole) {
      const decoded = decode(line);
      if (decoded === undefined) return false;
      bytes.push(decoded);
    }
    return isText(Buffer.concat(bytes));
  });
}

/** The bytes of a text, written as digits. */
export const BYTES: Wrapping = {
  fits: (head) => /^[\dA-Za-z+/]{7}/.test(head) && formOf(head) !== undefined,
  unwrap: (onLine, head) => new Bytes(onLine, formOf(head)),
};

class Bytes implements Unwrapping {
  readonly #onLine: OnLine;
  readonly #decode: Decode | undefined;
  #carry = '';

  constructor(onLine: OnLine, decode: Decode | undefined) {
    this.#onLine = onLine;
    this.#decode = decode;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    const [first = '', ...others] = (this.#decode?.(s.slice(start, end))?.toString('latin1') ?? '').split('\n');
    if (this.#carry.length < LINE_LIMIT) this.#carry += first;
    for (const next of others) {
      this.#give(lineNo);
      this.#carry = next;
    }
  }

  end(lineNo: number): void {
    if (this.#carry !== '') this.#give(lineNo);
    this.#carry = '';
  }

  #give(lineNo: number): void {
    const line = this.#carry.replace(/\r$/, '');
    this.#onLine(line, 0, line.length, lineNo);
  }
}
