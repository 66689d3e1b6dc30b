import { CheckParser } from './bug/parser.ts';
import { CallTraceParser } from './call-trace/parser.ts';
import { copied } from './common/copied.ts';
import type { GrammarName, Line } from './common/line.ts';
import { type KeptLine, LineMemory } from './common/line-memory.ts';
import type { ReportNode } from './common/nodes.ts';
import type { LineReader, LineToRead } from './common/parser.ts';
import { readFlat, titleOf } from './common/read-flat.ts';
import type { Recognise } from './common/table.ts';
import { AtaParser } from './hardware/block/ata-parser.ts';
import { DiskParser } from './hardware/block/disk-parser.ts';
import { ScsiParser } from './hardware/block/scsi-parser.ts';
import { BusParser } from './hardware/bus/parser.ts';
import { FilesystemParser } from './hardware/filesystem/parser.ts';
import { RasParser } from './hardware/ras/parser.ts';
import { UserFaultParser } from './hardware/user/parser.ts';
import { LockParser } from './lock/parser.ts';
import { MemcgParser } from './memcg/parser.ts';
import { OomParser } from './oom/parser.ts';
import { TaskTableReader } from './oom/task-table.ts';
import { OopsParser } from './oops/parser.ts';
import { StallParser } from './stall/parser.ts';

/** The grammars, each built when its first line is met: a log without hardware errors never pays for theirs. */
const GRAMMARS: Readonly<Record<GrammarName, () => LineReader>> = {
  ata: () => new AtaParser(),
  bus: () => new BusParser(),
  'call-trace': () => new CallTraceParser(),
  check: () => new CheckParser(),
  disk: () => new DiskParser(),
  filesystem: () => new FilesystemParser(),
  lock: () => new LockParser(),
  memcg: () => new MemcgParser(),
  oom: () => new OomParser(),
  oops: () => new OopsParser(),
  ras: () => new RasParser(),
  scsi: () => new ScsiParser(),
  stall: () => new StallParser(),
  'task-table': () => new TaskTableReader(),
  'user-fault': () => new UserFaultParser(),
};
const made = new Map<GrammarName, LineReader>();

function grammar(name: GrammarName): LineReader {
  const reader = made.get(name) ?? GRAMMARS[name]();
  made.set(name, reader);
  return reader;
}

/** What the lines of a report were read as. */
export interface Parsed {
  readonly nodes: readonly ReportNode[];
  /** Indices of lines whose rule could not read them whole: their text is damaged. */
  readonly damaged: readonly number[];
}

/** A line of a report. */
interface ReportLine {
  readonly text: string;
  /** It opens a report, or would. */
  readonly opens?: boolean;
  /** The same line as it was read before. */
  readonly known?: KeptLine | undefined;
}

/** The node in another line. Its frame is a copy too: which of two alike is to blame is told by which object it is. */
const elsewhere = (node: ReportNode, line: number): ReportNode =>
  'frame' in node && node.frame !== undefined ? { ...node, line, frame: { ...node.frame } } : { ...node, line };

/** A report that comes again has its lines where they were: only in another's place does a node cost a copy. */
function placed(nodes: readonly ReportNode[], at: number): readonly ReportNode[] {
  const [first] = nodes;
  return first === undefined || first.line === at ? nodes : nodes.map((node) => elsewhere(node, at));
}

/**
 * Reads lines whose rows are known (`rows[i]` is that of `lines[i]`); those without a row say nothing. Never throws. Linear in the lines.
 * @param memory of lines that reports of the family had before @param table the family's
 */
export function readLines(
  lines: readonly ReportLine[],
  rows: readonly (Line | undefined)[],
  memory = new LineMemory(),
  table?: Recognise,
): Parsed {
  const read: (readonly ReportNode[] | undefined)[] = new Array(rows.length);
  const damaged: number[] = [];
  const again = new Map<number, string>();
  let structured: Map<GrammarName, LineToRead[]> | undefined;
  for (let at = 0; at < rows.length; at++) {
    const line = rows[at];
    let text = lines[at]?.text;
    if (line === undefined || text === undefined) continue;
    const reader = line.rule === undefined ? undefined : grammar(line.rule.grammar);
    if (reader?.keepsNone !== true) {
      const known = lines[at]?.known ?? memory.get(text);
      if (known?.row === line) {
        read[at] = placed(known.nodes, at);
        if (known.damaged) damaged.push(at);
        continue;
      }
      if (memory.meets(text)) {
        text = copied(text);
        again.set(at, text);
      }
    }
    if (line.rule === undefined) {
      const node = readFlat(line, text, at);
      if (node !== undefined) read[at] = [node];
      continue;
    }
    structured ??= new Map();
    const list = structured.get(line.rule.grammar);
    if (list === undefined) structured.set(line.rule.grammar, [{ text, line, at }]);
    else list.push({ text, line, at });
  }
  for (const [name, list] of structured ?? []) {
    const result = grammar(name).read(list);
    for (let i = 0; i < list.length; i++) {
      const { at } = list[i] as LineToRead;
      read[at] = result[i]?.nodes;
      if (result[i]?.damaged) damaged.push(at);
    }
  }
  const torn = again.size === 0 ? undefined : new Set(damaged);
  for (const [at, text] of again) {
    const row = rows[at] as Line;
    const follows = lines[at]?.opens !== true && table?.(text) === row;
    memory.keep(text, { row, nodes: read[at] ?? [], damaged: torn?.has(at) === true, follows });
  }
  const nodes: ReportNode[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    const own = read[at];
    if (row?.stack !== undefined) nodes.push(titleOf(row, lines[at]?.text ?? '', at));
    if (own !== undefined) for (const node of own) nodes.push(node);
  }
  return { nodes, damaged: damaged.sort((a, b) => a - b) };
}
