import type { Lexer } from 'chevrotain';
import { familyLexer } from '../call-trace/tokens.ts';
import type { Parsed } from '../common/parser.ts';
import { OopsParser } from '../oops/parser.ts';
import { STALL_HEADS } from './heads.ts';

let made: { parser: OopsParser; lexer: Lexer } | undefined;

/** Reads a block of lines as what a watchdog or an operator made the kernel tell; never throws. */
export function parseStall(text: string): Parsed {
  made ??= { parser: new OopsParser(STALL_HEADS), lexer: familyLexer(STALL_HEADS.map((h) => h.token)) };
  return made.parser.read(text, made.lexer);
}
