import type { PrintkRecord, RecordWall } from '../record/record.ts';
import type { Cursor } from './prefix/cursor.ts';

/**
 * All records of a log have one shape, so that those who read them stay fast. A constructor makes them: where the first thousand of a
 * literal's objects outlive a collection, as they do while grammars are loaded, V8 makes all later ones old at birth, and a stream of
 * 50 MB takes 100 MB that nobody holds. Fields are declared only: a definition of each would cost as much as the record.
 */
class TextRecord implements PrintkRecord {
  declare readonly seq: number;
  declare readonly usec: number | undefined;
  declare readonly level: number | undefined;
  declare readonly facility: number | undefined;
  declare readonly callerId: string | undefined;
  declare readonly text: string;
  declare readonly dict: undefined;
  declare readonly continuation: undefined;
  declare readonly wall: RecordWall | undefined;
  declare readonly foreign: true | undefined;

  constructor(
    seq: number,
    text: string,
    usec?: number,
    foreign?: true,
    level?: number,
    facility?: number,
    callerId?: string,
    wall?: RecordWall,
  ) {
    this.seq = seq;
    this.usec = usec;
    this.level = level;
    this.facility = facility;
    this.callerId = callerId;
    this.text = text;
    this.dict = undefined;
    this.continuation = undefined;
    this.wall = wall;
    this.foreign = foreign;
  }
}

/** A record of what the cursor read. */
export function makeRecord(seq: number, c: Cursor, text: string, foreign?: true): PrintkRecord {
  return new TextRecord(seq, text, c.usec, foreign, c.level, c.facility, c.callerId, c.wall);
}

/** A record that has nothing but a time before its text, as nearly all have. */
export function stampedRecord(seq: number, usec: number, text: string): PrintkRecord {
  return new TextRecord(seq, text, usec);
}
