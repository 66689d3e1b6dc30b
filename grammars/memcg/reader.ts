import type { CstNode, Lexer } from 'chevrotain';
import { familyLexer } from '../oom/lexing.ts';
import { ACTIONS } from './actions.ts';
import { MemcgParser } from './parser.ts';
import { MODES } from './tokens.ts';
import type { MemcgLine } from './values.ts';

let grammar: { readonly lexer: Lexer; readonly parser: MemcgParser } | undefined;
const theGrammar = () => {
  grammar ??= { lexer: familyLexer(MODES, 'fields'), parser: new MemcgParser() };
  return grammar;
};

const RULES: readonly (readonly [rule: string, mode: string, test: RegExp])[] = [
  ['printOomMeminfo', 'counter', /^[a-z+]{3,20}: usage \d+kB, limit /],
  ['printOomInfo', 'killed', /^Task in \/.* killed/],
  ['memoryStatHead', 'stats', /^Memory cgroup stats(?: for|:)/],
  ['showProtectedMemory', 'protection', /^Memory cgroup min protection \d/],
];
/** A line of the block: one word, one number. Only a block's own lines are asked: the words mean nothing alone. */
const STAT = /^[a-z][\w.]{1,48} \d+$/;

/** Reads the memory cgroup's lines of one report in order: it knows whether it is inside a block of memory.stat. */
export interface MemcgReader {
  /** Undefined: not a line of a memory cgroup. Never throws. */
  read(line: string): MemcgLine | undefined;
}

export function createMemcgReader(): MemcgReader {
  let inStats = false;
  const parse = (rule: string, mode: string, line: string): MemcgLine | undefined => {
    const { lexer, parser } = theGrammar();
    parser.input = lexer.tokenize(line, mode).tokens;
    const tree = (parser as unknown as Record<string, () => CstNode | undefined>)[rule]?.();
    const value = tree && ACTIONS[rule]?.(tree);
    const trouble = parser.errors[0]?.message;
    if (value === undefined || trouble === undefined) return value;
    return { ...value, odd: [...(value.odd ?? []), `${rule}: ${trouble}`] };
  };
  return {
    read(line) {
      if (inStats && STAT.test(line)) return parse('memoryStat', 'fields', line);
      for (const [rule, mode, test] of RULES) {
        if (!test.test(line)) continue;
        inStats = rule === 'memoryStatHead';
        return parse(rule, mode, line);
      }
      return undefined;
    },
  };
}
