import type { Fields } from './fields.ts';

/**
 * What a line is to the report around it. A line without one belongs to its own family's reports alone.
 * - `frame`, `trace` (`Call Trace:`), `section` (`<TASK>`), `cpu` (`CPU: 1 PID: 30 Comm: …`), `header` (hardware, taint, workqueue…),
 *   `modules`, `detail` (hex dumps, page tables): until the report's end
 * - `registers`, `code`, `tail` (`note: x exited with`), `end-trace`, `dropped`: also behind its end
 * - `neutral`: an empty line or a rule, belongs if something around it does
 */
export type Shape =
  | 'frame'
  | 'trace'
  | 'section'
  | 'cpu'
  | 'header'
  | 'registers'
  | 'code'
  | 'modules'
  | 'detail'
  | 'end-trace'
  | 'tail'
  | 'neutral'
  | 'dropped';

/** How a line begins a report: literals for the classifier, which looks at every line of a log. */
export interface Opens {
  /** The form of the family's report that it opens. */
  readonly form: string;
  /** Literals, byte for byte as the kernel prints them, at least two characters each. The longest of all families wins. */
  readonly literals: readonly string[];
  /**
   * `start` (default): the text begins with it. `message`: it follows a `subject: ` prefix, as in `watchdog: BUG: soft lockup` or
   * `java invoked oom-killer: gfp_mask=`; the start of the text counts as well.
   */
  readonly at?: 'start' | 'message';
  /** A further look at the line where the literal alone is too weak; `offset` is where the literal begins. */
  readonly test?: (text: string, offset: number) => boolean;
  /**
   * With many rows of one literal: what their tests look at instead of the text, found once a line; undefined where it is none of their lines.
   * Rows share it by its identity.
   */
  readonly part?: (text: string) => string | undefined;
}

/** What reads structured lines: grammars/readers.ts builds each when its first line is met. `task-table` is read by hand. */
export type GrammarName =
  | 'ata'
  | 'bus'
  | 'call-trace'
  | 'check'
  | 'disk'
  | 'filesystem'
  | 'lock'
  | 'memcg'
  | 'oom'
  | 'oops'
  | 'ras'
  | 'scsi'
  | 'stall'
  | 'task-table'
  | 'user-fault';

/** One line that a kernel function prints: written once, for the assembler, the grammar and the README. */
export interface LineSpec {
  /** File and function, as in the newest release that prints it: `kernel/hung_task.c check_hung_task()`. */
  readonly printer: string;
  /** Releases, and what each changed. Empty: all. */
  readonly releases?: string;
  /** The line as printed, one for each wording. */
  readonly examples: readonly string[];
  /** How the line begins, behind its indent; the openers' literals where it is left out. No groups with names, no look behind. */
  readonly start?: RegExp;
  /** Text that such a line holds wherever: looked for before a `start` that costs more. */
  readonly contains?: string;
  /** It begins with free text (a comm, a file): it is tried last, on lines that nothing else knows. */
  readonly free?: boolean;
  /** It counts only behind an indent. */
  readonly indented?: boolean;
  readonly opens?: readonly Opens[];
  /** A report has one such line: another that says something else opens another report, as `grep BUG` leaves them behind one another. */
  readonly once?: true;
  readonly shape?: Shape;
  /**
   * Patterns of the whole line, one a wording, the first that fits counts; each named group is one of `fields`. Empty: that the line is
   * there is all it says. Left out: it is only known.
   */
  readonly reads?: readonly RegExp[];
  readonly fields?: Fields;
  /** The line is the title of the stack that follows, whatever else it says; `short`: up to its first colon. */
  readonly stack?: true | 'short';
  /** The text behind `start` under this name: `hardware`, `workqueue`. */
  readonly text?: string;
  /** With `text`: the line as a whole. */
  readonly whole?: true;
  /** It says where the frames that follow ran: the text behind `start` names the section. */
  readonly section?: true;
  /** A chevrotain grammar reads it, by this rule, starting in this lexer mode. */
  readonly rule?: { readonly grammar: GrammarName; readonly name: string; readonly mode: string };
}

/** A row of a family's table. */
export interface Line extends LineSpec {
  /** The name of the row: the kernel function that prints it, where there is one. */
  readonly name: string;
}

type Named<T> = { readonly [K in keyof T & string]: T[K] & { readonly name: K } };

/** Names the rows of a table by their keys; the types of their fields stay known. */
export function lines<const T extends Readonly<Record<string, LineSpec>>>(table: T): Named<T> {
  return Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, { ...spec, name }])) as Named<T>;
}

/** One line of a log, as the tables see it; src/report makes them of records. */
export interface LogText {
  readonly text: string;
  readonly record: { readonly seq: number; readonly usec?: number | undefined; readonly callerId?: string | undefined };
  /** Its row, once a report took it. */
  readonly line?: Line | undefined;
}
