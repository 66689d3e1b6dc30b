import type { ExpectedLog, ExpectedRecord } from './ring/printk-call.ts';

/** What each peer is expected to print of a log, as byte strings: the rules of their print functions in the C locale. */

const stamp = (r: ExpectedRecord): string =>
  `[${String(r.tsNsec / 1_000_000_000n).padStart(5)}.${String((r.tsNsec % 1_000_000_000n) / 1000n).padStart(6, '0')}] `;

const isSpace = (byte: number): boolean => (byte >= 9 && byte <= 13) || byte === 32;
const isPrint = (byte: number): boolean => byte >= 32 && byte <= 126;
const escaped = (text: Buffer, other: (byte: number) => string): string =>
  [...text].map((b) => (isPrint(b) || isSpace(b) ? String.fromCharCode(b) : other(b))).join('');

/** Later lines of a record start in column 0. Before 5.10 it prints the header that marks a wrap, as a record of time 0. */
export function vmcoreDmesgText(log: ExpectedLog): string {
  if (log.flat) return log.flat.toString('latin1');
  return log.records
    .map((r, i) => {
      const marker = log.wrapBefore !== undefined && log.wrapBefore === i ? '[    0.000000] \n' : '';
      return `${marker}${stamp(r)}${escaped(r.text, (b) => `\\x${b.toString(16).padStart(2, '0')}`)}\n`;
    })
    .join('');
}

/** As 1.7.2 prints: no caller ids. A signed char makes bytes from 0x80 eight digits long; records without data are left out. */
export function makedumpfileText(log: ExpectedLog): string {
  if (log.flat) return log.flat.toString('latin1');
  return log.records
    .filter((r) => r.dataless === undefined)
    .map((r) => {
      const indent = `\n${' '.repeat(stamp(r).length)}`;
      const hex = (b: number) => `\\x${(b >= 0x80 ? b + 0xffff_ff00 : b).toString(16).padStart(2, '0')}`;
      return `${stamp(r)}${escaped(r.text, hex).replaceAll('\n', indent)}\n`;
    })
    .join('');
}

/** `crash --log`, 8.0: a dot for what cannot be printed. */
export function crashText(log: ExpectedLog): string {
  if (log.flat) return log.flat.toString('latin1');
  return log.records.map((r) => `${stamp(r)}${escaped(r.text, () => '.').replaceAll('\n', `\n${' '.repeat(stamp(r).length)}`)}\n`).join('');
}
