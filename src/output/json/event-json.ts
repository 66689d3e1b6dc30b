import type { Event } from '../../event/event.ts';
import { textOf } from '../../record/decode-text.ts';
import { UNSEEN } from '../text/printable.ts';
import { behindModules, inOrder, upToCode } from './key-order.ts';

/** What some terminals obey though JSON does not ask for its escape. */
const UNSAFE = new RegExp(`[${UNSEEN}]`, 'g');
/** JSON with nothing in it that a terminal obeys. */
export const unobeyed = (json: string): string => json.replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Nothing but printable ASCII. Both calls look at many bytes at once: an expression took 2.4 µs an event, these take 0.1. */
const isPlain = (json: string): boolean => Buffer.byteLength(json) === json.length && !json.includes('\x7f');

/** One event as one line of JSON without its newline: keys in the contract's order, text decoded, nothing a terminal obeys. */
export function eventToJson(event: Event): string {
  const json = inParts(event);
  return isPlain(json) ? json : decodedJson(inOrder(event)); // nearly every event: nothing to decode, nothing unsafe
}

/** What reports of one kernel share is one object, a third of an event's JSON: it is written once. */
const MOST_SHARED = 64;
const written = new Map<object, string>();

function once(value: object): string {
  const known = written.get(value);
  if (known !== undefined) return known;
  const json = JSON.stringify(value);
  if (written.size >= MOST_SHARED) written.clear();
  written.set(value, json);
  return json;
}

function inParts(event: Event): string {
  const { code, stacks, modules } = event;
  let json = JSON.stringify(upToCode(event)).slice(0, -1);
  if (code !== undefined) json += `,"code":${once(code)}`;
  if (stacks !== undefined) json += `,"stacks":${JSON.stringify(stacks)}`;
  if (modules !== undefined) json += `,"modules":${once(modules)}`;
  return `${json},${JSON.stringify(behindModules(event)).slice(1)}`;
}

/** JSON of any of our values. */
function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return isPlain(json) ? json : decodedJson(value);
}

/** The same with byte strings decoded as UTF-8 where they are; `source` is the user's own text and stays. */
function decodedJson(value: unknown): string {
  const decoded = JSON.stringify(value, (key, item: unknown) => (typeof item === 'string' && key !== 'source' ? textOf(item) : item));
  return unobeyed(decoded);
}

/** The same over many lines. */
export const toPrettyJson = (value: unknown): string => unobeyed(JSON.stringify(JSON.parse(toJson(value)), undefined, 2));
