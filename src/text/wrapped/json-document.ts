import { LINE_LIMIT } from '../split-lines.ts';
import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** A document begins with a bracket that nothing else of a record follows on its line. */
const BEGINS = /^(?:\xef\xbb\xbf)?\s*[[{][ \t[{]*\r?\n\s*["{[]/;
/** Documents that have a form of their own: of journalctl, of dmesg. */
const OTHERS = /"__CURSOR"\s*:|"dmesg"\s*:/;
/** So many objects beside each other are the records. */
const SEVERAL = 3;

/** Reads the brackets of JSON, line after line. */
class Brackets {
  depth = 0;
  private quoted = false;

  /** @param on told of each object: at which depth it begins or has ended, and where */
  read(s: string, start: number, end: number, on: (depth: number, begins: boolean, at: number) => void): void {
    for (let i = start; i < end; i++) {
      const code = s.charCodeAt(i);
      if (code === 0x22) this.quoted = !this.quoted;
      else if (this.quoted) {
        if (code === 0x5c) i++;
      } else if (code === 0x7b) on(this.depth++, true, i);
      else if (code === 0x5b) this.depth++;
      else if (code === 0x7d) on(--this.depth, false, i);
      else if (code === 0x5d) this.depth--;
    }
    // no string goes over the end of a line
    this.quoted = false;
  }
}

/** The depth at which the records of a document stand: the outermost with several objects. */
function depthOf(head: string): number | undefined {
  const counts: number[] = [];
  const brackets = new Brackets();
  for (const line of head.split('\n')) {
    brackets.read(line, 0, line.length, (depth, begins) => {
      if (begins && depth >= 0) counts[depth] = (counts[depth] ?? 0) + 1;
    });
  }
  const depth = counts.findIndex((count) => count >= SEVERAL);
  return depth < 0 ? undefined : depth;
}

/** JSON printed over many lines, however deep its records stand: each becomes a line of its own. */
export const JSON_DOCUMENT: Wrapping = {
  fits: (head) => BEGINS.test(head) && !OTHERS.test(head) && depthOf(head) !== undefined,
  unwrap: (onLine, head) => new JsonDocument(onLine, depthOf(head) ?? 0),
};

class JsonDocument implements Unwrapping {
  readonly #onLine: OnLine;
  readonly #depth: number;
  readonly #brackets = new Brackets();
  #object: string[] = [];
  #length = 0;
  #lineNo = 0;

  constructor(onLine: OnLine, depth: number) {
    this.#onLine = onLine;
    this.#depth = depth;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    let from = this.#length > 0 ? start : -1;
    let isInside = from >= 0;
    this.#brackets.read(s, start, end, (depth, begins, at) => {
      if (depth !== this.#depth) return;
      if (begins) {
        from = at;
        isInside = true;
        this.#lineNo = lineNo;
      } else if (from >= 0) {
        this.#add(s.slice(from, at + 1));
        this.#give(' ');
        from = -1;
      }
    });
    if (from >= 0) this.#add(s.slice(from, end).trim());
    // beside the records: what the store says of them, or text behind a document
    else if (!isInside) this.#onLine(s, start, end, lineNo);
    // one that never ends is read line by line
    if (this.#length > LINE_LIMIT) this.#give('\n');
  }

  end(): void {
    this.#give('\n');
  }

  #add(text: string): void {
    this.#object.push(text);
    this.#length += text.length + 1;
  }

  #give(between: string): void {
    const lines = this.#object.join(between);
    this.#object = [];
    this.#length = 0;
    if (lines !== '') for (const each of lines.split('\n')) this.#onLine(each, 0, each.length, this.#lineNo);
  }
}
