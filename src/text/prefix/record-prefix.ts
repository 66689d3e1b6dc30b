import type { Layout } from '../sniff/layout.ts';
import { behindTime } from './behind-time.ts';
import { type Cursor, isDigit } from './cursor.ts';
import { deltaBehind, readRelative } from './delta.ts';
import { readCaller, readKernelTime } from './kernel-time.ts';
import { readDecoded, readPriority, setPriority } from './priority.ts';
import { WallReader } from './wall-time.ts';

/** dmesg -T and iso reckon from the boot time, which suspend and clock steps make wrong; a second is what they claim. */
const DMESG_LATE_SECONDS = 1;

/** Reads whatever stands before a record's text on a line of dmesg, of a console or of pstore. */
export class RecordPrefix {
  private readonly ctime = new WallReader({ source: 'ctime', lateSeconds: DMESG_LATE_SECONDS });
  private readonly iso = new WallReader({ source: 'iso', lateSeconds: DMESG_LATE_SECONDS });
  private readonly layout: Layout;

  constructor(layout: Layout) {
    this.layout = layout;
  }

  /** Moves the cursor to the text. False where the line has no prefix at all; `stamped` allows the kernel's plain time. */
  read(c: Cursor, stamped: boolean): boolean {
    const code = c.at(0);
    let found = false;
    if (code === 0x3c) found = readPriority(c);
    else if (code >= 0x61 && code <= 0x7a) found = readDecoded(c);
    const time = this.readTime(c, stamped);
    if (time && this.layout.levelAfterTime) readLevel(c);
    return found || time;
  }

  private readTime(c: Cursor, stamped: boolean): boolean {
    const code = c.at(0);
    if (code === 0x5b) return (stamped && readKernelTime(c) && behindTime(c)) || this.readBracket(c);
    if (!isDigit(code) || !this.iso.readIso(c)) return false;
    readCaller(c);
    c.skipSpace();
    this.readSecond(c);
    return true;
  }

  private readBracket(c: Cursor): boolean {
    const code = c.at(1);
    if (code === 0x20 || code === 0x3c || isDigit(code)) {
      if (readRelative(c)) {
        if (readCaller(c)) c.skipSpace();
        return true;
      }
    }
    const from = c.pos;
    // crash `log -t -c`: a caller without a time
    if (readCaller(c)) {
      c.skipSpace();
      return true;
    }
    if (code < 0x41 || (code > 0x5a && code < 0x61) || (code > 0x7a && code < 0x80)) return false;
    c.pos++;
    if (this.ctime.readCtime(c)) {
      const bracket = c.at(0) === 0x5d ? c.pos : deltaBehind(c.s, c.pos, c.end);
      if (bracket !== undefined) {
        c.pos = bracket + 1;
        readCaller(c);
        c.skipSpace();
        this.readSecond(c);
        return true;
      }
      c.wall = undefined;
    }
    c.pos = from;
    return readRelative(c);
  }

  private readSecond(c: Cursor): void {
    if (!this.layout.stampAfterWall) return;
    if (c.at(0) === 0x3c) readPriority(c);
    readKernelTime(c);
  }
}

/** `<6>`, `<1e>`: crash prints facility << 3 | level with `<%x>`. */
function readLevel(c: Cursor): void {
  const match = /^<([0-9a-f]{1,2})>/.exec(c.s.slice(c.pos, Math.min(c.end, c.pos + 4)));
  if (match?.[1] === undefined) return;
  setPriority(c, Number.parseInt(match[1], 16));
  c.pos += match[0].length;
}
