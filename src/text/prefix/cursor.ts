import type { RecordWall } from '../../record/record.ts';

/**
 * Where a prefix parser stands in a line, and what the prefix said so far. One cursor serves a whole log: a record costs one
 * object, its own. Parsers return false and leave `pos` alone when what they look for is not there.
 */
export class Cursor {
  s = '';
  pos = 0;
  end = 0;
  usec: number | undefined;
  level: number | undefined;
  facility: number | undefined;
  callerId: string | undefined;
  wall: RecordWall | undefined;

  start(s: string, pos: number, end: number): void {
    this.s = s;
    this.pos = pos;
    this.end = end;
    this.usec = undefined;
    this.level = undefined;
    this.facility = undefined;
    this.callerId = undefined;
    this.wall = undefined;
  }

  /** The character code at `pos + ahead`, or -1 beyond the line. */
  at(ahead: number): number {
    const i = this.pos + ahead;
    return i < this.end ? this.s.charCodeAt(i) : -1;
  }

  /** Steps over one space, if there is one. */
  skipSpace(): void {
    if (this.pos < this.end && this.s.charCodeAt(this.pos) === 0x20) this.pos++;
  }

  rest(): string {
    return this.s.slice(this.pos, this.end);
  }
}

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** The index of a character in `s[from, to)`, or -1: unlike indexOf it never looks beyond, so that no line pays for the next. */
export function indexWithin(s: string, code: number, from: number, to: number): number {
  for (let i = from; i < to; i++) if (s.charCodeAt(i) === code) return i;
  return -1;
}
