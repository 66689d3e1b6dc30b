import type { Lexer } from 'chevrotain';
import type { Parsed } from '../common/parser.ts';
import { OopsParser, oopsLexer } from './parser.ts';

let made: { parser: OopsParser; lexer: Lexer } | undefined;

/** Reads a block of lines as an oops; never throws. */
export function parseOops(text: string): Parsed {
  made ??= { parser: new OopsParser(), lexer: oopsLexer() };
  return made.parser.read(text, made.lexer);
}
