import type { HeadRule } from '../call-trace/head.ts';
import { CallTraceParser } from '../call-trace/parser.ts';
import { familyLexer, familyVocabulary } from '../call-trace/tokens.ts';
import type { Alternative } from '../common/parser.ts';
import { OOPS_HEADS } from './heads.ts';

/** Reads faults and traps of every architecture. */
export class OopsParser extends CallTraceParser {
  readonly #heads: Alternative[];

  constructor(heads: readonly HeadRule[] = OOPS_HEADS, validate = false) {
    super(familyVocabulary(heads.map((h) => h.token)), validate);
    this.#heads = this.headRules(heads);
    this.performSelfAnalysis();
  }

  protected heads(): Alternative[] {
    return this.#heads;
  }
}

/** Its lexer. */
export const oopsLexer = (validate = false) =>
  familyLexer(
    OOPS_HEADS.map((h) => h.token),
    {},
    validate,
  );
