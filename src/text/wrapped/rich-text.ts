import type { Unwrapping, Wrapping } from './wrapping.ts';

/** Control words of RTF 1.9 that stand for a character, and the characters that are escaped. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['emdash', '--'],
  ['endash', '-'],
]);
const CONTROL = /\\(?:([a-z]{1,32})(-?\d{1,10})? ?|'([\da-f]{2})|([{}\\]))/g;

/** RTF, as word processors keep it: its text, a paragraph a line. */
export const RICH_TEXT: Wrapping = {
  fits: (head) => head.startsWith('{\\rtf'),
  unwrap: (onLine): Unwrapping => ({
    line(s, start, end, lineNo) {
      const text = s.slice(start, end).replace(CONTROL, (_, word?: string, _number?: string, hex?: string, char?: string) => {
        if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
        return char ?? WORDS.get(word ?? '') ?? '';
      });
      onLine(text, 0, text.length, lineNo);
    },
  }),
};
