import type { Line } from '../../grammars/common/line.ts';
import type { KeptLine } from '../../grammars/common/line-memory.ts';
import type { PrintkRecord } from '../record/record.ts';

/** One line of a record: most records are one line, a vmcore keeps some of several. */
export interface LogLine {
  readonly record: PrintkRecord;
  /** Index of the line within its record. */
  readonly index: number;
  /** The line without its end, a byte string. */
  readonly text: string;
  /** printk said on this line, before its text, that it dropped messages. */
  readonly dropped?: boolean;
  /** The row of the tables that the line is, once a report took it; the assembler sets it. */
  line?: Line | undefined;
  /** It opens a report, or would where none is open that it belongs to; the assembler says so. */
  opens?: boolean;
  /** The same line as it was read in an earlier report of the family. */
  known?: KeptLine | undefined;
}

/** Longest line that is looked at: longer ones are cut for recognition, their record stays whole. printk's own limit is 1–2 KiB. */
export const LINE_LIMIT = 16_384;

/** kernel/printk console_unlock() put this before the next message on the same line, until 4.15. */
const DROPPED = /^\*\* \d+ printk messages dropped \*\* (?:\[ *\d+\.\d+\] ?)?/;

/** What rsyslog writes for the newlines of a record (its default since 5.x); text/tagged takes it back where the form of the log is known. */
const ESCAPED = '#012';
const LINE_ENDS = /\n|#012/;

const STAR = 0x2a;
const CR = 0x0d;

/** What most records are, and {@link linesOf} need not be asked of: one line, with nothing of printk's own before it. */
export const isOneLine = (text: string): boolean => text.charCodeAt(0) !== STAR && !text.includes('\n') && !text.includes(ESCAPED);

/** The lines of a record. */
export function linesOf(record: PrintkRecord): readonly LogLine[] {
  const { text } = record;
  const dropped = text.charCodeAt(0) === STAR ? DROPPED.exec(text)?.[0] : undefined;
  if (dropped !== undefined && dropped.length < text.length) {
    return [{ record, index: 0, text: clip(text.slice(dropped.length)), dropped: true }];
  }
  if (isOneLine(text) || !LINE_ENDS.test(text))
    return [{ record, index: 0, text: clip(text), line: undefined, opens: false, known: undefined }];
  return text.split(LINE_ENDS).map((line, index) => ({ record, index, text: clip(line), line: undefined, opens: false, known: undefined }));
}

const clip = (text: string): string => {
  const end = text.charCodeAt(text.length - 1) === CR ? text.length - 1 : text.length;
  return end > LINE_LIMIT ? text.slice(0, LINE_LIMIT) : end < text.length ? text.slice(0, end) : text;
};
