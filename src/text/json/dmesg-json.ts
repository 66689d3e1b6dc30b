import type { PrintkRecord } from '../../record/record.ts';
import { makeRecord } from '../make-record.ts';
import { callerOf } from '../prefix/caller.ts';
import { Cursor } from '../prefix/cursor.ts';
import { FACILITIES, LEVELS, setPriority } from '../prefix/priority.ts';
import { WallReader } from '../prefix/wall-time.ts';
import type { JsonObject, ParsedJson } from './parse-bytes.ts';

/** More than any machine runs: 1e999 is a number of JSON as well, and no time. */
const MOST_SECONDS = 1e9;

/** The objects of `dmesg -J` (util-linux 2.36 and later): `pri` as a number, or `fac` and `pri` as words with -x; `caller` since 2.41. */
export class DmesgJson {
  private readonly c = new Cursor();
  private readonly iso = new WallReader({ source: 'iso', lateSeconds: 1 });

  read(json: ParsedJson, lineNo: number, out: PrintkRecord[]): void {
    const { object, bytes } = json;
    // the whole of it on one line, as `jq -c` leaves it
    if (Array.isArray(object.dmesg)) {
      for (const entry of object.dmesg)
        if (typeof entry === 'object' && entry !== null) this.read({ object: entry as JsonObject, bytes }, lineNo, out);
      return;
    }
    const { msg, pri, fac, time, caller } = object;
    if (typeof msg !== 'string') return;
    const { c } = this;
    const stamp = typeof time === 'string' ? `${time} ` : ' ';
    c.start(stamp, 0, stamp.length);
    if (typeof time === 'string') this.iso.readIso(c);
    else if (typeof time === 'number' && time >= 0 && time <= MOST_SECONDS) c.usec = Math.round(time * 1e6);
    if (typeof pri === 'number') setPriority(c, pri);
    else if (typeof pri === 'string') {
      const level = LEVELS.indexOf(pri);
      const facility = FACILITIES.indexOf(typeof fac === 'string' ? fac : '');
      c.level = level < 0 ? undefined : level;
      c.facility = facility < 0 ? undefined : facility;
    }
    c.callerId = typeof caller === 'string' ? callerOf(caller) : undefined;
    out.push(makeRecord(lineNo, c, bytes(msg)));
  }
}
