import type { FieldValue, ValuesOf } from '../../../grammars/common/fields.ts';
import type { Line } from '../../../grammars/common/line.ts';
import type { CpuNode, HeadNode, ModulesNode, ReportNode, TextNode } from '../../../grammars/common/nodes.ts';
import { type Parsed, readLines } from '../../../grammars/readers.ts';
import { parseCode } from '../../decode/code/parse-code.ts';
import { decodeTaint } from '../../decode/taint.ts';
import type { Report } from '../../report/report.ts';
import { memoryOf, tableOf } from '../../report/tables.ts';
import type { Code, Frame, Module, Taint } from '../event.ts';
import { collectRegisters, isProgramCounter, isUserSegment } from './registers.ts';
import { Said } from './said.ts';
import { collectStacks, type OpenStack } from './stacks.ts';

/** What a report's lines say, whatever its family. */
export interface Facts {
  readonly report: Report;
  readonly nodes: readonly ReportNode[];
  readonly heads: readonly HeadNode[];
  readonly cpu: CpuNode | undefined;
  readonly taint: Said<Taint> | undefined;
  /** Where the CPU was. */
  readonly at: Frame | undefined;
  readonly registers: Record<string, string> | undefined;
  /** The names of the registers as printed, and for each the index of its line in the report. */
  readonly registerNames: readonly string[];
  readonly registerLines: readonly number[];
  readonly code: Said<Code> | undefined;
  readonly modules: Said<Module[]> | undefined;
  readonly hardware: Said<string> | undefined;
  readonly workqueue: Said<string> | undefined;
  readonly stacks: readonly OpenStack[];
  /** Frames made of a printed one under another name: {@link derived}. */
  readonly renamed: Map<Frame, Frame>;
  /** What the report says that cut this one off before its stack, where one caller printed both: it stands on the same stack. */
  readonly lent: Facts | undefined;
}

/**
 * Reads the lines of a report, each by its row. What x86 repeats behind the end of the trace (the registers of oops #1, whatever this
 * one's number) tells nothing and is not read; the family's own lines are.
 */
export function readReport(report: Report): Parsed {
  // the assembler asked the table already, except for lines that it had set aside
  const table = tableOf(report.family);
  const rows: (Line | undefined)[] = [];
  let ended = false;
  for (const { text, line } of report.lines) {
    const row = line ?? table(text);
    rows.push(ended && row?.shape !== undefined ? undefined : row);
    ended ||= row?.shape === 'end-trace';
  }
  return readLines(report.lines, rows, memoryOf(report.family), table);
}

/** The record of a line of the report, by its index. */
export const recordAt = (report: Report, line: number): number[] => {
  const seq = report.lines[line]?.record.seq;
  return seq === undefined ? [] : [seq];
};

/** The records of several lines. */
export function recordsAt(report: Report, lines: readonly number[]): number[] {
  const records: number[] = [];
  for (const line of lines) {
    const seq = report.lines[line]?.record.seq;
    if (seq !== undefined) records.push(seq);
  }
  return records;
}

/** The record of the line that holds the frame: the very object that a node has. */
export function recordsOfFrame({ nodes, report, renamed, lent }: Facts, frame: Frame): number[] {
  const printed = renamed.get(frame) ?? frame;
  const node = nodes.find((n) => 'frame' in n && n.frame === printed);
  if (node === undefined) return lent === undefined ? [] : recordsOfFrame(lent, printed);
  return recordAt(report, node.line);
}

/** Gathers the facts from what the lines were read as. */
export function gather(report: Report, parsed: Parsed): Facts {
  const { nodes } = parsed;
  const { heads, cpu, texts, modules } = sorted(nodes);
  const text = (key: string): Said<string> | undefined => {
    const node = texts.get(key);
    return node === undefined ? undefined : new Said(node.text, recordAt(report, node.line));
  };
  const registers = collectRegisters(nodes);
  return {
    report,
    nodes,
    heads,
    cpu,
    taint: taintOf(nodes, text('taint-names'), report, cpu?.release),
    at: whereAt(report.family.name === 'lock' ? untilFrames(nodes) : nodes),
    registers: registers?.values,
    registerNames: registers?.names ?? [],
    registerLines: registers?.lines ?? [],
    code: codeOf(nodes, report),
    modules: modules === undefined ? undefined : new Said(modules.modules, recordAt(report, modules.line)),
    hardware: text('hardware'),
    workqueue: text('workqueue'),
    stacks: collectStacks(nodes),
    renamed: new Map(),
    lent: lentTo(report, cpu),
  };
}

/** All heads, and the first of what counts once: one look at each node, of which a report has some forty. */
function sorted(nodes: readonly ReportNode[]) {
  const heads: HeadNode[] = [];
  const texts = new Map<string, TextNode>();
  let cpu: CpuNode | undefined;
  let modules: ModulesNode | undefined;
  for (const node of nodes) {
    if (node.type === 'head') heads.push(node);
    else if (node.type === 'cpu') cpu ??= node;
    else if (node.type === 'modules') modules ??= node;
    else if (node.type === 'text' && node.text !== '' && !texts.has(node.key)) texts.set(node.key, node);
  }
  return { heads, cpu, texts, modules };
}

/** The CPU lines of both say whether the same CPU printed them, where no caller ids do. */
function lentTo({ hasFrame, callerId, cutBy }: Report, cpu: CpuNode | undefined): Facts | undefined {
  if (hasFrame || !cutBy?.hasFrame || (callerId === undefined && cpu?.cpu === undefined)) return undefined;
  const lent = gather(cutBy, readReport(cutBy));
  return callerId !== undefined || lent.cpu?.cpu === cpu?.cpu ? lent : undefined;
}

/** The frames of all these stacks, one behind the other. */
export function framesOf(stacks: readonly OpenStack[], first?: Frame): Frame[] {
  const frames = first === undefined ? [] : [first];
  for (const stack of stacks) for (const frame of stack.frames) frames.push(frame);
  return frames;
}

/** A frame made of a printed one: it rests on the same line. */
export function derived({ renamed }: Facts, from: Frame, frame: Frame): Frame {
  renamed.set(frame, renamed.get(from) ?? from);
  return frame;
}

/** The first line of one of these rows. */
export function lineOf({ heads }: Facts, ...rows: readonly Line[]): HeadNode | undefined {
  for (const head of heads) if (rows.includes(head.row)) return head;
  return undefined;
}

/** The frame that a line names, for reports that do not say otherwise where the CPU was. */
export const placeOf = (facts: Facts, node: HeadNode | undefined): { readonly at?: Said<Frame> } =>
  node?.frame === undefined || facts.at !== undefined ? {} : { at: new Said(node.frame, recordAt(facts.report, node.line)) };

/** The fields of a row's line, each with its record. */
export type SaidFields<L extends Line> = { readonly [K in keyof ValuesOf<L['fields']>]?: Said<NonNullable<ValuesOf<L['fields']>[K]>> };

/** What the first line of the row says. */
export function said<L extends Line>(facts: Facts, row: L): SaidFields<L> | undefined {
  const node = lineOf(facts, row);
  return node === undefined ? undefined : saidBy(facts, row, node);
}

/** What all lines of the row say, in the order of the report. */
export const allSaid = <L extends Line>(facts: Facts, row: L): SaidFields<L>[] =>
  facts.heads.filter((h) => h.row === row).map((node) => saidBy(facts, row, node));

/** What one line of the row says. */
export function saidBy<L extends Line>(facts: Facts, _row: L, node: HeadNode): SaidFields<L> {
  const records = recordAt(facts.report, node.line);
  const fields: Record<string, Said<FieldValue>> = {};
  for (const key in node.values) fields[key] = new Said(node.values[key] as FieldValue, records);
  return fields as SaidFields<L>;
}

/** Letters and, since 6.12, names of their own line; the letters' columns stay as `raw`. Other lines that say it count as well. */
function taintOf(nodes: readonly ReportNode[], names: Said<string> | undefined, report: Report, release?: string): Said<Taint> | undefined {
  const letters = lettersOf(nodes, report);
  if (letters === undefined || letters.value === '') return undefined;
  const { flags } = decodeTaint(names?.value ?? letters.value, release);
  return new Said({ raw: letters.value.trim(), flags }, [...letters.records, ...(names?.records ?? [])]);
}

/** The CPU line; else another line with a taint: SLUB's head, powerpc's REGS, an excerpt's `Tainted:`. */
function lettersOf(nodes: readonly ReportNode[], report: Report): Said<string> | undefined {
  const node = nodes.find((n) => n.type === 'cpu' && n.taint !== undefined) ?? nodes.find(saysTaint);
  const taint = node?.type === 'head' ? node.values.taint : node?.type === 'cpu' || node?.type === 'registers' ? node.taint : undefined;
  return node === undefined || taint === undefined ? undefined : new Said(`${taint}`, recordAt(report, node.line));
}
const saysTaint = (node: ReportNode): boolean =>
  node.type === 'head' ? node.values.taint !== undefined : node.type === 'registers' && node.taint !== undefined;

/** Reports without registers of their own may show those of an interrupted context, within the stack. */
function untilFrames(nodes: readonly ReportNode[]): readonly ReportNode[] {
  const first = nodes.findIndex((n) => n.type === 'frame');
  return first < 0 ? nodes : nodes.slice(0, first);
}

/** The first program counter of kernel code; of inlined callees before it the last, which has the offset, is where the CPU was. */
function whereAt(nodes: readonly ReportNode[]): Frame | undefined {
  let at: Frame | undefined;
  for (const node of nodes) {
    if (node.type !== 'pointer' || !isProgramCounter(node.register) || isUserSegment(node.segment) || node.frame === undefined) continue;
    if (at === undefined || at.inlined || (at.symbol === undefined && node.frame.symbol !== undefined)) at = node.frame;
    else if (at.symbol !== undefined && !at.inlined) break;
  }
  return at;
}

function codeOf(nodes: readonly ReportNode[], report: Report): Said<Code> | undefined {
  let user = false;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as ReportNode;
    if (node.type === 'pointer' && isProgramCounter(node.register)) user = isUserSegment(node.segment);
    if (node.type !== 'text' || user) continue;
    if (node.key === 'end-trace') return undefined;
    if (node.key === 'code') {
      const code = parseCode(node.text);
      if (code !== undefined) return new Said(code, recordAt(report, node.line));
    } else if (node.key === 'instruction-dump') {
      const words = wordsBehind(nodes, i + 1);
      const code = parseCode(words.map(({ text }) => text).join(' '));
      if (code !== undefined) return new Said(code, [...new Set(words.flatMap(({ line }) => recordAt(report, line)))]);
    }
  }
  return undefined;
}

/** powerpc prints the words on the lines behind `Instruction dump:`. */
function wordsBehind(nodes: readonly ReportNode[], from: number): TextNode[] {
  const words: TextNode[] = [];
  for (let i = from; i < nodes.length; i++) {
    const node = nodes[i];
    if (node?.type !== 'text' || node.key !== 'code-words') break;
    words.push(node);
  }
  return words;
}

/** A frame that a line of its own names, then those of the stacks: where to look for who is to blame. */
export const framesFrom = (first: Frame, { stacks }: Facts): Frame[] => [first, ...stacks.flatMap(({ frames }) => frames)];
