import type { Lexer } from 'chevrotain';
import { familyLexer } from '../call-trace/tokens.ts';
import type { Parsed } from '../common/parser.ts';
import { OOPS_HEADS } from '../oops/heads.ts';
import { OopsParser } from '../oops/parser.ts';
import { BUG_HEADS } from './heads.ts';

/** A BUG ends in a die line, and an arm `cut here` may open an oops: the heads of oops come with those of bug. */
const HEADS = [...BUG_HEADS, ...OOPS_HEADS];

let made: { parser: OopsParser; lexer: Lexer } | undefined;

/** Reads a block of lines as a report of the kernel's own checks; never throws. */
export function parseBug(text: string): Parsed {
  made ??= { parser: new OopsParser(HEADS), lexer: familyLexer(HEADS.map((h) => h.token)) };
  return made.parser.read(text, made.lexer);
}
