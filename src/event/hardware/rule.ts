import type { Field } from '../../../grammars/common/fields.ts';
import type { Line } from '../../../grammars/common/line.ts';
import type { Draft } from '../facts/draft.ts';
import type { Said, Sayable } from '../facts/said.ts';
import type { Kind, Severity } from '../kinds.ts';

/** The names of the fields of rows. */
type NameOf<L> = L extends { readonly fields: infer F } ? keyof F & string : never;
type ValueOf<L, K> = L extends { readonly fields: infer F }
  ? K extends keyof F
    ? F[K] extends Field<infer V>
      ? V
      : never
    : never
  : never;

/** What the lines of one report say together, typed as their rows declare: the first line that has a field counts. */
export type Told<L> = { readonly [K in NameOf<L>]?: ValueOf<L, K> };
/** The same values, each with its records. */
export type SaidOf<F> = { readonly [K in keyof F]?: Said<NonNullable<F[K]>> };

/** What a line means. `F`: the fields of its row and of the other rows of its report; `D`: what is worked out from them. */
export interface Meaning<F, D extends Values = Values> {
  /** Fields of `details` that are worked out and stand in no line: a decoded status. They count for the title and the fold as well. */
  readonly derive?: { readonly [K in keyof D]: (told: F) => D[K] | undefined };
  /** Default: that of the table. */
  readonly kind?: Kind;
  /** Default: error. */
  readonly severity?: Severity | ((told: F & Partial<NoInfer<D>>) => Severity);
  /** `{name}` is a field; a bracketed part is left out where one of its fields is absent: `I/O error[ on {device}]`. No address, pid or counter. */
  readonly title: string | ((told: F & Partial<NoInfer<D>>) => string);
  readonly alt?: readonly string[];
  /** Fields that, with the row and the title, make it the same cause; `false`: never folded. Default: the device. */
  readonly fold?: readonly string[] | false;
  /** With fewer repeats there is no event. */
  readonly minimum?: number;
  /** Another line of the report says it better, where there is one. */
  readonly weak?: boolean;
  /** It says how the report ended and names it, whatever other line has a rule. */
  readonly strong?: boolean;
  /** What became of the device. */
  readonly outcome?: Outcome | ((told: F & Partial<NoInfer<D>>) => Outcome | undefined);
  /** Whether nothing happened: a message without trouble. */
  unless?(told: F & Partial<NoInfer<D>>): boolean;
  /** Fields of the event itself, beside its task. */
  event?(said: SaidOf<F>): Sayable<Partial<Draft>>;
}

/**
 * What a line says became of the part that it is about; for the incident's verdict.
 * - `gone`: the kernel gave the device up: disabled, removed, offlined, rejected
 * - `degraded`: it works with less: without a member, slower, without a feature
 * - `stopped`: nothing is written any more: a file system shut down or read-only, an array that failed
 * - `reset`: it is being reset; `recovered`: that, or an error handler, succeeded
 */
export type Outcome = 'gone' | 'degraded' | 'stopped' | 'reset' | 'recovered';

/** A row with its meaning; `rule()` checks its types where it is written. */
export interface Rule {
  readonly row: Line;
  /** All rows that its report's fields come from. */
  readonly rows: readonly Line[];
  readonly meaning: Meaning<Values, Values>;
}

export type Value = string | number | boolean | readonly number[] | readonly string[];
/** Fields of any rows. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** What the first of the rows means; the others are lines that its report may add. */
export const rule = <const R extends readonly [Line, ...Line[]], const D extends Values = Values>(
  rows: R,
  meaning: Meaning<Told<R[number]>, D>,
): Rule => ({ row: rows[0], rows, meaning: erased(meaning) });

/** Several rows of one meaning, each the first of a report of its own. */
export const each = <const L extends Line, const D extends Values = Values>(rows: readonly L[], meaning: Meaning<Told<L>, D>): Rule[] =>
  rows.map((row) => ({ row, rows: [row], meaning: erased(meaning) }));

/** That a meaning asks only for fields of its rows was checked where both were known. */
const erased = (meaning: Meaning<never, Values>): Meaning<Values, Values> => meaning as Meaning<Values, Values>;
