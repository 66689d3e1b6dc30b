import type { PrintkRecord } from '../record/record.ts';
import type { Cursor } from './prefix/cursor.ts';

/** A record of what the cursor read. All records of a log have one shape, so that those who read them stay fast. */
export function makeRecord(seq: number, c: Cursor, text: string, foreign?: true): PrintkRecord {
  return {
    seq,
    usec: c.usec,
    level: c.level,
    facility: c.facility,
    callerId: c.callerId,
    text,
    dict: undefined,
    continuation: undefined,
    wall: c.wall,
    foreign,
  };
}
