import type { CpuNode, HeadNode, ReportNode } from '../../../grammars/common/nodes.ts';
import { type Parsed, readLines } from '../../../grammars/readers.ts';
import { parseCode } from '../../decode/code/parse-code.ts';
import { decodeTaint } from '../../decode/taint.ts';
import type { Report } from '../../report/report.ts';
import { tableOf } from '../../report/tables.ts';
import type { Code, Frame, Module, Taint } from '../event.ts';
import { collectRegisters, isProgramCounter, isUserSegment } from './registers.ts';
import { collectStacks, type OpenStack } from './stacks.ts';

/** What a report's lines say, whatever its family. */
export interface Facts {
  readonly report: Report;
  readonly nodes: readonly ReportNode[];
  readonly heads: readonly HeadNode[];
  readonly cpu: CpuNode | undefined;
  readonly taint: Taint | undefined;
  /** Where the CPU was. */
  readonly at: Frame | undefined;
  readonly registers: Record<string, string> | undefined;
  readonly code: Code | undefined;
  readonly modules: readonly Module[] | undefined;
  readonly hardware: string | undefined;
  readonly workqueue: string | undefined;
  readonly stacks: readonly OpenStack[];
}

/**
 * Reads the lines of a report, each by its row. What x86 repeats behind the end of the trace (the registers of oops #1, whatever this
 * one's number) tells nothing and is not read.
 */
export function readReport(report: Report): Parsed {
  const table = tableOf(report.family);
  const end = report.lines.findIndex(({ text }) => text.startsWith('---[ end trace'));
  const lines = end < 0 ? report.lines : report.lines.slice(0, end + 1);
  return readLines(lines.map(({ text, line }) => ({ text, line: line ?? table(text) })));
}

/** Gathers the facts from what a grammar read. */
export function gather(report: Report, parsed: Parsed): Facts {
  const { nodes } = parsed;
  const heads = nodes.filter((n): n is HeadNode => n.type === 'head');
  const cpu = nodes.find((n): n is CpuNode => n.type === 'cpu');
  const text = (key: string) => nodes.find((n) => n.type === 'text' && n.key === key && n.text !== '');
  const value = (key: string) => {
    const node = text(key);
    return node?.type === 'text' ? node.text : undefined;
  };
  return {
    report,
    nodes,
    heads,
    cpu,
    taint: taintOf(cpu, value('taint-names'), report),
    at: whereAt(report.family.name === 'lock' ? untilFrames(nodes) : nodes),
    registers: collectRegisters(nodes),
    code: codeOf(nodes, report),
    modules: modulesOf(nodes),
    hardware: value('hardware'),
    workqueue: value('workqueue'),
    stacks: collectStacks(nodes),
  };
}

/** The first head of one of these rules. */
export const headOf = (facts: Facts, ...rules: readonly string[]): HeadNode | undefined => facts.heads.find((h) => rules.includes(h.rule));

/** Letters and, since 6.12, names of their own line; the letters' columns stay as `raw`. A bare `Tainted:` line counts as well. */
function taintOf(cpu: CpuNode | undefined, names: string | undefined, report: Report): Taint | undefined {
  const raw = cpu?.taint ?? bareTaint(report);
  if (raw === undefined || raw === '') return undefined;
  const decoded = decodeTaint(names ?? raw);
  return { raw: raw.trim(), flags: decoded.flags };
}

function bareTaint(report: Report): string | undefined {
  for (const { text } of report.lines) {
    const found = /(?:^|\s)Tainted: ([A-Z](?:[A-Z ]*[A-Z])?)(?=\s|$)/.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

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

function codeOf(nodes: readonly ReportNode[], report: Report): Code | undefined {
  let user = false;
  for (const node of nodes) {
    if (node.type === 'pointer' && isProgramCounter(node.register)) user = isUserSegment(node.segment);
    if (node.type !== 'text' || user) continue;
    if (node.key === 'end-trace') return undefined;
    const text = node.key === 'code' ? node.text : node.key === 'instruction-dump' ? following(report, node.line) : undefined;
    const code = text === undefined ? undefined : parseCode(text);
    if (code !== undefined) return { bytes: code.bytes, ...(code.faultIndex === undefined ? {} : { faultIndex: code.faultIndex }) };
  }
  return undefined;
}

/** powerpc prints the words on the lines behind `Instruction dump:`. */
function following(report: Report, line: number): string {
  const words: string[] = [];
  for (const { text } of report.lines.slice(line + 1, line + 8)) {
    if (!/^(?:[<X0-9a-f]{8,10}>? ?)+$/.test(text.trim())) break;
    words.push(text.trim());
  }
  return words.join(' ');
}

function modulesOf(nodes: readonly ReportNode[]): Module[] | undefined {
  const lists = nodes.filter((n) => n.type === 'modules');
  return lists.length === 0 ? undefined : lists[0]?.modules.map((m) => ({ ...m }));
}
