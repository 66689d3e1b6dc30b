import type { CstNode, Lexer } from 'chevrotain';
import { ACTIONS } from './actions.ts';
import { classifyOomLine, type LineClass } from './classify.ts';
import { FAILURE_ACTIONS } from './failure-actions.ts';
import { familyLexer } from './lexing.ts';
import { OomParser } from './parser.ts';
import { readTaskHeader, readTaskRow } from './task-table.ts';
import { MODES } from './tokens.ts';
import type { MarkLine, OomLine } from './values.ts';

interface Grammar {
  readonly lexer: Lexer;
  readonly parser: OomParser;
}

let grammar: Grammar | undefined;
/** Built when the first line of an OOM report is met: a log without one never pays for it. */
const theGrammar = (): Grammar => {
  grammar ??= { lexer: familyLexer(MODES, 'fields'), parser: new OomParser() };
  return grammar;
};

function parse({ rule, mode }: LineClass, line: string): OomLine | undefined {
  const { lexer, parser } = theGrammar();
  parser.input = lexer.tokenize(line, mode).tokens;
  const rules = parser as unknown as Record<string, () => CstNode | undefined>;
  const tree = rules[rule]?.();
  const action = ACTIONS[rule] ?? FAILURE_ACTIONS[rule];
  const value = tree && action?.(tree, line);
  const trouble = parser.errors[0]?.message;
  if (value === undefined || trouble === undefined) return value;
  return { ...value, odd: [...(value.odd ?? []), `${rule}: ${trouble}`] };
}

/** Lines that say something by being there: the whole line, or how it begins. */
const MARKS: readonly (readonly [MarkLine['type'], RegExp])[] = [
  ['memInfoHead', /^Mem-[Ii]nfo:/],
  ['tasksHead', /^Tasks state \(memory values in pages\):/],
  ['slabHead', /^Unreclaimable slab info:|^Name +Used +Total$/],
  ['allocTagHead', /^Memory allocations:$/],
  ['pcp', /^(?:Node \d+ )?\w+ per-cpu:|^CPU +\d+: +hi: +\d+, +btch:/],
  [
    'panicCompulsory',
    /^(?:Kernel panic - not syncing: )?[Oo]ut of memory(?:: compulsory panic_on_oom is enabled|\(memcg\)\. panic_on_oom is selected|\. Compulsory panic_on_oom is selected)/,
  ],
  [
    'panicSystemWide',
    /^(?:Kernel panic - not syncing: )?[Oo]ut of memory(?:: system-wide panic_on_oom is enabled|(?: from page fault)?\. panic_on_oom is selected)/,
  ],
  ['noKillable', /^(?:Kernel panic - not syncing: )?(?:Memory cgroup o|O)ut of memory and no killable processes/],
  ['deadlocked', /^(?:Kernel panic - not syncing: )?System is deadlocked on memory/],
  ['sysrqManual', /^[Ss]ys[Rr]q ?: Manual OOM execution/],
  ['sysrqNoTask', /^(?:sysrq: )?OOM request ignored/],
  ['compactionDisabled', /^COMPACTION is disabled!!!/],
];
/** First characters of marks, so that a healthy line fails at once. */
const MARK_STARTS = new Set([...'MTUNCKOoSs']);

/** Reads the lines of one report in order: it knows the table's columns and which block it is in. */
export interface OomReader {
  /** A line without time stamp and newline; undefined is no line of an OOM report. Never throws. */
  read(line: string): OomLine | undefined;
}

const SLAB_ROW = /\S +\d+[kK]B +\d+[kK]B\s*$/;
const TAG_ROW = /^ *\d+(?:\.\d+)? [KMGTPE]?i?B +\d+ \S+:\d+/;

export function createOomReader(): OomReader {
  let columns: number | undefined;
  let block: MarkLine['type'] | undefined;

  const rowOf = (line: string): OomLine | undefined => {
    if (line.charCodeAt(0) === 91) return readTaskRow(line, columns) ?? readTaskHeader(line);
    if (block === 'slabHead' && SLAB_ROW.test(line)) return parse({ rule: 'dumpUnreclaimableSlab', mode: 'slab' }, line);
    if (block === 'allocTagHead' && TAG_ROW.test(line)) return parse({ rule: 'allocTagTopUsers', mode: 'tags' }, line);
    return undefined;
  };
  const markOf = (line: string): MarkLine | undefined => {
    if (!MARK_STARTS.has(line.charAt(0))) return undefined;
    const mark = MARKS.find(([, pattern]) => pattern.test(line));
    return mark && { type: mark[0] };
  };

  return {
    read(line) {
      const row = rowOf(line);
      if (row?.type === 'taskHeader') columns = row.columns.length;
      if (row) return row;
      const mark = markOf(line);
      if (mark) {
        block = mark.type;
        return mark;
      }
      const found = classifyOomLine(line, block === 'memInfoHead');
      if (found === undefined) return undefined;
      if (found.rule === 'showFreeAreas') block = 'memInfoHead';
      else if (found.rule !== 'slabOutOfMemory') block = undefined;
      return parse(found, line);
    },
  };
}
