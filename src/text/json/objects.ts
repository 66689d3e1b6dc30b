/** Characters of one object that are kept. */
const OBJECT_LIMIT = 1 << 20;

/**
 * Finds the objects in lines of JSON: one a line, printed over many lines, separated by RS, `data: ` or commas, in an array, or in
 * dmesg's `{"dmesg": [ … ]}`. A text that begins in the middle of an object still gives what is left of it.
 */
export class JsonObjects {
  /** Objects that were too long or were no JSON. */
  broken = 0;
  private readonly onObject: (text: string, lineNo: number) => boolean;
  private depth = 0;
  private buffer = '';
  private lineNo = 0;
  private fresh = true;
  private tooLong = false;

  /** `onObject` says whether it could read what it was given. */
  constructor(onObject: (text: string, lineNo: number) => boolean) {
    this.onObject = onObject;
  }

  /** An object has begun and not ended. */
  get isOpen(): boolean {
    return this.depth > 0;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    if (this.depth === 0 && s.charCodeAt(start) === 0x7b && s.charCodeAt(end - 1) === 0x7d && end > start) {
      this.fresh = false;
      // an object a line is the rule; two on one line are not JSON together and go the slow way
      if (this.onObject(s.slice(start, end), lineNo)) return;
    }
    this.scan(s, start, end, lineNo);
  }

  /** What stands at the end without its brace. */
  end(): void {
    if (this.depth > 0 && this.buffer.length > 1) {
      const text = this.buffer.replace(/ $/, ''); // what joined its last line to one that never came
      const cut = text.lastIndexOf(',');
      const tries = [`${text}}`, `${text}"}`, cut > 0 ? `${text.slice(0, cut)}}` : ''];
      if (!tries.some((each) => each !== '' && this.onObject(each, this.lineNo))) this.broken++;
    }
    this.depth = 0;
    this.buffer = '';
  }

  private scan(s: string, start: number, end: number, lineNo: number): void {
    let from = start;
    let quoted = false;
    if (this.fresh && end > start) {
      this.fresh = false;
      if (/^\s*"/.test(s.slice(start, Math.min(end, start + 80)))) this.open(lineNo, '{');
    }
    for (let i = start; i < end; i++) {
      const code = s.charCodeAt(i);
      if (code === 0x5c && quoted) i++;
      else if (code === 0x22) quoted = !quoted;
      else if (quoted) continue;
      else if (code === 0x7b) {
        if (this.depth === 0) {
          this.open(lineNo, '');
          from = i;
        } else this.depth++;
      } else if (code === 0x7d && this.depth > 0) {
        this.depth--;
        if (this.depth > 0) continue;
        this.add(s.slice(from, i + 1));
        this.close();
      } else if (
        code === 0x5b &&
        this.depth === 1 &&
        this.buffer.length + i - from < 40 &&
        /^\{\s*"dmesg"\s*:\s*$/.test(this.buffer + s.slice(from, i))
      ) {
        this.depth = 0;
        this.buffer = '';
      }
    }
    if (this.depth > 0) this.add(`${s.slice(from, end)} `);
  }

  private open(lineNo: number, text: string): void {
    this.depth = 1;
    this.buffer = text;
    this.lineNo = lineNo;
    this.tooLong = false;
  }

  private add(text: string): void {
    if (this.buffer.length + text.length > OBJECT_LIMIT) this.tooLong = true;
    else this.buffer += text;
  }

  private close(): void {
    if (this.tooLong || !this.onObject(this.buffer, this.lineNo)) this.broken++;
    this.buffer = '';
  }
}
