import { textOf } from '../../record/decode-text.ts';

/** DEL, C1, zero-width characters, line and paragraph separators, bidirectional controls: a class of a regular expression. */
export const UNSEEN = String.raw`\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff`;
/** What text must not do to a terminal: these, C0, and lone surrogates. */
const HOSTILE = new RegExp(String.raw`[\x00-\x1f${UNSEEN}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]`, 'g');

/** Text of a log as it may be shown: decoded, every control escaped as `\x1b` or `\u202e`. Never longer than 4000 characters. */
export function printable(bytes: string): string {
  const text = textOf(bytes.length > 4000 ? bytes.slice(0, 4000) : bytes);
  return text.replace(HOSTILE, (c) => {
    const code = c.charCodeAt(0);
    return code === 9 ? ' ' : code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
