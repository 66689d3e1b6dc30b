import { TAIL } from '../../../grammars/call-trace/tail-lines.ts';
import type { Report } from '../../report/report.ts';
import type { Kind, Severity } from '../event.ts';
import { isKindOf } from '../kinds.ts';
import { completenessOf } from './completeness.ts';
import type { Draft, Naming } from './draft.ts';
import { type Facts, recordAt, recordsAt, recordsOfFrame } from './facts.ts';
import { join, Said, type Sayable, Saying, settle } from './said.ts';
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

/** What another line than its title may say of a stack. */
const ELSEWHERE = ['label', 'context', 'pid', 'cpu'] as const;

/** The draft of a report: the fields that its shared lines hold, and the family's verdict. */
export function baseDraft(facts: Facts, { kind, severity, naming, extra }: Verdict): Draft {
  const { report } = facts;
  const first = report.lines[0]?.record;
  const printed = facts.stacks.filter((s) => s.frames.length > 0);
  const { completeness, reason } = completenessOf(facts);
  const saying = new Saying();
  // Nothing was printed any more: the machine stopped (kdump runs before the panic line).
  const worst = severity === 'error' && isKindOf(kind, 'death') && endsMachine(report) ? 'fatal' : severity;
  // one object, filled: copies of so many fields were a tenth of the time of an event
  const fields: Draft = {
    kind,
    severity: worst,
    completeness,
    naming: lentNaming(naming, facts),
    sources: {},
    recordsOf: (frame) => recordsOfFrame(facts, frame),
  };
  if (first?.usec !== undefined) fields.uptime = first.usec / 1e6;
  if (report.callerId !== undefined) fields.callerId = report.callerId;
  const put = <K extends keyof Shared>(name: K, value: Sayable<Shared[K]>): void => {
    if (value !== undefined) fields[name] = settle<Shared[K]>(value, saying, name) as Draft[K];
  };
  put('task', taskOf(facts));
  put('kernel', kernelOf(facts));
  put('taint', facts.taint);
  put('hardware', facts.hardware);
  put('workqueue', facts.workqueue);
  put('code', facts.code);
  put('modules', facts.modules);
  if (facts.at !== undefined) fields.at = facts.at;
  if (facts.registers !== undefined) {
    fields.registers = facts.registers;
    let records: number[] = [];
    for (let i = 0; i < facts.registerNames.length; i++) {
      const line = facts.registerLines[i] as number;
      if (line !== facts.registerLines[i - 1]) records = recordAt(report, line);
      saying.says(join('registers', facts.registerNames[i] as string), records);
    }
  }
  if (printed.length > 0) fields.stacks = finishStacks(printed);
  for (let i = 0; i < printed.length; i++) {
    const { lines, elsewhere } = printed[i] as (typeof printed)[number];
    const path = join('stacks', `${i}`);
    saying.says(path, recordsAt(report, lines));
    for (const field of ELSEWHERE) {
      const line = elsewhere[field];
      if (line !== undefined) saying.says(join(path, field), recordAt(report, line));
    }
  }
  if (reason !== undefined) fields.completenessReason = reason;
  if (extra !== undefined) Object.assign(fields, settle<Extra>(extra, saying));
  const at = fields.at === undefined ? [] : recordsOfFrame(facts, fields.at);
  if (at.length > 0) saying.says('at', at);
  fields.sources = saying.sources;
  return fields;
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
