import { TAIL } from '../../../grammars/call-trace/tail-lines.ts';
import type { Report } from '../../report/report.ts';
import type { Kind, Severity } from '../event.ts';
import { isKindOf } from '../kinds.ts';
import { completenessOf } from './completeness.ts';
import type { Draft, Naming } from './draft.ts';
import { type Facts, recordAt, recordsOfFrame } from './facts.ts';
import { Said, type Sayable, type Sources, settle } from './said.ts';
import { finishStacks } from './stacks.ts';
import { taskOf } from './task.ts';

/** What a family adds to what every report yields. */
export interface Verdict {
  readonly kind: Kind;
  readonly severity: Severity;
  readonly naming: Naming;
  readonly extra?: Sayable<Extra> | undefined;
}

type Extra = Partial<Omit<Draft, 'naming' | 'kind' | 'severity' | 'sources' | 'recordsOf'>>;

/** The draft of a report: the fields that its shared lines hold, and the family's verdict. */
export function baseDraft(facts: Facts, { kind, severity, naming, extra }: Verdict): Draft {
  const { report } = facts;
  const first = report.lines[0]?.record;
  const printed = facts.stacks.filter((s) => s.frames.length > 0);
  const { completeness, reason } = completenessOf(facts);
  const sources: Sources = {};
  const shared: Sayable<Shared> = {
    task: taskOf(facts),
    kernel: kernelOf(facts),
    taint: facts.taint,
    hardware: facts.hardware,
    workqueue: facts.workqueue,
    code: facts.code,
    modules: facts.modules,
  };
  const fields: Partial<Draft> = {};
  if (first?.usec !== undefined) fields.uptime = first.usec / 1e6;
  if (report.callerId !== undefined) fields.callerId = report.callerId;
  Object.assign(fields, settle(shared, sources));
  if (facts.at !== undefined) fields.at = facts.at;
  if (facts.registers !== undefined) {
    fields.registers = facts.registers;
    let records: number[] = [];
    for (let i = 0; i < facts.registerNames.length; i++) {
      const line = facts.registerLines[i] as number;
      if (line !== facts.registerLines[i - 1]) records = recordAt(report, line);
      sources[pathOf(facts.registerNames[i] as string)] = records;
    }
  }
  if (printed.length > 0) fields.stacks = finishStacks(printed);
  for (const [i, { lines, elsewhere }] of printed.entries()) {
    sources[`stacks.${i}`] = lines.flatMap((line) => recordAt(report, line));
    for (const field of ['label', 'context', 'pid', 'cpu'] as const) {
      const line = elsewhere[field];
      if (line !== undefined) sources[`stacks.${i}.${field}`] = recordAt(report, line);
    }
  }
  if (reason !== undefined) fields.completenessReason = reason;
  // Nothing was printed any more: the machine stopped (kdump runs before the panic line).
  const worst = severity === 'error' && isKindOf(kind, 'death') && endsMachine(report) ? 'fatal' : severity;
  const own = extra === undefined ? {} : settle<Extra>(extra, sources);
  const draft = { kind, severity: worst, completeness, ...fields, ...own, naming: lentNaming(naming, facts) };
  const at = draft.at === undefined ? [] : recordsOfFrame(facts, draft.at);
  if (at.length > 0) sources.at = at;
  return { ...draft, sources, recordsOf: (frame) => recordsOfFrame(facts, frame) };
}

/** Why a frame of another report is named. */
export const LENT = 'the report that cut this one off was printed on the same stack';

/** A report without a stack of its own looks through that of the report which cut it off. */
function lentNaming(naming: Naming, { lent, at }: Facts): Naming {
  if (lent === undefined || naming.keep === 'all') return naming;
  const own = naming.frames ?? (at === undefined ? [] : [at]);
  const frames = [...own, ...(lent.at === undefined ? [] : [lent.at]), ...lent.stacks.flatMap((s) => s.frames)];
  return { ...naming, frames, ...(own.length === 0 && { why: LENT }) };
}

const paths = new Map<string, string>();
/** Registers have the same few names in every report. */
function pathOf(register: string): string {
  const known = paths.get(register);
  if (known !== undefined) return known;
  const path = `registers.${register}`;
  if (paths.size < 1000) paths.set(register, path);
  return path;
}

/**
 * Whether the machine stopped with the report: nothing came behind it. Not where the kernel says that it goes on without the task, nor for
 * a head alone in a text without time stamps: that is an excerpt, which ends anywhere.
 */
function endsMachine(report: Report): boolean {
  if (!report.endsLog || report.lines.some(({ line }) => line === TAIL.make_task_dead)) return false;
  return report.hasFrame || report.lines[0]?.record.usec !== undefined;
}

type Shared = Pick<Draft, 'task' | 'kernel' | 'taint' | 'hardware' | 'workqueue' | 'code' | 'modules'>;

/** The CPU line; before 3.9 powerpc said the release beside its registers. */
function kernelOf({ cpu, nodes, report }: Facts): Sayable<Draft['kernel']> {
  const node = cpu?.release === undefined ? nodes.find((n) => n.type === 'registers' && n.release !== undefined) : cpu;
  if ((node?.type !== 'cpu' && node?.type !== 'registers') || node.release === undefined) return undefined;
  const records = recordAt(report, node.line);
  return {
    release: new Said(node.release, records),
    ...(node.version === undefined ? {} : { version: new Said(node.version, records) }),
  };
}
