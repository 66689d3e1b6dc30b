import type { Event } from '../../event/event.ts';
import { textOf } from '../../record/decode-text.ts';
import { UNSEEN } from '../text/printable.ts';
import { inOrder } from './key-order.ts';

/** What some terminals obey though JSON does not ask for its escape. */
const UNSAFE = new RegExp(`[${UNSEEN}]`, 'g');
/** JSON with nothing in it that a terminal obeys. */
export const unobeyed = (json: string): string => json.replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Nothing but printable ASCII. Both calls look at many bytes at once: an expression took 2.4 µs an event, these take 0.1. */
const isPlain = (json: string): boolean => Buffer.byteLength(json) === json.length && !json.includes('\x7f');

/** One event as one line of JSON without its newline: keys in the contract's order, text decoded, nothing a terminal obeys. */
export const eventToJson = (event: Event): string => toJson(inOrder(event));

/** JSON of any of our values, byte strings decoded as UTF-8 where they are; `source` is the user's own text and stays. */
function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (isPlain(json)) return json; // nearly every event: nothing to decode, nothing unsafe
  const decoded = JSON.stringify(value, (key, item: unknown) => (typeof item === 'string' && key !== 'source' ? textOf(item) : item));
  return unobeyed(decoded);
}

/** The same over many lines. */
export const toPrettyJson = (value: unknown): string => unobeyed(JSON.stringify(JSON.parse(toJson(value)), undefined, 2));
