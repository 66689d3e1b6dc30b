import {
  Alternation,
  type ILookaheadStrategy,
  type IProduction,
  type IToken,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
  type TokenType,
} from 'chevrotain';

type Choose = ILookaheadStrategy['buildLookaheadForAlternation'];
type Enter = ILookaheadStrategy['buildLookaheadForOptional'];
/** chevrotain's LA() without a look at the end, behind which its tokens have a sentinel. */
interface Tokens {
  LA_FAST(howMuch: number): IToken;
}

/** What a sequence begins with; undefined where it may be empty. */
type First = ReadonlySet<TokenType> | undefined;

/**
 * What chevrotain's own strategy finds for one token of lookahead, by one walk over each rule: its search for paths of any length walks a
 * rule once for each of its parts, half the time of making a grammar. Parts that may be empty and those with a gate are left to it.
 */
export class OneToken extends LLkLookaheadStrategy {
  readonly #parts = new WeakMap<Rule, readonly IProduction[]>();

  constructor() {
    super({ maxLookahead: 1 });
  }

  override buildLookaheadForAlternation(options: Parameters<Choose>[0]): ReturnType<Choose> {
    const alternation = this.#partsOf(options.rule).find((part) => part instanceof Alternation && part.idx === options.prodOccurrence);
    const firsts = childrenOf(alternation).map((alternative) => first([alternative]));
    if (options.hasPredicates || options.dynamicTokensEnabled || firsts.includes(undefined))
      return super.buildLookaheadForAlternation(options);
    const chosen: number[] = [];
    // of two alternatives that begin alike the first counts
    for (const [nth, tokens] of firsts.entries()) for (const index of indicesOf(tokens)) chosen[index] ??= nth;
    return function (this: Tokens) {
      return chosen[this.LA_FAST(1).tokenTypeIdx as number];
    } as ReturnType<Choose>;
  }

  override buildLookaheadForOptional(options: Parameters<Enter>[0]): ReturnType<Enter> {
    const kind = KINDS[options.prodType];
    const optional = this.#partsOf(options.rule).find((part) => part instanceof kind && part.idx === options.prodOccurrence);
    const tokens = first(childrenOf(optional));
    if (options.dynamicTokensEnabled || tokens === undefined) return super.buildLookaheadForOptional(options);
    const [only, ...others] = indicesOf(tokens);
    if (others.length === 0)
      return function (this: Tokens) {
        return this.LA_FAST(1).tokenTypeIdx === only;
      } as ReturnType<Enter>;
    const entered: boolean[] = [];
    for (const index of indicesOf(tokens)) entered[index] = true;
    return function (this: Tokens) {
      return entered[this.LA_FAST(1).tokenTypeIdx as number] === true;
    } as ReturnType<Enter>;
  }

  #partsOf(rule: Rule): readonly IProduction[] {
    let parts = this.#parts.get(rule);
    if (parts === undefined) {
      parts = rule.definition.flatMap(withParts);
      this.#parts.set(rule, parts);
    }
    return parts;
  }
}

const KINDS = { Option, Repetition, RepetitionMandatory, RepetitionMandatoryWithSeparator, RepetitionWithSeparator };

/** A part and all that it consists of; another rule is a part without parts. */
const withParts = (part: IProduction): readonly IProduction[] =>
  part instanceof NonTerminal ? [part] : [part, ...childrenOf(part).flatMap(withParts)];

const childrenOf = (part: IProduction | undefined): readonly IProduction[] =>
  (part as { readonly definition?: readonly IProduction[] } | undefined)?.definition ?? [];

function first(sequence: readonly IProduction[]): First {
  const tokens = new Set<TokenType>();
  for (const part of sequence) if (!begins(part, tokens)) return tokens;
  return undefined;
}

/** Adds what a part begins with. @returns whether it may be empty */
function begins(part: IProduction, tokens: Set<TokenType>): boolean {
  if (part instanceof Terminal) {
    tokens.add(part.terminalType);
    return false;
  }
  if (part instanceof NonTerminal) return part.referencedRule.definition.every((each) => begins(each, tokens));
  const children = childrenOf(part);
  if (part instanceof Alternation) return children.map((each) => begins(each, tokens)).includes(true);
  const empty = children.every((each) => begins(each, tokens));
  return empty || part instanceof Option || part instanceof Repetition || part instanceof RepetitionWithSeparator;
}

/** The tokens' own indices and those of the tokens of which they are the category. */
const indicesOf = (tokens: First): readonly number[] =>
  [...(tokens ?? [])].flatMap((token) => [token.tokenTypeIdx as number, ...(token.categoryMatches ?? [])]);
