import type { LogLine } from '../../src/report/line.ts';

/**
 * A literal with which a kernel report (or an absorbed part of one) begins. Families are tables of these: the classifier
 * compiles all of them into one dispatch on two characters, so an opener costs nothing on lines that do not start like it.
 */
export interface Opener {
  /** The literal, byte for byte as the kernel prints it, at least two characters. */
  readonly text: string;
  /** Which {@link Form} of the family it opens. */
  readonly form: string;
  /**
   * `start` (default): the text begins with it. `message`: it follows a `subject: ` prefix, as in `watchdog: BUG: soft lockup`,
   * `e1000 0000:00:03.0 eth0: NETDEV WATCHDOG` or `java invoked oom-killer: gfp_mask=`; the start of the text counts as well.
   */
  readonly at?: 'start' | 'message';
  /** A further look at the line where the literal alone is too weak; `offset` is where the literal begins. */
  readonly test?: (text: string, offset: number) => boolean;
}

/** How a report of one form lives: what it takes in, what ends it, what it must have. */
export interface Form {
  readonly name: string;
  /** A line that may announce a report (`cut here`, a rule of `=`): without a real head behind it, it is plain log again. */
  readonly tentative?: boolean;
  /** Unknown lines directly behind it are its message: those of a WARN; of a tentative form, what stands before the head: `cut here`. */
  readonly message?: boolean;
  /** Openers of these forms (`family/form`) are part of this report until its first stack frame. `*`: of every form. */
  readonly absorbs?: readonly string[];
  /** The same, as long as the report is open. */
  readonly absorbsAlways?: readonly string[];
  /** What makes it complete. Default `stack`: a frame after its head. `nothing`: the head is all the kernel prints. */
  readonly needs?: 'stack' | 'nothing';
  /** Lines of other callers and CPUs belong to it as well (backtraces that other CPUs print for this report). */
  readonly spread?: boolean;
  /** A line that is only ever a part of an open report that {@link Family.joins} it; it begins none and cuts none off. */
  readonly joinsOnly?: boolean;
  /** With such a line the report that it joins goes on being printed: what follows is that report's, whichever began last. */
  readonly resumes?: boolean;
  /** One line, and nothing else belongs to it: the report closes at once. */
  readonly single?: boolean;
  /**
   * Whose line it is, where the line says so itself: a device, the number of an error record. Such reports gather by this key beside
   * the open ones (assemble/keyed.ts), and neither join nor cut off any. Undefined: the newest of the family.
   */
  readonly key?: (text: string) => string | undefined;
  /** With {@link key}: a further line of the report with that key; it begins none. */
  readonly further?: boolean;
  /** With {@link key}: forms that it goes on with, becoming their decisive head, where one with its key is open. */
  readonly after?: readonly string[];
  /** A head that does not cut off a report that is just being printed: a program's fault in the midst of an oops. */
  readonly yields?: boolean;
}

/** A family of reports: `src/report/families/*.ts` holds one each, `families/index.ts` lists them. */
export interface Family {
  readonly name: string;
  readonly openers: readonly Opener[];
  readonly forms: readonly Form[];
  /**
   * Whether the line is one of this family's own (beyond the frames, registers and headers that every report shares, see
   * shape.ts). Asked only while a report of the family is open; must be linear in the line.
   */
  readonly continues?: (text: string, lines: readonly LogLine[]) => boolean;
  /** A cheap test for the lines that a report has by thousands (the task table): asked before a line's shape is looked for. */
  readonly rows?: (text: string, lines: readonly LogLine[]) => boolean;
  /**
   * Whether a head is a part of this open report by what it says: a kill line of the OOM report before it, the reaper's line for its
   * victim (`sameCaller` false: another thread prints that). Undefined leaves it to the forms' `absorbs`. Asked for every head while a
   * report of the family is open: must not read all the lines each time.
   */
  readonly joins?: (head: Head, line: LogLine, lines: readonly LogLine[], sameCaller: boolean) => boolean | undefined;
  /**
   * Whether the report has yet to say what it is for (an OOM report its victim): then it stays open when another head cuts it off.
   * Once false it takes lines of its family only, no more frames.
   */
  readonly goesOn?: (lines: readonly LogLine[]) => boolean;
  /** Whether the line is the last of a report of this family (the rule that ends KASAN's). */
  readonly closes?: (text: string, lines: readonly LogLine[]) => boolean;
}

/** What {@link classify} finds: the opener with its family and form. */
export interface Head {
  readonly family: Family;
  readonly form: Form;
  readonly opener: Opener;
  /** `family/form`. */
  readonly name: string;
}
