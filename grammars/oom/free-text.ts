import { type CustomPatternMatcherReturn, createToken, type IToken, type TokenType } from 'chevrotain';

/** Chevrotain sorts the characters above 255 into buckets of 255; one of each bucket stands for all. */
const ANY_FIRST_CHARACTER: readonly number[] = Array.from({ length: 256 + 330 }, (_, i) =>
  i < 256 ? i : Math.min(0xffff, 256 + (i - 256) * 200),
);

/** How far a free text that starts at `offset` reaches: the index behind its last character. */
export type Reach = (line: string, offset: number) => number;

const matched = (text: string): CustomPatternMatcherReturn => Object.assign<[string], { payload?: undefined }>([text], {});

/** A token that may hold anything (a task's name, a path), as far as `reach` says. */
export function freeText(name: string, reach: Reach, push?: string): TokenType {
  return createToken({
    name,
    pattern: (line: string, offset: number) => {
      const end = reach(line, offset);
      return end > offset ? matched(line.slice(offset, end)) : null;
    },
    start_chars_hint: [...ANY_FIRST_CHARACTER],
    line_breaks: false,
    ...(push === undefined ? {} : { push_mode: push }),
  });
}

/** `key` and the free text behind it as one token: `cpuset=/a b`. {@link textAfter} takes the key off again. */
export function keyedText(name: string, key: string, reach: Reach): TokenType {
  return createToken({
    name,
    pattern: (line: string, offset: number) => {
      if (!line.startsWith(key, offset)) return null;
      const from = offset + key.length;
      return matched(line.slice(offset, Math.max(reach(line, from), from)));
    },
    start_chars_hint: [key.charAt(0)],
    line_breaks: false,
    label: key,
  });
}

/** The free text of a {@link keyedText} token. */
export const textAfter = (token: IToken): string => token.image.slice((token.tokenType.LABEL ?? '').length);

/** To the last `end` of the line (a task's name may hold the very words that follow it), to the end of the line without one. */
export const upToLast =
  (...ends: readonly string[]): Reach =>
  (line, offset) => {
    const at = Math.max(...ends.map((end) => line.lastIndexOf(end)));
    return at >= offset ? at : line.length;
  };

/** To the first `end` from here, to the end of the line without one. */
export const upToFirst =
  (...ends: readonly string[]): Reach =>
  (line, offset) => {
    const found = ends.map((end) => line.indexOf(end, offset)).filter((at) => at >= 0);
    return found.length > 0 ? Math.min(...found) : line.length;
  };

export const toLineEnd: Reach = (line) => line.length;

/** The same, but only where the line begins and what ends it is there: a prefix that some releases print and some do not. */
export const onlyFirst =
  (reach: Reach): Reach =>
  (line, offset) => {
    const end = offset === 0 ? reach(line, 0) : -1;
    return end < line.length ? end : -1;
  };
