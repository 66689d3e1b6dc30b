import type { RawRecord } from '../event/event.ts';
import { textOf } from '../record/decode-text.ts';

/** Lines that decide, whatever the kind of report: what was said first, where the CPU was, who was killed. */
const DECISIVE =
  /^(?:BUG: |WARNING: |INFO: |kernel BUG|Oops|Internal error|Unable to handle|general protection|list_|refcount_t|Kernel panic|watchdog: |rcu: INFO|rcu: \s*\d|NMI|mce: |EXT4-fs|Buffer I\/O|.*I\/O error|CPU: |Workqueue: |RIP: |EIP: |IP: |pc : |PC is at|lr : |LR is at|NIP |epc : |Krnl PSW|.* invoked oom-killer|memory: usage|memory\+swap: usage|oom-kill:|.*Killed process|Mem-Info|.*page allocation failure|task:.* state:|"echo 0)/;
const END = /^---\[ end /;
const TRACE = /^Call [Tt]race/;
/** Sections and doubtful frames of a trace are not shown. */
const NO_FRAME = /^\s*(?:<\/?\w+>|\? )/;
/** Frames of the trace that are shown. */
const FRAMES = 5;
/** Lines in all. */
const MOST = 14;

/** The lines of a report that a reader needs to believe the verdict, in log order. */
export function decisive(records: readonly RawRecord[]): RawRecord[] {
  const chosen: RawRecord[] = [];
  let frames = 0;
  for (const [i, record] of records.entries()) {
    const text = textOf(record.text.slice(0, 400));
    if (END.test(text)) break; // what follows repeats the registers
    if (TRACE.test(text) && frames === 0) frames = FRAMES + 1;
    const inTrace = frames > 0 && !NO_FRAME.test(text);
    if (inTrace) frames--;
    if (i === 0 || inTrace || DECISIVE.test(text.trimStart())) chosen.push(record);
  }
  // the end of an out-of-memory report says who was killed
  return chosen.length > MOST ? [...chosen.slice(0, MOST - 4), ...chosen.slice(-4)] : chosen;
}
