import type { Line, LogText, Opens } from './line.ts';

/** How a report of one form lives: what it takes in, what ends it, what it must have. */
export interface Form {
  readonly name: string;
  /** A line that may announce a report (`cut here`, a rule of `=`): without a real head behind it, it is plain log again. */
  readonly tentative?: boolean;
  /**
   * Unknown lines directly behind it are its message, which this row reads: those of a WARN; of a tentative form (`cut here`), what
   * stands before the head.
   */
  readonly message?: Line;
  /** Openers of these forms (`family/form`) are part of this report until its first stack frame. `*`: of every form. */
  readonly absorbs?: readonly string[];
  /** The same, as long as the report is open. */
  readonly absorbsAlways?: readonly string[];
  /** What makes it complete. Default `stack`: a frame after its head. `nothing`: the head is all the kernel prints. */
  readonly needs?: 'stack' | 'nothing';
  /** Lines of other callers and CPUs belong to it as well (backtraces that other CPUs print for this report). */
  readonly spread?: boolean;
  /** It is only ever a part of an open report whose family {@link Family.joins} it; it neither begins a report nor cuts one off. */
  readonly joinsOnly?: boolean;
  /** With such a line the report that it joins goes on being printed: what follows is that report's, whichever began last. */
  readonly resumes?: boolean;
  /** One line, and nothing else belongs to it: the report closes at once. */
  readonly single?: boolean;
  /**
   * The source that the line names itself: a device, the number of an error record. Reports with a key gather beside the open
   * ones (src/report/assemble/keyed.ts) and neither join nor cut off another. Undefined: the line goes to the newest of the family.
   */
  readonly key?: (text: string) => string | undefined;
  /** With {@link key}: a further line of the report with that key; it begins none. */
  readonly further?: boolean;
  /** With {@link key}: forms that it goes on with, becoming their decisive head, where one with its key is open. */
  readonly after?: readonly string[];
  /** With {@link key}: forms that it goes on with where one with its key is open, without becoming their head. */
  readonly along?: readonly string[];
  /**
   * With {@link key}: forms of other sources that it explains: the newest that is open becomes part of it. A port that contains an error
   * says why the device below it was not there a moment before.
   */
  readonly adopts?: readonly string[];
  /** It begins a report only where no open one takes the line: rows that all reports share. */
  readonly unclaimed?: boolean;
  /** A head that does not cut off a report that is just being printed: a program's fault in the midst of an oops. */
  readonly yields?: boolean;
}

/** What a report's lines have said so far: kept by the open report, so that no line is looked at twice. */
export interface Watch<S> {
  start(): S;
  /** Takes the next line of the report, with its row. */
  see(state: S, line: LogText): void;
}

/**
 * A family of reports: its table of lines, and how its reports live. `grammars/families.ts` lists them. `S` is what its {@link watch}
 * keeps of an open report; the functions below get it last (they are methods so that families of all states fit one list).
 */
export interface Family<S = unknown> {
  readonly name: string;
  readonly lines: readonly Line[];
  /** Rows of other families that its reports print as well. */
  readonly also?: readonly Line[];
  readonly forms: readonly Form[];
  /** Its lines begin with the program that they are about (`java[4711]: segfault at`), as the lines that programs write do. */
  readonly namesPrograms?: boolean;
  readonly watch?: Watch<S>;
  /**
   * Whether a row counts where it stands, for rows that mean something only behind another line (a line of memory.stat) or in one kind
   * of report; default: it does. Where it does not, the rows behind it are tried. Must be linear in the line.
   */
  admits?(line: Line, text: string, lines: readonly LogText[], state: S): boolean;
  /** A cheap test for the lines that a report has by thousands (the task table): asked before the table. */
  rows?(text: string, lines: readonly LogText[], state: S): Line | undefined;
  /**
   * Whether a head is a part of this open report by what it says: a kill line of the OOM report before it, the reaper's line for its
   * victim (`sameCaller` false: another thread prints that). Undefined leaves it to the forms' `absorbs`. Asked for every head while a
   * report of the family is open: must not read all the lines each time.
   */
  joins?(head: Head, line: LogText, lines: readonly LogText[], sameCaller: boolean, state: S): boolean | undefined;
  /**
   * Whether the report has yet to say what it is for (an OOM report its victim): then it stays open when another head cuts it off.
   * Once false it takes lines of its family only, no more frames. Undefined: such a report does not say.
   */
  goesOn?(lines: readonly LogText[], state: S): boolean | undefined;
  /** Whether the line is the last of a report of this family (the rule that ends KASAN's). */
  closes?(text: string, lines: readonly LogText[], state: S): boolean;
}

/** What the classifier finds: a row that opens a report, with its family and form. */
export interface Head {
  readonly family: Family;
  readonly form: Form;
  readonly line: Line;
  readonly opens: Opens;
  /** `family/form`. */
  readonly name: string;
}
