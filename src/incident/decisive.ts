import type { Event, RawRecord } from '../event/event.ts';
import { textOf } from '../record/decode-text.ts';

/** Lines that decide in any kind of report: heads, where the CPU was, who was killed. */
const DECISIVE = new RegExp(
  `^(?:${[
    // heads
    'BUG: |WARNING: |INFO: |kernel BUG|Kernel panic|list_|refcount_t',
    'Oops|Internal error|Unable to handle|general protection',
    String.raw`watchdog: |rcu: INFO|rcu: \s*\d|task:.* state:|"echo 0`,
    String.raw`NMI|mce: |EXT4-fs|Buffer I\/O|.*I\/O error`,
    // who, and where: x86, arm64 and riscv, arm, powerpc, s390
    'CPU: |Workqueue: ',
    'RIP: |EIP: |IP: |pc : |epc : |lr : |PC is at|LR is at|NIP |Krnl PSW',
  ].join('|')})`,
);
/** What decides in an out-of-memory report: who asked or what failed, how much there was, which limit, who was killed. */
const OF_MEMORY = /^(?:oom\.(?:trigger\.comm|usage\.totalKb|limits\.memory(?:Swap)?|constraint|victims\.\d+)|details\.reason)$/;
const END = /^---\[ end /;
const TRACE = /^Call [Tt]race/;
/** Sections and doubtful frames of a trace are not shown. */
const NO_FRAME = /^\s*(?:<\/?\w+>|\? )/;
/** Frames of the trace that are shown. */
const FRAMES = 5;
/** Lines in all. */
const MOST = 14;

/** The lines of a report that a reader needs to believe the verdict, in log order. */
export function decisive({ oom, sources = {} }: Event, records: readonly RawRecord[]): RawRecord[] {
  const paths = oom === undefined ? [] : Object.keys(sources).filter((path) => OF_MEMORY.test(path));
  const telling = new Set(paths.flatMap((path) => sources[path] ?? []));
  const chosen: RawRecord[] = [];
  let frames = 0;
  for (const [i, record] of records.entries()) {
    const text = textOf(record.text.slice(0, 400));
    if (END.test(text)) break; // what follows repeats the registers
    if (TRACE.test(text) && frames === 0) frames = FRAMES + 1;
    const inTrace = frames > 0 && !NO_FRAME.test(text);
    if (inTrace) frames--;
    if (i === 0 || inTrace || telling.has(record.seq) || DECISIVE.test(text.trimStart())) chosen.push(record);
  }
  // the end of an out-of-memory report says who was killed
  return chosen.length > MOST ? [...chosen.slice(0, MOST - 4), ...chosen.slice(-4)] : chosen;
}
