import { type Cursor, indexWithin } from '../prefix/cursor.ts';
import { levelOfWord, readDotted } from '../prefix/priority.ts';

const SEVERITY = new Set(['EMERG', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG']);
const KERNEL = 'kernel';
const NOBODY = '[0]';
const SPACE = 0x20;
const COLON = 0x3a;

/** Host and tag of one line, between its stamp and its text. */
export class TagReader {
  host = '';
  /** `kernel`, `systemd[1]`, `appd`; empty where the line has none. */
  tag = '';
  private readonly hostColumn: boolean;

  constructor(hostColumn: boolean) {
    this.hostColumn = hostColumn;
  }

  /** Moves the cursor to the text. */
  read(c: Cursor): void {
    this.host = '';
    this.tag = '';
    if (!this.kernel(c)) {
      const space = this.hostColumn ? indexWithin(c.s, SPACE, c.pos, Math.min(c.end, c.pos + 255)) : -1;
      if (space >= 0) {
        this.host = c.s.slice(c.pos, space);
        c.pos = space + 1;
        // ChromeOS prints a severity where others name a host
        const level = SEVERITY.has(this.host) ? levelOfWord(this.host) : undefined;
        if (level !== undefined) {
          c.level = level;
          this.host = '';
        }
      }
      // busybox syslogd: `host kern.info kernel: …`; logread has no host
      if (!readDotted(c) && space >= 0 && this.host.includes('.')) this.dottedHost(c, space);
      if (!this.kernel(c)) this.program(c);
    }
    c.skipSpace();
  }

  private kernel(c: Cursor): boolean {
    if (!c.s.startsWith(KERNEL, c.pos)) return false;
    let i = c.pos + KERNEL.length;
    // what writes a process id behind every tag writes 0 behind the kernel's
    if (c.s.startsWith(NOBODY, i)) i += NOBODY.length;
    if (i >= c.end || c.s.charCodeAt(i) !== COLON) return false;
    this.tag = 'kernel';
    c.pos = i + 1;
    return true;
  }

  /** What was taken for the host was `kern.info`. */
  private dottedHost(c: Cursor, space: number): void {
    const back = c.pos;
    c.pos = space - this.host.length;
    if (readDotted(c)) this.host = '';
    else c.pos = back;
  }

  private program(c: Cursor): void {
    // a tag has no space, but for unit names of with-unit
    for (let i = c.pos; i < c.end && i < c.pos + 160; i++) {
      if (c.s.charCodeAt(i) === COLON && (i + 1 === c.end || c.s.charCodeAt(i + 1) === SPACE)) {
        this.tag = c.s.slice(c.pos, i);
        c.pos = i + 1;
        return;
      }
      if (c.s.charCodeAt(i) === SPACE) return;
    }
  }
}

/** RFC 5424: `<4>1 2026-… host kernel - - - text`; the cursor stands behind the stamp. */
export function read5424(c: Cursor, tags: TagReader): boolean {
  const fields: string[] = [];
  let at = c.pos;
  for (let k = 0; k < 4; k++) {
    const space = indexWithin(c.s, SPACE, at, Math.min(c.end, at + 255));
    if (space < 0) return false;
    fields.push(c.s.slice(at, space));
    at = space + 1;
  }
  at = structuredDataEnd(c.s, at, c.end);
  if (at < 0) return false;
  tags.host = fields[0] ?? '';
  tags.tag = fields[1] === 'kernel' ? 'kernel' : `${fields[1]}[${fields[2]}]`;
  c.pos = at;
  c.skipSpace();
  if (c.s.startsWith('\xef\xbb\xbf', c.pos)) c.pos += 3;
  return true;
}

/** Behind `-` or `[id name="value"]…`, or -1. */
function structuredDataEnd(s: string, from: number, end: number): number {
  if (s.charCodeAt(from) === 0x2d) return from + 1;
  let quoted = false;
  for (let i = from; i < end; i++) {
    const code = s.charCodeAt(i);
    if (code === 0x5c && quoted) i++;
    else if (code === 0x22) quoted = !quoted;
    else if (code === 0x5d && !quoted && s.charCodeAt(i + 1) !== 0x5b) return i + 1;
  }
  return -1;
}
