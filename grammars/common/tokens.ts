import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Every byte: the start of tokens that take whatever comes, so that the lexer can still dispatch on the first character. */
export const ANY_CHAR: number[] = Array.from({ length: 256 }, (_, i) => i).filter((i) => i !== 10);

/** What is left of a line whose beginning was read. */
export const Rest = createToken({ name: 'Rest', pattern: /[^\n]+/, start_chars_hint: ANY_CHAR, line_breaks: false });
export const Blank = createToken({ name: 'Blank', pattern: /[ \t]+/, group: Lexer.SKIPPED });
/** A word that a mode has no name for. */
export const Word = createToken({
  name: 'Word',
  pattern: /[^\s]+/,
  start_chars_hint: ANY_CHAR.filter((c) => c !== 32 && c !== 9),
  line_breaks: false,
});

/** A token that opens a mode of its own. */
export const lead = (name: string, pattern: RegExp, mode: string): TokenType =>
  createToken({ name, pattern, push_mode: mode, line_breaks: false });
