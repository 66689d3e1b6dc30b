import type { PrintkRecord } from '../record/record.ts';
import type { Cursor } from './prefix/cursor.ts';

/**
 * All records of a log have one shape, so that those who read them stay fast. A constructor makes them: where the first thousand of a
 * literal's objects outlive a collection, as they do while grammars are loaded, V8 makes all later ones old at birth, and a stream of
 * 50 MB takes 100 MB that nobody holds.
 */
class TextRecord implements PrintkRecord {
  readonly seq: number;
  readonly usec: number | undefined;
  readonly level: number | undefined;
  readonly facility: number | undefined;
  readonly callerId: PrintkRecord['callerId'];
  readonly text: string;
  readonly dict: PrintkRecord['dict'] = undefined;
  readonly continuation: PrintkRecord['continuation'] = undefined;
  readonly wall: PrintkRecord['wall'];
  readonly foreign: true | undefined;

  constructor(seq: number, c: Cursor, text: string, foreign: true | undefined) {
    this.seq = seq;
    this.usec = c.usec;
    this.level = c.level;
    this.facility = c.facility;
    this.callerId = c.callerId;
    this.text = text;
    this.wall = c.wall;
    this.foreign = foreign;
  }
}

/** A record of what the cursor read. */
export function makeRecord(seq: number, c: Cursor, text: string, foreign?: true): PrintkRecord {
  return new TextRecord(seq, c, text, foreign);
}
