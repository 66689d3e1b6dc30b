import type { LineSpec } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';

/** HW_ERR (include/linux/printk.h): `mce: ` before it since 3.1, `BERT: ` since 4.2; GHES numbers its records: `{1}[Hardware Error]: `. */
const TAG = String.raw`(?:mce: |BERT: )?(?:\{\d+\})?\[Hardware Error\]: *`;
const TAGS = [
  'mce: [Hardware Error]: ',
  '[Hardware Error]: ',
  'BERT: [Hardware Error]: ',
  ...Array.from({ length: 9 }, (_, i) => `{${i + 1}`),
];

/** A row of this form that begins with one of the patterns behind the tag. */
export function tagged(form: string, ...begins: readonly string[]): Pick<LineSpec, 'start' | 'opens'> {
  const start = `${TAG}${anyOf(...begins).source}`;
  const opening = new RegExp(`^${start}`);
  return { start: new RegExp(start), opens: [{ form, literals: TAGS, test: (text) => opening.test(text) }] };
}

/** The record that a tagged line belongs to: GHES numbers them, all others share one printer. */
export const recordOf = (text: string): string => /^\{\d+\}/.exec(text)?.[0] ?? 'mce';
