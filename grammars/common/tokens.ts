import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Every byte: the start of tokens that take whatever comes, so that the lexer can still dispatch on the first character. */
export const ANY_CHAR: number[] = Array.from({ length: 256 }, (_, i) => i).filter((i) => i !== 10);

/** A line's end, in whatever mode it is met. */
export const EndOfLine = createToken({ name: 'EndOfLine', pattern: Lexer.NA });
/** In mode `line`: the line had no field. */
export const LineBreak = createToken({ name: 'LineBreak', pattern: /\n/, line_breaks: true, categories: EndOfLine });
/** In every other mode: the field ends with its line. */
export const FieldBreak = createToken({ name: 'FieldBreak', pattern: /\n/, line_breaks: true, categories: EndOfLine, pop_mode: true });

export const Indent = createToken({ name: 'Indent', pattern: /[ \t]+/ });
/** A line that no rule knows. */
export const UnknownLine = createToken({ name: 'UnknownLine', pattern: /[^\n]+/, start_chars_hint: ANY_CHAR, line_breaks: false });
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

/** A token that opens the line's free text: the rest is one {@link Rest}. */
export const lead = (name: string, pattern: RegExp, mode = 'text'): TokenType =>
  createToken({ name, pattern, push_mode: mode, line_breaks: false });
/** A token that takes its line whole; its rule takes it apart. */
export const whole = (name: string, pattern: RegExp): TokenType => createToken({ name, pattern, line_breaks: false });

/** The mode that most heads use. */
export const TEXT_MODE = [FieldBreak, Rest];
