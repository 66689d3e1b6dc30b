import { EmbeddedActionsParser, EOF, type IToken, type Lexer, type TokenType } from 'chevrotain';
import { LineMemory, type ReadLine } from './line-memory.ts';
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
  readonly #memory = new LineMemory();
  /** The lines that are being read: where they stand in their block, what they were read as, and which is the current one. */
  #numbers: readonly number[] = [];
  #nodes: ReportNode[][] = [];
  #nth = 0;

  protected constructor(vocabulary: TokenType[], validate: boolean) {
    super(vocabulary, { maxLookahead: 1, skipValidations: !validate, nodeLocationTracking: 'none' });
  }

  /** All kinds of lines, each beginning with a token of its own. */
  protected abstract lines(): Alternative[];
  #alternatives: Alternative[] | undefined;

  protected push(node: ReportNode): void {
    this.#nodes[this.#nth]?.push(node);
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
    this.at = this.#numbers[++this.#nth] ?? 0;
  }

  /** Reads a block; never throws. Lines are read for themselves, so those that were read before are not read again. */
  read(text: string, lexer: Lexer): Parsed {
    const lines = text.split('\n');
    const known = lines.map((line) => this.#memory.get(line));
    const fresh: number[] = [];
    for (let i = 0; i < lines.length; i++) if (known[i] === undefined) fresh.push(i);
    const read = this.#readLines(lines, fresh, lexer);
    const keep = lines.length > 1 && this.#memory.makeRoom(text.length);
    const nodes: ReportNode[] = [];
    const damaged: number[] = [];
    let next = 0;
    for (let i = 0; i < lines.length; i++) {
      const line = known[i] ?? (read[next++] as ReadLine);
      if (line.damaged) damaged.push(i);
      // a report that comes again has its lines where they were: only in another's place does a node cost a copy
      for (const node of line.nodes) nodes.push(node.line === i ? node : { ...node, line: i });
      if (keep && known[i] === undefined) this.#memory.set(lines[i] as string, line);
    }
    return { nodes, damaged };
  }

  /** No grammar of ours fails on what kernels print. Should one, each line is read alone, so that what it cannot read is one line. */
  #readLines(lines: readonly string[], numbers: readonly number[], lexer: Lexer): ReadLine[] {
    if (numbers.length === 0) return [];
    const whole = this.#parse(numbers.map((i) => lines[i]).join('\n'), numbers, lexer);
    if (!whole && numbers.length > 1) return numbers.flatMap((i) => this.#readLines(lines, [i], lexer));
    return this.#nodes.map((nodes) => ({ nodes, damaged: !whole }));
  }

  /** @returns whether all of it could be read */
  #parse(text: string, numbers: readonly number[], lexer: Lexer): boolean {
    this.#nodes = numbers.map(() => []);
    this.#numbers = numbers;
    this.#nth = 0;
    this.at = numbers[0] ?? 0;
    this.input = lexer.tokenize(text).tokens;
    this.block();
    return this.errors.length === 0 && this.LA(1).tokenType === EOF;
  }
}
