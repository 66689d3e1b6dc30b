import type { Lexer } from 'chevrotain';
import { familyLexer } from '../call-trace/tokens.ts';
import type { Parsed } from '../common/parser.ts';
import { OopsParser } from '../oops/parser.ts';
import { LOCK_HEADS } from './heads.ts';

let made: { parser: OopsParser; lexer: Lexer } | undefined;

/** Reads a block of lines as a report on locks or on the context that code runs in; never throws. */
export function parseLock(text: string): Parsed {
  made ??= { parser: new OopsParser(LOCK_HEADS), lexer: familyLexer(LOCK_HEADS.map((h) => h.token)) };
  return made.parser.read(text, made.lexer);
}
