import { unquoted } from '../repair/repair.ts';
import { isText } from '../sniff/is-text.ts';
import { LINE_LIMIT } from '../split-lines.ts';
import type { OnLine, Unwrapping, Wrapping } from '../wrapped/wrapping.ts';

const ENCODED = /^content-transfer-encoding:\s*base64\s*$/i;
const QUOTED = /^content-transfer-encoding:\s*quoted-printable\s*$/i;
const BOUNDARY = /^--[\w'()+,./:=?-]{1,70}$|^From \S+ /;
const BASE64 = /^[A-Za-z0-9+/]{2,}={0,2}$/;
/** One of them stands in the head of every mail that encodes anything, as mail programs write it. */
const HEADERS = ['MIME-Version:', 'Mime-Version:', 'Content-Transfer-Encoding:', 'content-transfer-encoding:'];

/** A mail, or a mailbox: only there are bodies looked for. */
export const MAIL: Wrapping = {
  fits: (head) => HEADERS.some((header) => head.includes(header)),
  unwrap: (onLine) => new EncodedBodies(onLine),
};

/**
 * Bodies in base64 (RFC 2045 6.8) of mails and mailboxes, read in place of their lines; what is no text stays as it is. A line that is read
 * has the number of the line of the mail that its end stands in.
 */
class EncodedBodies implements Unwrapping {
  readonly #onLine: OnLine;
  /** `no`: outside; `header`: the header said so and is not over; `body`: what comes is read. */
  #state: 'no' | 'header' | 'body' | 'skip' | 'quoted header' | 'quoted' = 'no';
  #begun = false;
  /** Characters that do not fill four, and bytes that do not fill a line. */
  #characters = '';
  #carry = '';

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    switch (this.#state) {
      case 'no':
        if (/c/i.test(s.charAt(start))) {
          if (ENCODED.test(s.slice(start, end))) this.#state = 'header';
          else if (QUOTED.test(s.slice(start, end))) this.#state = 'quoted header';
        }
        break;
      case 'quoted header':
        if (start >= end) this.#state = 'quoted';
        break;
      case 'quoted':
        if (this.#unquotes(s.slice(start, end), lineNo)) return;
        break;
      case 'header':
        if (start >= end) {
          this.#state = 'body';
          this.#begun = false;
        }
        break;
      case 'skip':
        if (start >= end) this.#state = 'no';
        break;
      default:
        if (this.#takes(s.slice(start, end).trim(), lineNo)) return;
    }
    this.#onLine(s, start, end, lineNo);
  }

  /** The rest of a body that the text ends in. */
  end(lineNo: number): void {
    if (this.#carry !== '') this.#give(this.#carry.slice(0, LINE_LIMIT), lineNo);
    this.#carry = '';
    this.#characters = '';
  }

  /** A line of quoted-printable (RFC 2045, 6.7): a `=` at its end is a break that was put in. @returns false: the body is over */
  #unquotes(line: string, lineNo: number): boolean {
    if (this.#carry === '' && BOUNDARY.test(line)) {
      this.#state = 'no';
      return false;
    }
    const isBroken = line.endsWith('=') && this.#carry.length < LINE_LIMIT;
    this.#carry += unquoted(isBroken ? line.slice(0, -1) : line.trimEnd());
    if (isBroken) return true;
    this.#give(this.#carry, lineNo);
    this.#carry = '';
    return true;
  }

  #takes(text: string, lineNo: number): boolean {
    if (text === '' && !this.#begun) return false;
    if (!BASE64.test(text)) {
      this.end(lineNo - 1);
      this.#state = 'no';
      return false;
    }
    const whole = this.#characters + text;
    const used = whole.length - (whole.length % 4);
    const bytes = Buffer.from(whole.slice(0, used), 'base64');
    if (!this.#begun && !isText(bytes)) {
      this.#state = 'skip';
      return false;
    }
    this.#begun = true;
    this.#characters = whole.slice(used);
    // only what is new is looked through: a line may go on for ever
    const [first = '', ...others] = bytes.toString('latin1').split('\n');
    if (this.#carry.length < LINE_LIMIT) this.#carry += first;
    for (const next of others) {
      this.#give(this.#carry.slice(0, LINE_LIMIT), lineNo);
      this.#carry = next;
    }
    return true;
  }

  #give(line: string, lineNo: number): void {
    const end = line.endsWith('\r') ? line.length - 1 : line.length;
    this.#onLine(line, 0, end, lineNo);
  }
}
