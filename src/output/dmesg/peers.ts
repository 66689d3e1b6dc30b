import { escapeBytes, indent, type LogFormat, stamp } from './format.ts';

/** What only the log as a whole knows and a peer's output shows. */
export interface LogFacts {
  /** Written by a kernel before 5.10. */
  readonly old: boolean;
  /** The record before which a 3.5–5.9 buffer wrapped: known once it was drawn. */
  readonly wrapBefore: { readonly seq?: number };
}

/**
 * kexec-tools' vmcore-dmesg: no level, no caller, later lines of a record in column 0, a bare prefix for a record without data. Of a
 * 3.5–5.9 buffer it prints the wrap marker as if it were a record.
 */
export const vmcoreDmesgFormat = ({ wrapBefore }: LogFacts): LogFormat => ({
  record(r) {
    const marker = r.ring && wrapBefore.seq === r.seq ? '[    0.000000] \n' : '';
    // a text log that says who printed a line says it still
    const caller = r.ring || r.callerId === undefined ? '' : `[${r.callerId.padStart(6)}] `;
    return `${marker}${stamp(r.usec)}${caller}${escapeBytes(r.text)}\n`;
  },
});

/**
 * makedumpfile --dump-dmesg: caller ids where the kernel stores them (1.7.5 and later), later lines indented, records without data
 * left out. It prints `\x%02x` of a signed char, so bytes from 0x80 on come out with eight digits.
 */
export const makedumpfileFormat = (): LogFormat => ({
  record(r) {
    if (r.ring?.dataless) return '';
    const prefix = `${stamp(r.usec)}${r.callerId === undefined ? '' : `[${r.callerId.padStart(8)}] `}`;
    return `${prefix}${indent(r.text.replace(/[^\x20-\x7e\t-\r]/g, signedHex), prefix.length)}\n`;
  },
});

function signedHex(c: string): string {
  const byte = c.charCodeAt(0);
  return `\\x${byte < 0x80 ? byte.toString(16).padStart(2, '0') : `ffffff${byte.toString(16)}`}`;
}

export interface CrashOptions {
  /** -t: no time. */
  readonly noTime?: boolean;
  /** -m: `<level>` before the text. */
  readonly level?: boolean;
  /** -c: caller ids. */
  readonly caller?: boolean;
  /** -d: the dictionary on lines of its own. */
  readonly dict?: boolean;
}

/** crash's `log`: unprintable bytes become dots, lines after the first and dictionary entries are indented. */
export const crashFormat = (options: CrashOptions, { old }: LogFacts): LogFormat => ({
  record(r) {
    if (r.ring?.dataless) return '\n';
    // crash takes the width from pid_max, which only debuginfo tells: 6 is what up to 99999 pids give, 8 what it took before 5.10
    const caller = options.caller && r.callerId !== undefined ? `[${r.callerId.padStart(old ? 8 : 6)}] ` : '';
    const level = options.level && r.level !== undefined ? `<${r.level.toString(16)}>` : '';
    const prefix = `${options.noTime ? '' : stamp(r.usec)}${caller}${level}`;
    const dict = options.dict && r.dict ? r.dict.map((d) => `\n${d}`).join('') : '';
    return `${prefix}${indent((r.text + dict).replace(/[^\x20-\x7e\t-\r]/g, '.'), prefix.length)}\n`;
  },
});
