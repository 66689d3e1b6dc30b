import type { HeadRule } from '../call-trace/head.ts';
import { CallTraceParser } from '../call-trace/parser.ts';
import { familyLexer, familyVocabulary } from '../call-trace/tokens.ts';
import type { Alternative } from '../common/parser.ts';

/** Reads the lines of one table of heads: what devices, drivers and file systems say of their trouble, mostly in one line. */
export class HardwareParser extends CallTraceParser {
  readonly #heads: Alternative[];

  constructor(heads: readonly HeadRule[], validate = false) {
    super(familyVocabulary(heads.map((h) => h.token)), validate);
    this.#heads = this.headRules(heads);
    this.performSelfAnalysis();
  }

  protected heads(): Alternative[] {
    return this.#heads;
  }
}

/** Its lexer. */
export const hardwareLexer = (heads: readonly HeadRule[], validate = false) =>
  familyLexer(
    heads.map((h) => h.token),
    {},
    validate,
  );
