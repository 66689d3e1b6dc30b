import { callerOf } from '../prefix/caller.ts';
import { type Cursor, isDigit } from '../prefix/cursor.ts';
import { setPriority } from '../prefix/priority.ts';

/** The part of a record before `;`: `6,494,12359738,-,caller=T1,ncfrag=0/990`. */
export interface KmsgHeader {
  readonly seq: number;
  readonly continuation: boolean;
  /** Byte offset of this fragment within the record's body, and the length of the body (extended netconsole). */
  readonly fragment?: { readonly offset: number; readonly total: number } | undefined;
}

/**
 * Reads `prio,seq,usec,flag[,caller=T1][,ncfrag=off/total];` (devkmsg_read() since 3.5, netconsole's extended form since 4.4; with
 * `release,` before it where netconsole prepends that, 6.2). Fields that are not known are stepped over, as the kernel's ABI
 * document asks. Leaves `pos` behind the `;`.
 */
export function readKmsgHeader(c: Cursor): KmsgHeader | undefined {
  const { s } = c;
  let i = c.pos;
  if (!isDigit(s.charCodeAt(i))) return undefined;
  const priority = digits(s, i, c.end);
  if (priority === undefined) return undefined;
  let { value: first, next } = priority;
  if (s.charCodeAt(next) !== 0x2c) {
    const comma = releaseEnd(s, i, c.end);
    const moved = comma < 0 ? undefined : digits(s, comma + 1, c.end);
    if (moved === undefined || s.charCodeAt(moved.next) !== 0x2c) return undefined;
    ({ value: first, next } = moved);
  }
  const seq = digits(s, next + 1, c.end);
  if (seq === undefined || s.charCodeAt(seq.next) !== 0x2c) return undefined;
  const usec = digits(s, seq.next + 1, c.end);
  if (usec === undefined || s.charCodeAt(usec.next) !== 0x2c) return undefined;
  i = usec.next + 1;
  const flag = s.charCodeAt(i);
  // 3.5–4.x also print `+`: a continuation that follows directly
  if (flag !== 0x2d && flag !== 0x63 && flag !== 0x2b) return undefined;
  i++;
  let fragment: KmsgHeader['fragment'];
  let callerId: string | undefined;
  while (s.charCodeAt(i) === 0x2c && i < c.end) {
    const field = i + 1;
    for (i = field; i < c.end && s.charCodeAt(i) !== 0x2c && s.charCodeAt(i) !== 0x3b; ) i++;
    if (i - field > 64) return undefined;
    const text = s.slice(field, i);
    if (text.startsWith('caller=')) callerId = callerOf(text.slice(7));
    else if (text.startsWith('ncfrag=')) {
      const [offset = Number.NaN, total = Number.NaN] = text.slice(7).split('/').map(Number);
      if (offset >= 0 && total > offset) fragment = { offset, total };
    }
  }
  if (i >= c.end || s.charCodeAt(i) !== 0x3b) return undefined;
  setPriority(c, first);
  c.usec = usec.value;
  c.callerId = callerId;
  c.pos = i + 1;
  return { seq: seq.value, continuation: flag !== 0x2d, fragment };
}

function digits(s: string, from: number, end: number): { value: number; next: number } | undefined {
  let i = from;
  let value = 0;
  // 18 digits stay far below what a 64-bit sequence number or nanosecond clock reaches in practice
  for (; i < end && i - from < 18 && isDigit(s.charCodeAt(i)); i++) value = value * 10 + s.charCodeAt(i) - 0x30;
  return i === from ? undefined : { value, next: i };
}

/** The comma after `6.1.0-56-amd64`, or -1. */
function releaseEnd(s: string, from: number, end: number): number {
  for (let i = from; i < end && i - from < 65; i++) {
    const code = s.charCodeAt(i);
    if (code === 0x2c) return i;
    if (code <= 0x20 || code === 0x3b) return -1;
  }
  return -1;
}
