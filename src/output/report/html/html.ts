import { shown } from '../shown.ts';

/** Markup that was built here, as opposed to text that came from anywhere. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | undefined | false | readonly Part[];

/**
 * The only way to markup: what is written in the source is markup, every value put into it is text and escaped, in elements as in
 * attributes (which are all written in double quotes). Undefined and false leave nothing.
 */
export function html(source: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(source.reduce((text, piece, i) => text + put(values[i - 1]) + piece));
}

function put(value: Part): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(put).join('');
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? escaped(shown(value)) : '';
}

const ENTITY: ReadonlyMap<string, string> = new Map(
  Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }),
);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITY.get(c) ?? c);

/** Letters, digits and dashes: what an id or a class may hold, whatever it was made of. */
export const slug = (text: string): string => text.replace(/[^A-Za-z0-9-]/g, '_');

/** The attribute of <details> that is open. */
export const OPEN = html` open`;
