import { closeSync, openSync, readSync } from 'node:fs';
import { TextReader } from '../../text/reader.ts';

/** As much as the sniffer looks at. */
const HEAD_BYTES = 1 << 16;
const HEAD = Buffer.allocUnsafe(HEAD_BYTES);

/** What a text holds that has to do with a kernel's log, in whatever form: a stamp, a level, a container's fields, a report. */
const OF_A_KERNEL = new RegExp(
  [
    // dmesg: seconds since boot, a level, dmesg -T, dmesg --reltime
    String.raw`^(?:<\d{1,3}>|\w+ *:\w+ *: )?\[[ \d+-]{0,8}\d\.\d`,
    String.raw`^<\d{1,3}>`,
    String.raw`^\[\w{3} \w{3} [ \d]\d \d`,
    String.raw`^\w{3}\d\d \d\d:\d\d\]`,
    // syslog, /dev/kmsg
    String.raw`kernel(?:\[\d+\])?: `,
    String.raw`^\d+,\d+,\d+,`,
    // the journal's JSON and export, dmesg --json
    '"(?:MESSAGE|_TRANSPORT|__CURSOR|msg|b64)"',
    '^(?:MESSAGE|__CURSOR|_TRANSPORT)=',
    // pstore
    String.raw`#\d+ Part\d`,
    // a banner, reports
    String.raw`Linux version |Call [Tt]race|BUG: |\bOops|Kernel panic|WARNING: |INFO: |Out of memory|oom-killer`,
  ].join('|'),
  'm',
);

/** Whether anything in a text has to do with a kernel's log. */
export const mayBeLog = (text: string): boolean => OF_A_KERNEL.test(text);

/** The first lines of most logs are enough. */
const FEW_BYTES = 1 << 12;

/** Whether a line of a kernel is in it: a word may be anybody's. */
const speaks = (head: Buffer): boolean => isSpoken(head.subarray(0, FEW_BYTES)) || (head.length > FEW_BYTES && isSpoken(head));

/** A line as dmesg prints it, with microseconds since boot: other programs' logs have milliseconds, or dates. */
const STAMPED = String.raw`(?:<\d{1,3}>)?\[ {0,4}\d{1,6}\.\d{6}\] \S.*\n`;
const OPENS_STAMPED = new RegExp(`^(?:${STAMPED}){2}`);
/** Two lines, unless they are very long. */
const TWO_LINES = 1 << 9;
const opensStamped = (head: Buffer): boolean => OPENS_STAMPED.test(head.toString('latin1', 0, TWO_LINES));

/** Whether a kernel's line is in the first bytes of a text, in any form of text. Most begin with some: those need no reader. */
export function isSpoken(head: Buffer): boolean {
  if (opensStamped(head)) return true;
  const reader = new TextReader();
  reader.push(head);
  reader.end();
  return reader.counts.kernel > 0;
}

/**
 * A text that cannot be a kernel's log: a README, a configuration, what kexec was called with. Said only of files that were found in a
 * directory; what the user names is read. Binary files are never prose: they may be dumps.
 */
export function isProse(path: string): boolean {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = HEAD.subarray(0, readSync(file, HEAD, 0, HEAD_BYTES, 0));
      if (opensStamped(bytes)) return false;
      const text = bytes.toString('latin1');
      // \x1f\x8b, zstd and xz magics hold such bytes too
      return text !== '' && !/[\0-\x06\x0e-\x1a\x80-\xff]/.test(text.slice(0, 4096)) && !(mayBeLog(text) && speaks(bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return false; // opening it will say why
  }
}
