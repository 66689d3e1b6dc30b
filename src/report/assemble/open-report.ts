import type { Family, Form, Head } from '../../../grammars/common/family.ts';
import type { Line, Shape } from '../../../grammars/common/line.ts';
import type { KeptLine } from '../../../grammars/common/line-memory.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { LogLine } from '../line.ts';
import type { Ending, Report } from '../report.ts';
import { memoryOf, recogniseShared, tableOf } from '../tables.ts';

/** A report longer than this is cut: an OOM task table of a large machine has some 30,000 rows, one of 100,000 tasks is read whole. */
const MAX_LINES = 131_072;
/** Characters of them: lines may be as long as a hostile log makes them. */
const MAX_TEXT = 32 << 20;
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
  /** The first report that began within this one, once that has ended. */
  cutBy: Report | undefined;
  /** How far its printing has come: {@link RANKS}. */
  stage = 0;
  /** PID of its first CPU line: what tells two reports apart that print without caller ids. */
  pid: string | undefined;
  readonly lines: LogLine[] = [];
  #characters = 0;
  readonly strangers: LogLine[] = [];
  readonly callerId: string | undefined;
  /** What the family's watch has seen. */
  #state: unknown;
  readonly #counts = (row: Line, text: string): boolean => this.family.admits?.(row, text, this.lines, this.#state) !== false;
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
    this.#state = this.family.watch?.start();
    this.#take(line, head.line);
  }

  /** The line as a report of the family had it before, where it opened nothing and its text alone tells what it is. */
  known(text: string): KeptLine | undefined {
    // behind a line that is set aside stands another, as a rule
    if (this.family.admits !== undefined || this.#pending.length > 0) return undefined;
    const known = memoryOf(this.family).get(text);
    return known?.follows ? known : undefined;
  }

  /** Which row a line is here. */
  rowOf(text: string): Line | undefined {
    return tableOf(this.family)(text, this.family.admits === undefined ? undefined : this.#counts);
  }

  /** The row of one of many lines alike, by the family's cheap test. */
  manyOf(text: string): Line | undefined {
    return this.family.rows?.(text, this.lines, this.#state);
  }

  /** Whether it ends with this line. */
  closes(text: string): boolean {
    return this.family.closes?.(text, this.lines, this.#state) === true;
  }

  /** Whether it has yet to say what it is for; undefined where its family does not tell. */
  get goesOn(): boolean | undefined {
    return this.family.goesOn?.(this.lines, this.#state);
  }

  /** Whether the head joins this report instead of beginning another. */
  absorbs(head: Head, text: string): boolean {
    const own = this.lines[this.headIndex];
    if (head.line.once && own?.line === head.line && own.text !== text && !this.#isInlined(head.line)) return false;
    const names = (list: readonly string[] | undefined) =>
      list !== undefined && (list.includes(head.name) || list.includes('*') || list.includes(`${head.family.name}/*`));
    return names(this.form.absorbsAlways) || (this.phase === 'head' && names(this.form.absorbs));
  }

  /** Whether the last line is the head with an inlined function: a symbolised log repeats the head for each, the function itself last. */
  #isInlined(head: Line): boolean {
    const last = this.lines.at(-1);
    return last?.line === head && last.text.includes('[inline]');
  }

  /** Whether the head is a part of this report by what it says, whoever prints it. */
  joins(head: Head, line: LogLine): boolean | undefined {
    return this.family.joins?.(head, line, this.lines, this.callerId === line.record.callerId, this.#state);
  }

  /** Takes a head that {@link absorbs} it; behind a tentative line, or what nobody claimed, it becomes the head. */
  absorb(head: Head, line: LogLine): void {
    this.#settle();
    const decides = this.form.tentative ? !(head.form.tentative && head.form === this.form) : this.form.unclaimed && !head.form.tentative;
    if (decides) {
      this.family = head.family;
      this.form = head.form;
      this.headIndex = this.lines.length;
      this.#state = this.family.watch?.start();
      for (const before of this.lines) this.family.watch?.see(this.#state, before);
    }
    // an OOM report tells its panics apart by rows of its own
    const own = this.rowOf(line.text);
    this.#take(line, own !== undefined && this.family.lines.includes(own) ? own : head.line);
  }

  /** Whether a line that opens nothing is this report's own; what another caller prints must be of a shape that any report has. */
  wants(text: string, row: Line | undefined, sameCaller: boolean): boolean {
    const shape = row?.shape;
    if (!sameCaller && shape === undefined) return false;
    // all is said: a stack that follows is another report's, only the family's own lines (the reaper's) still belong
    if (this.goesOn === false) return isFamilys(row);
    switch (shape) {
      case undefined:
        break;
      case 'neutral':
        return this.closes(text);
      case 'registers':
      case 'code':
      case 'end-trace':
      case 'tail':
      case 'dropped':
        return true;
      default:
        if (this.phase !== 'tail') return true;
    }
    return isFamilys(row);
  }

  /** Adds a line of its own. @returns whether the report ended with it. */
  add(line: LogLine, row: Line | undefined): boolean {
    this.#settle();
    this.#take(line, row);
    const shape = row?.shape;
    const rank = rankOf(row);
    if (rank !== undefined && rank > this.stage) this.stage = rank;
    if (shape === 'frame' || shape === 'trace') {
      if (shape === 'frame') this.hasFrame = true;
      if (this.phase === 'head' && !this.form.tentative) this.phase = 'body';
    } else if (shape === 'end-trace') this.phase = 'tail';
    else if (shape === 'dropped') this.dropped = true;
    else if (shape === 'cpu') this.pid ??= pidOf(line.text);
    return this.closes(line.text) || (shape === 'tail' && line.text.startsWith('---[ end Kernel panic')) || this.isTooLong;
  }

  /** What it has is cut off here. */
  get isTooLong(): boolean {
    return this.lines.length >= MAX_LINES || this.#characters >= MAX_TEXT;
  }

  /**
   * Sets a line aside that this report does not want; it may turn out to stand between two of its lines.
   * @returns whether the report is over for lack of lines of its own.
   */
  setAside(line: LogLine, near: boolean): boolean {
    if (this.isOver(line)) return true;
    this.#pending.push(line);
    if (near && line.text !== '') this.#near++;
    else this.#far++;
    return (
      this.#near > (this.form.tentative ? TENTATIVE_SILENCE : this.phase === 'tail' ? TAIL_SILENCE : SILENCE) || this.#far > FOREIGN_SILENCE
    );
  }

  /** Whether it has been silent for so long that the line cannot be its own, nor one that joins it. */
  isOver({ record: { usec } }: LogLine): boolean {
    return usec !== undefined && this.#lastUsec !== undefined && usec - this.#lastUsec > SILENCE_USEC;
  }

  /** Whether a line that is nothing else may be the message that the head announces: it follows directly, nothing stands between. */
  takesMessage(text: string): boolean {
    return (
      this.phase === 'head' &&
      recogniseShared(text)?.shape === undefined &&
      this.#pending.length === 0 &&
      this.lines.length - this.headIndex <= MESSAGE_LINES &&
      this.form.message !== undefined &&
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
    return (this.phase === 'head' && !this.hasFrame && this.form.needs !== 'nothing') || this.goesOn === true;
  }

  /** Whether a line of this rank is what it prints next, or the next but one: any report leaves some of them out, but not a stack's title. */
  isDue(rank: number): boolean {
    return this.phase !== 'tail' && rank >= this.stage && rank - this.stage <= (rank === RANKS.frame ? 1 : 2);
  }

  /** Whether its head names the task and CPU of a CPU line: `CPU#6 stuck for 26s! [java:77]`. */
  names(text: string): boolean {
    const pid = pidOf(text);
    return pid !== undefined && this.head.includes(`:${pid}]`);
  }

  /** Whether nothing of it is to come but what is printed at once: the registers behind `end trace`. */
  get saidAll(): boolean {
    return this.phase === 'tail' || this.goesOn === false;
  }

  /** What its decisive head says. */
  get head(): string {
    return this.lines[this.headIndex]?.text ?? '';
  }

  /** Another report took this record: a record of several lines is in one place only. */
  forget(record: PrintkRecord): void {
    this.#pending = this.#pending.filter((l) => l.record !== record);
  }

  close(ending: Ending): Report {
    const { family, form, headIndex, lines, strangers, boot, callerId, hasFrame, dropped, mixed, ordinal, inside, cutBy } = this;
    const endsLog = (ending === 'end-of-log' || ending === 'new-boot') && this.#pending.every((l) => l.text.trim() === '');
    const read = { family, form, headIndex, lines, strangers, hasFrame, dropped, mixed, ordinal, inside, cutBy };
    return Object.assign(read, { boot, callerId, ending, endsLog });
  }

  /** What was set aside stands between two own lines: neutral lines and those of the same caller belong, others are strangers. */
  #settle(): void {
    this.#near = 0;
    this.#far = 0;
    if (this.#pending.length === 0) return; // nearly every line
    const message = this.form.tentative === true ? this.form.message : undefined;
    for (const line of this.#pending) {
      if (message !== undefined) line.line = this.rowOf(line.text) ?? message;
      const own =
        message !== undefined || line.text.trim() === '' || (this.callerId !== undefined && line.record.callerId === this.callerId);
      const neutral = !own && recogniseShared(line.text)?.shape === 'neutral';
      this.#characters += line.text.length;
      (own || neutral ? this.lines : this.strangers).push(line);
      if (own || neutral) this.family.watch?.see(this.#state, line);
    }
    this.#pending = [];
  }

  #take(line: LogLine, row: Line | undefined): void {
    line.line = row;
    this.#characters += line.text.length;
    this.lines.push(line);
    this.family.watch?.see(this.#state, line);
    if (line.dropped) this.dropped = true;
    this.#lastUsec = line.record.usec ?? this.#lastUsec;
  }
}

/** The order in which any report prints what all reports share, whatever it leaves out. */
const RANKS: { readonly [S in Shape]?: number } = { modules: 1, cpu: 2, header: 3, registers: 4, code: 4, trace: 5, section: 5, frame: 6 };

/** Where in a report the line stands; undefined where it can stand anywhere. */
export const rankOf = (row: Line | undefined): number | undefined => row?.shape && RANKS[row.shape];

/** Whether the row is one of the family's own, beyond those that all reports share. */
const isFamilys = (row: Line | undefined): boolean => row !== undefined && row.shape === undefined;

/** The `PID: 30` of a CPU line, as printed. */
export function pidOf(text: string): string | undefined {
  const at = text.search(/\b(?:PID|Pid): ?\d/);
  return at < 0 ? undefined : /\d+/.exec(text.slice(at))?.[0];
}
