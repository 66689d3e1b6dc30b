import { EmbeddedActionsParser, type IToken, type Lexer, type TokenType } from 'chevrotain';
import type { ReportNode } from './nodes.ts';
import { EndOfLine, Indent, UnknownLine } from './tokens.ts';

export interface Alternative {
  readonly ALT: () => unknown;
}

/** What a block of lines was read as. */
export interface Parsed {
  readonly nodes: readonly ReportNode[];
  /** Lines that a rule began to read and could not: their text is damaged. */
  readonly damaged: readonly number[];
}

/**
 * A parser of blocks of lines: each line is one alternative of {@link line}, chosen by its first token. Rules push the node they
 * made; `at` is the index of the current line.
 */
export abstract class BlockParser extends EmbeddedActionsParser {
  protected at = 0;
  #nodes: ReportNode[] = [];

  protected constructor(vocabulary: TokenType[], validate: boolean) {
    super(vocabulary, { recoveryEnabled: true, maxLookahead: 1, skipValidations: !validate, nodeLocationTracking: 'none' });
  }

  /** All kinds of lines, each beginning with a token of its own. */
  protected abstract lines(): Alternative[];
  #alternatives: Alternative[] | undefined;

  protected push(node: ReportNode): void {
    this.#nodes.push(node);
  }

  /** One flat loop: a rule a line costs time, and every line's first token tells what it is. */
  readonly block = this.RULE('block', () => {
    this.#alternatives ??= [
      { ALT: () => this.breakLine() },
      { ALT: () => this.CONSUME(Indent) },
      ...this.lines(),
      { ALT: () => this.CONSUME(UnknownLine) },
    ];
    const alternatives = this.#alternatives as { ALT: () => IToken }[];
    this.MANY(() => this.OR(alternatives));
  });

  private breakLine(): void {
    this.CONSUME(EndOfLine);
    this.at++;
  }

  /** Reads a block; never throws. */
  read(text: string, lexer: Lexer): Parsed {
    this.#nodes = [];
    this.at = 0;
    this.input = lexer.tokenize(text).tokens;
    this.block();
    const nodes = this.#nodes;
    this.#nodes = [];
    const damaged =
      this.errors.length === 0
        ? []
        : damagedLines(
            text,
            this.errors.map((e) => e.token.startOffset),
          );
    return { nodes, damaged };
  }
}

function damagedLines(text: string, offsets: readonly number[]): number[] {
  const lines = new Set<number>();
  for (const offset of offsets) if (Number.isFinite(offset)) lines.add(countBreaks(text, offset));
  return [...lines];
}

function countBreaks(text: string, end: number): number {
  let n = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) n++;
  return n;
}
