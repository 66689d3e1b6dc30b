import { type Field, type Fields, words } from '../common/fields.ts';
import type { LineSpec, Opens } from '../common/line.ts';
import { escaped } from './opens.ts';

/** Who speaks in a driver's lines: how they begin, with the fields that name the device. */
export interface Subject<S extends Fields> {
  /** `nvme (?<device>nvme\d+): `: from the start of the line up to what is said. */
  readonly pattern: string;
  readonly fields: S;
  /** Literals that such a line starts with, where the words do not follow on `: ` (include/linux/printk.h pr_fmt() with a function's name). */
  readonly starts?: readonly string[];
}

export const subject = <const S extends Fields>(pattern: string, fields: S, ...starts: readonly string[]): Subject<S> =>
  starts.length === 0 ? { pattern, fields } : { pattern, fields, starts };

/** What stands behind the words: a pattern, which a cut line may lack, and its fields. */
interface Behind<F extends Fields> {
  /** The form that the line opens; default `line`. */
  readonly form?: string;
  /** A pattern of what stands behind the words, as far as the fields need it. */
  readonly tail?: string;
  readonly fields?: F;
}

type Sentence<S extends Fields, F extends Fields> = Required<Pick<LineSpec, 'start' | 'opens' | 'reads'>> & {
  readonly fields: S & F & { readonly what: Field<string> };
};

/**
 * A row of a driver's sentence about its device: opened by its words, byte for byte, which are the field `what`. Where they are several,
 * they are what one function prints of one meaning.
 */
export function sentence<S extends Fields, const F extends Fields = Readonly<Record<never, never>>>(
  of: Subject<S>,
  said: string | readonly string[],
  behind: Behind<F> = {},
): Sentence<S, F> {
  const texts = typeof said === 'string' ? [said] : said;
  const what = texts.map(escaped).join('|');
  const bare = of.pattern.replace(/\(\?<\w+>/g, '(?:');
  const speaks = new RegExp(`^${bare}${of.starts === undefined ? '' : `(?:${what})`}`);
  const test: Opens['test'] = (text) => speaks.test(text);
  const form = behind.form ?? 'line';
  const read = new RegExp(`^${of.pattern}(?<what>${what})${behind.tail === undefined ? '' : `(?:${behind.tail})?`}`);
  return {
    start: new RegExp(`${bare}(?:${what})`),
    opens: of.starts === undefined ? [{ form, literals: texts, at: 'message', test }] : [{ form, literals: of.starts, test }],
    reads: [read],
    fields: { ...of.fields, ...(behind.fields ?? {}), what: words } as S & F & { readonly what: Field<string> },
  };
}
