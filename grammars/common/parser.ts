import { createToken, createTokenInstance, EmbeddedActionsParser, EOF, type IToken, Lexer, type TokenType } from 'chevrotain';
import { type Captures, headNode } from './head-node.ts';
import type { Line } from './line.ts';
import type { ReadLine } from './line-memory.ts';
import { OneToken } from './lookahead.ts';
import type { ReportNode } from './nodes.ts';

/** Outside a built bundle (tests, development) vocabularies and rules are validated; users do not wait for that. */
const skipValidations = process.env.NODE_ENV === 'production';

/** A line that a grammar is to read: its text, its row, and its index in the report. */
export interface LineToRead {
  readonly text: string;
  readonly line: Line;
  readonly at: number;
}

/** Reads the lines of one report that its rows give it, in order; never throws. */
export interface LineReader {
  read(lines: readonly LineToRead[]): ReadLine[];
  /** Its lines never come again: none is kept. */
  readonly keepsNone?: boolean;
}

/** Stands behind every line, so that lines of one report are read in one run. */
const EndOfLine = createToken({ name: 'EndOfLine', pattern: Lexer.NA });
/** Stands before every line and says which rule reads it: the table has recognised the line already. */
const lineToken = (rule: string): TokenType => createToken({ name: `Line_${rule}`, pattern: Lexer.NA });

export type Modes = Readonly<Record<string, readonly TokenType[]>>;

/**
 * A grammar of lines. The table has recognised each line, so it is lexed in the mode of its row and read by the row's rule, which
 * pushes the nodes it makes; `at` is the index of the current line in the report.
 */
export abstract class LineParser extends EmbeddedActionsParser implements LineReader {
  protected at = 0;
  readonly #modes: Modes;
  readonly #lexers = new Map<string, Lexer>();
  readonly #starts = new Map<string, TokenType>();
  readonly #end: IToken;
  #lines: readonly LineToRead[] = [];
  #nodes: ReportNode[][] = [];
  #nth = 0;

  protected constructor(rules: readonly string[], modes: Modes) {
    const starts = rules.map((rule) => [rule, lineToken(rule)] as const);
    const tokens = [...new Set([EndOfLine, ...starts.map(([, token]) => token), ...Object.values(modes).flat()])];
    super(tokens, { maxLookahead: 1, lookaheadStrategy: new OneToken(), skipValidations, nodeLocationTracking: 'none' });
    this.#starts = new Map(starts);
    this.#end = createTokenInstance(EndOfLine, '', 0, 0, 0, 0, 0, 0);
    this.#modes = modes;
  }

  /** Made when the first line of its mode is met: most reports need one or two of a grammar's modes. */
  #lexerOf(mode: string): Lexer {
    let lexer = this.#lexers.get(mode);
    if (lexer === undefined) {
      const entered = new Set([mode]);
      // grows while it is walked
      for (const name of entered) for (const { PUSH_MODE } of this.#modes[name] ?? []) if (PUSH_MODE !== undefined) entered.add(PUSH_MODE);
      const modes = Object.fromEntries([...entered].map((name) => [name, [...(this.#modes[name] ?? [])]]));
      lexer = new Lexer({ modes, defaultMode: mode }, { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations });
      this.#lexers.set(mode, lexer);
    }
    return lexer;
  }

  /** The rules by name; each reads one line. */
  protected abstract rules(): Readonly<Record<string, () => unknown>>;

  /** The line that is being read. */
  protected get text(): string {
    return this.#lines[this.#nth]?.text ?? '';
  }

  protected push(node: ReportNode): void {
    this.#nodes[this.#nth]?.push(node);
  }

  /** The current line says this: the row, which may share its rule with others, declares the types. */
  protected say(captures: Captures): void {
    const read = this.#lines[this.#nth];
    if (read !== undefined) this.push(headNode(read.line, read.text.trim(), read.at, captures));
  }

  /** The same by a rule that rows of different fields share: each has of it what it declares. */
  protected sayDeclared(captures: Captures): void {
    const fields = this.#lines[this.#nth]?.line.fields ?? {};
    this.say(Object.fromEntries(Object.entries(captures).filter(([name]) => Object.hasOwn(fields, name))));
  }

  readonly #rests = new Map<readonly TokenType[], { ALT: () => IToken }[]>();

  /** Passes over what is left of the line: text that the console mixed in, words of a release to come. `tokens`: those of its modes. */
  protected rest(tokens: readonly TokenType[]): void {
    let any = this.#rests.get(tokens);
    if (any === undefined) {
      // a token is consumed as its category, where that is among them
      const apart = tokens.filter((token) => token.GROUP !== Lexer.SKIPPED && !token.CATEGORIES?.some((of) => tokens.includes(of)));
      any = apart.map((token) => ({ ALT: () => this.consume(9, token) }));
      this.#rests.set(tokens, any);
    }
    const alternatives = any;
    this.many(9, () => this.or(9, alternatives));
  }

  #alternatives: { ALT: () => IToken }[] | undefined;

  /** One flat loop: a run of the parser for each line would cost as much again. */
  readonly block = this.RULE('block', () => {
    this.#alternatives ??= [
      { ALT: () => this.endLine() },
      ...Object.entries(this.rules()).map(([name, rule]) => {
        const start = this.#starts.get(name) as TokenType;
        return {
          ALT: () => {
            const token = this.CONSUME(start);
            rule();
            return token;
          },
        };
      }),
    ];
    const alternatives = this.#alternatives;
    this.MANY(() => this.OR(alternatives));
  });

  private endLine(): IToken {
    const token = this.CONSUME(EndOfLine);
    this.at = this.#lines[++this.#nth]?.at ?? 0;
    return token;
  }

  /** What the kernel prints is read whole. Should a line be damaged, each is read alone, so that what cannot be read is one line. Never throws. */
  read(lines: readonly LineToRead[]): ReadLine[] {
    if (lines.length === 0) return [];
    const whole = this.#parse(lines);
    if (!whole && lines.length > 1) return lines.flatMap((line) => this.read([line]));
    return this.#nodes.map((nodes, i) => ({ row: (lines[i] as LineToRead).line, nodes, damaged: !whole }));
  }

  /** @returns whether all of it could be read */
  #parse(lines: readonly LineToRead[]): boolean {
    const tokens: IToken[] = [];
    for (const { text, line } of lines) {
      const { name, mode } = line.rule as NonNullable<Line['rule']>;
      tokens.push(createTokenInstance(this.#starts.get(name) as TokenType, '', 0, 0, 0, 0, 0, 0));
      for (const token of this.#lexerOf(mode).tokenize(text).tokens) tokens.push(token);
      tokens.push(this.#end);
    }
    this.#nodes = lines.map(() => []);
    this.#lines = lines;
    this.#nth = 0;
    this.at = lines[0]?.at ?? 0;
    this.input = tokens;
    this.block();
    return this.errors.length === 0 && this.LA(1).tokenType === EOF;
  }
}
