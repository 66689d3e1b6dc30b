import type { Frame, Kind, Severity } from '../event.ts';
import { completenessOf } from './completeness.ts';
import type { Draft, Naming } from './draft.ts';
import { type Facts, recordAt } from './facts.ts';
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

type Extra = Partial<Omit<Draft, 'naming' | 'kind' | 'severity' | 'sources' | 'frameRecords'>>;

/** Kinds after which the task cannot go on. */
export const DEATHS: ReadonlySet<Kind> = new Set([
  'null-dereference',
  'paging-fault',
  'general-protection',
  'invalid-opcode',
  'divide-error',
  'trap',
  'double-fault',
  'stack-overflow',
  'kernel-bug',
  'list-corruption',
]);

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
    for (const [name, line] of Object.entries(facts.registerLines)) sources[`registers.${name}`] = recordAt(report, line);
  }
  if (printed.length > 0) fields.stacks = finishStacks(printed);
  for (const [i, { lines }] of printed.entries()) sources[`stacks.${i}`] = lines.flatMap((line) => recordAt(report, line));
  if (reason !== undefined) fields.completenessReason = reason;
  // Nothing was printed any more: the machine stopped (kdump runs before the panic line).
  const worst = severity === 'error' && report.endsLog && DEATHS.has(kind) ? 'fatal' : severity;
  const own = extra === undefined ? {} : settle<Extra>(extra, sources);
  const draft = { kind, severity: worst, completeness, ...fields, ...own, naming };
  const at = draft.at === undefined ? undefined : facts.frameLines.get(draft.at);
  if (at !== undefined) sources.at = recordAt(report, at);
  return { ...draft, sources, frameRecords: frameRecords(facts) };
}

type Shared = Pick<Draft, 'task' | 'kernel' | 'taint' | 'hardware' | 'workqueue' | 'code' | 'modules'>;

function kernelOf({ cpu, report }: Facts): Sayable<Draft['kernel']> {
  if (cpu?.release === undefined) return undefined;
  const records = recordAt(report, cpu.line);
  return {
    release: new Said(cpu.release, records),
    ...(cpu.version === undefined ? {} : { version: new Said(cpu.version, records) }),
  };
}

const frameRecords = ({ frameLines, report }: Facts): ReadonlyMap<Frame, number[]> =>
  new Map([...frameLines].map(([frame, line]) => [frame, recordAt(report, line)]));
