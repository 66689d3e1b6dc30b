// Families whose lines are still written twice, as openers and patterns here and as heads there: each goes when its table is one.
import type { Family, Form, Head } from './family.ts';
import type { Line, LogText } from './line.ts';

export type { Head };

export interface Opener {
  readonly text: string;
  readonly form: string;
  readonly at?: 'start' | 'message';
  readonly test?: (text: string, offset: number) => boolean;
}

export interface OldFamily {
  readonly name: string;
  readonly openers: readonly Opener[];
  readonly forms: readonly Form[];
  readonly continues?: (text: string, lines: readonly LogText[]) => boolean;
  readonly joins?: (head: Head, line: LogText, lines: readonly LogText[], sameCaller: boolean) => boolean | undefined;
  readonly closes?: (text: string, lines: readonly LogText[]) => boolean;
}

const NEVER = /(?!)/;

export function adapt({ openers, ...old }: OldFamily, heads: readonly Line[]): Family {
  const opening = openers.map(
    ({ text, form, at, test }, i): Line => ({
      name: `${old.name}/${form}/${i}`,
      printer: '',
      examples: [],
      start: NEVER,
      opens: [{ form, literals: [text], ...(at === undefined ? {} : { at }), ...(test === undefined ? {} : { test }) }],
    }),
  );
  return {
    ...old,
    continues: old.continues ?? (() => false),
    lines: [...heads.filter((h) => h.opens === undefined), ...opening],
    also: heads.filter((h) => h.opens !== undefined),
  };
}
