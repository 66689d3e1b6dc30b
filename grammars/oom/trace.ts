import type { Lexer } from 'chevrotain';
import { familyLexer } from '../call-trace/tokens.ts';
import type { Parsed } from '../common/parser.ts';
import { OopsParser } from '../oops/parser.ts';

let made: { readonly parser: OopsParser; readonly lexer: Lexer } | undefined;

/**
 * What an OOM report shares with all others: the CPU line, frames, registers. No head of an oops stands in it, and without those the
 * parser is built in a third of the time.
 */
export function parseTrace(text: string): Parsed {
  made ??= { parser: new OopsParser([]), lexer: familyLexer([]) };
  return made.parser.read(text, made.lexer);
}
