import { toPrettyJson } from '../../output/json/event-json.ts';
import { visible } from '../warn.ts';

/** Characters of one answer: what an assistant can hold beside its other thoughts. */
const MOST_CHARACTERS = 60_000;

/** Characters of a refusal. */
const MOST_REFUSED = 10_000;

/** A list, as much of it as fits one answer. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  /** Where the rest begins; absent where there is none. */
  readonly next?: number;
}

/**
 * As many items as were asked for and fit.
 * @param items all of them
 */
export function page<T>(items: readonly T[], offset: number, limit: number): Page<T> {
  const shown: T[] = [];
  let size = 0;
  for (const item of items.slice(offset, offset + limit)) {
    size += toPrettyJson(item).length;
    if (size > MOST_CHARACTERS && shown.length > 0) break;
    shown.push(item);
  }
  const next = offset + shown.length;
  return { items: shown, total: items.length, ...(next < items.length && { next }) };
}

/** A text, cut where it is too long, which it then says. */
export const bounded = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}\n… cut here: ${text.length - MOST_CHARACTERS} more characters`;

/** What a tool answers: JSON, as text and as data. */
export function answer(value: object) {
  const text = toPrettyJson(value);
  if (text.length <= 2 * MOST_CHARACTERS) return { content: [{ type: 'text' as const, text }] };
  return { content: [{ type: 'text' as const, text: bounded(text) }], isError: false };
}

/** A question that cannot be answered: the assistant is told why, in one line that holds no more of the question than a path may be long. */
export const refusal = (why: string) => ({
  content: [{ type: 'text' as const, text: visible(why).slice(0, MOST_REFUSED) }],
  isError: true,
});
