import { textOf } from '../../record/decode-text.ts';

/** Characters of what a log says: a panic can be called with anything. */
const MOST_TEXT = 400;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of a log, decoded, well formed and not too long, as an answer keeps it. */
export function short(bytes: string): string {
  // what comes after that is cut anyway
  const text = textOf(bytes.slice(0, 4 * MOST_TEXT));
  return (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text).replace(LONE_SURROGATE, '\ufffd');
}
