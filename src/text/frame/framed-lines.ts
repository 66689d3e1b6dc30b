import type { PrintkRecord, RecordWall } from '../../record/record.ts';
import type { LineCounts } from '../reading.ts';
import type { OnLine } from '../wrapped/wrapping.ts';
import { FrameClock } from './clock.ts';
import type { Framed, Framing } from './frame.ts';

/** What a collector's clock may be late by, in seconds: as journald's and imklog's. */
const LATE_SECONDS = 15;

/** Takes the lines of a text out of the frame that they stand in, and keeps the times that the frame tells. */
export class FramedLines {
  readonly #frames: readonly Framing[];
  readonly #onLine: OnLine;
  readonly #counts: LineCounts;
  readonly #clock: FrameClock;
  readonly #walls = new Map<number, RecordWall>();

  constructor(frames: readonly Framing[], onLine: OnLine, counts: LineCounts, asOf: number | undefined) {
    this.#frames = frames;
    this.#onLine = onLine;
    this.#counts = counts;
    this.#clock = new FrameClock(LATE_SECONDS, asOf);
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    const line = s.slice(start, end);
    const framed = framedBy(this.#frames, line);
    if (framed === undefined) {
      this.#onLine(line, 0, line.length, lineNo);
      return;
    }
    if (framed.isForeign) {
      this.#counts.foreign('lines of other programs');
      return;
    }
    const wall = this.#clock.read(framed.prefix);
    if (wall !== undefined) this.#walls.set(lineNo, wall);
    for (const text of framed.text.replace(/\n$/, '').split('\n')) this.#onLine(text, 0, text.length, lineNo);
  }

  /** Gives records that tell no time of the day that of their line. */
  timed(records: readonly PrintkRecord[]): PrintkRecord[] {
    const timed = records.map((record) => {
      const wall = record.wall ?? this.#walls.get(record.seq);
      return wall === record.wall ? record : { ...record, wall };
    });
    const last = records.at(-1)?.seq ?? 0;
    for (const lineNo of this.#walls.keys()) {
      if (lineNo > last) break;
      this.#walls.delete(lineNo);
    }
    return timed;
  }
}

/** A line in the first of the frames that it stands in. */
function framedBy(frames: readonly Framing[], line: string): Framed | undefined {
  for (const frame of frames) {
    const framed = frame.read(line);
    if (framed !== undefined) return framed;
  }
  return undefined;
}

/** The text of a head as it is inside its frames. */
export const unframed = (frames: readonly Framing[], head: string): string =>
  head
    .split('\n')
    .map((line) => framedBy(frames, line.replace(/\r+$/, ''))?.text ?? line)
    .join('\n');
