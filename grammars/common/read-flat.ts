import { copied } from './copied.ts';
import { int } from './fields.ts';
import { type Captures, headNode } from './head-node.ts';
import type { Line } from './line.ts';
import type { ReportNode } from './nodes.ts';
import { startOf } from './table.ts';

/** What a line says whose row has no grammar; undefined where the row is only known. `at`: its index in the report. */
export function readFlat(line: Line, text: string, at: number): ReportNode | undefined {
  if (line.text !== undefined)
    return { type: 'text', line: at, key: line.text, text: kept(line.whole ? text.trim() : behindStart(line, text)) };
  if (line.section) return { type: 'section', line: at, name: behindStart(line, text), closing: false };
  if (line.reads === undefined) return undefined;
  const said = text.trim();
  return headNode(line, said, at, captured(line.reads, said));
}

/** Texts that are kept. */
const MOST_TEXTS = 256;
const texts = new Map<string, string>();

/**
 * The same text for all reports that say it: hardware, code and work queues come again word for word. A slice would keep alive the piece
 * of the log that it was read in, for as long as its event waits.
 */
function kept(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const own = copied(text);
  if (texts.size >= MOST_TEXTS) texts.clear();
  texts.set(own, own);
  return own;
}

function captured(patterns: readonly RegExp[], text: string): Captures {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return match.groups ?? {};
  }
  return {};
}

/** The text behind a row's start. */
function behindStart(line: Line, text: string): string {
  const said = text.trim();
  const start = startOf(line).exec(said);
  return said.slice(start?.index === 0 ? start[0].length : 0).trim();
}

/** The title of a stack, with the task or CPU that it names: `Allocated by task 4655:`, `Call trace for task 7:`. */
export function titleOf(line: Line, text: string, at: number): ReportNode {
  const said = text.trim();
  const pid = /(?:task|pid|PID)[ =:]+(\d+)/.exec(said)?.[1] ?? /\btask \S*\/(\d+)/.exec(said)?.[1];
  const cpu = line.stack === 'short' ? undefined : /cpu[ =](\d+)/.exec(said)?.[1];
  return {
    type: 'trace',
    line: at,
    label: line.stack === 'short' ? said.replace(/:.*$/, '').trim() : said.replace(/:$/, ''),
    pid: pid === undefined ? undefined : int(pid),
    cpu: cpu === undefined ? undefined : int(cpu),
  };
}
