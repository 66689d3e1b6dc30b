import { Shape, shapeOf } from '../../../grammars/call-trace/shape.ts';
import type { Family, Form, Head } from '../../../grammars/common/family.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { LogLine } from '../line.ts';
import type { Ending, Report } from '../report.ts';

/** A report longer than this is cut: an OOM task table of a large machine has some 30,000 rows. */
export const MAX_LINES = 65_536;
/** Lines that may stand between two lines of a report: another CPU's burst. */
const SILENCE = 64;
/** The same after `end trace`, where only the registers are repeated. */
const TAIL_SILENCE = 8;
/** The same for a line that only may announce a report. */
const TENTATIVE_SILENCE = 4;
/** The same for lines of other callers, which are known to be strangers. */
const FOREIGN_SILENCE = 1024;
/** Microseconds without a line of its own after which a report is over. */
const SILENCE_USEC = 30_000_000;
/** Microseconds between two lines of a report that is being printed: a line takes 9 ms on a serial console of 115,200 baud. */
const BUSY_USEC = 20_000;
/** Unrecognised lines that directly follow the head: the message of a WARN, a multi-line BUG. */
const MESSAGE_LINES = 8;

type Phase = 'head' | 'body' | 'tail';

/** A report that is being collected. */
export class OpenReport {
  family: Family;
  form: Form;
  headIndex = 0;
  phase: Phase = 'head';
  hasFrame = false;
  dropped = false;
  mixed = false;
  /** PID of its first CPU line: what tells two reports apart that print without caller ids. */
  pid: string | undefined;
  readonly lines: LogLine[] = [];
  readonly strangers: LogLine[] = [];
  readonly callerId: string | undefined;
  #pending: LogLine[] = [];
  #near = 0;
  #far = 0;
  #lastUsec: number | undefined;

  constructor(
    head: Head,
    line: LogLine,
    readonly boot: number,
    readonly ordinal: number,
    readonly inside: number | undefined,
  ) {
    this.family = head.family;
    this.form = head.form;
    this.callerId = line.record.callerId;
    this.#take(line);
  }

  /** Whether the head joins this report instead of beginning another. */
  absorbs(head: Head): boolean {
    const names = (list: readonly string[] | undefined) =>
      list !== undefined && (list.includes(head.name) || list.includes('*') || list.includes(`${head.family.name}/*`));
    return names(this.form.absorbsAlways) || (this.phase === 'head' && names(this.form.absorbs));
  }

  /** Whether the head is a part of this report by what it says, whoever prints it. */
  joins(head: Head, line: LogLine): boolean | undefined {
    return this.family.joins?.(head, line, this.lines, this.callerId === line.record.callerId);
  }

  /** Takes a head that {@link absorbs} it; behind a tentative line it becomes the head. */
  absorb(head: Head, line: LogLine): void {
    this.#settle();
    if (this.form.tentative && !(head.form.tentative && head.family === this.family && head.form === this.form)) {
      this.family = head.family;
      this.form = head.form;
      this.headIndex = this.lines.length;
    }
    this.#take(line);
  }

  /** Whether a line without an opener is this report's own. */
  wants(text: string, shape: Shape): boolean {
    // all is said: a stack that follows is another report's, only the family's own lines (the reaper's) still belong
    if (this.family.goesOn?.(this.lines) === false) return this.family.continues?.(text, this.lines) === true;
    switch (shape) {
      case Shape.None:
        break;
      case Shape.Neutral:
        return this.family.closes?.(text, this.lines) === true;
      case Shape.Registers:
      case Shape.Code:
      case Shape.EndTrace:
      case Shape.Tail:
      case Shape.Dropped:
        return true;
      default:
        if (this.phase !== 'tail') return true;
    }
    return this.family.continues?.(text, this.lines) === true;
  }

  /** Adds a line of its own. @returns whether the report ended with it. */
  add(line: LogLine, shape: Shape): boolean {
    this.#settle();
    this.#take(line);
    if (shape === Shape.Frame || shape === Shape.TraceHead) {
      if (shape === Shape.Frame) this.hasFrame = true;
      if (this.phase === 'head' && !this.form.tentative) this.phase = 'body';
    } else if (shape === Shape.EndTrace) this.phase = 'tail';
    else if (shape === Shape.Dropped) this.dropped = true;
    else if (shape === Shape.Cpu) this.pid ??= pidOf(line.text);
    return (
      this.family.closes?.(line.text, this.lines) === true ||
      (shape === Shape.Tail && line.text.startsWith('---[ end Kernel panic')) ||
      this.lines.length >= MAX_LINES
    );
  }

  /**
   * Sets a line aside that this report does not want; it may turn out to stand between two of its lines.
   * @returns whether the report is over for lack of lines of its own.
   */
  setAside(line: LogLine, near: boolean): boolean {
    const { usec } = line.record;
    if (usec !== undefined && this.#lastUsec !== undefined && usec - this.#lastUsec > SILENCE_USEC) return true;
    this.#pending.push(line);
    if (near && line.text !== '') this.#near++;
    else this.#far++;
    return (
      this.#near > (this.form.tentative ? TENTATIVE_SILENCE : this.phase === 'tail' ? TAIL_SILENCE : SILENCE) || this.#far > FOREIGN_SILENCE
    );
  }

  /** Whether an unrecognised line may be the message that the head announces: it follows directly, nothing stands between. */
  takesMessage(): boolean {
    return (
      this.phase === 'head' &&
      this.#pending.length === 0 &&
      this.lines.length - this.headIndex <= MESSAGE_LINES &&
      this.form.message === true &&
      !this.form.tentative
    );
  }

  /** Whether it is just being printed: a line of another report between does not end it. */
  busy(line: LogLine): boolean {
    if (this.phase === 'tail' || this.form.yields) return false;
    const { usec } = line.record;
    return usec === undefined || this.#lastUsec === undefined || usec - this.#lastUsec < BUSY_USEC;
  }

  /** Whether this report, cut off by another head, may still go on when that one is done. */
  get unfinished(): boolean {
    return (this.phase === 'head' && !this.hasFrame && this.form.needs !== 'nothing') || this.family.goesOn?.(this.lines) === true;
  }

  /** Another report took this record: a record of several lines is in one place only. */
  forget(record: PrintkRecord): void {
    this.#pending = this.#pending.filter((l) => l.record !== record);
  }

  close(ending: Ending): Report {
    const { family, form, headIndex, lines, strangers, boot, callerId, hasFrame, dropped, mixed, ordinal, inside } = this;
    const endsLog = (ending === 'end-of-log' || ending === 'new-boot') && this.#pending.every((l) => l.text.trim() === '');
    return { family, form, headIndex, lines, strangers, boot, callerId, ending, endsLog, hasFrame, dropped, mixed, ordinal, inside };
  }

  /** What was set aside stands between two own lines: neutral lines and those of the same caller belong, others are strangers. */
  #settle(): void {
    const message = this.form.message === true && this.form.tentative === true;
    for (const line of this.#pending) {
      const own = message || line.text.trim() === '' || (this.callerId !== undefined && line.record.callerId === this.callerId);
      const shape = own ? Shape.None : shapeOf(line.text);
      (own || shape === Shape.Neutral ? this.lines : this.strangers).push(line);
    }
    this.#pending = [];
    this.#near = 0;
    this.#far = 0;
  }

  #take(line: LogLine): void {
    this.lines.push(line);
    if (line.dropped) this.dropped = true;
    this.#lastUsec = line.record.usec ?? this.#lastUsec;
  }
}

/** The `PID: 30` of a CPU line, as printed. */
export function pidOf(text: string): string | undefined {
  const at = text.search(/\b(?:PID|Pid): ?\d/);
  return at < 0 ? undefined : /\d+/.exec(text.slice(at))?.[0];
}
