import type { Kind, Severity } from '../event.ts';
import { completenessOf } from './completeness.ts';
import type { Draft, Naming } from './draft.ts';
import type { Facts } from './facts.ts';
import { finishStacks } from './stacks.ts';
import { taskOf } from './task.ts';

/** What a family adds to what every report yields. */
export interface Verdict {
  readonly kind: Kind;
  readonly severity: Severity;
  readonly naming: Naming;
  readonly extra?: Partial<Omit<Draft, 'naming' | 'kind' | 'severity'>> | undefined;
}

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
  const { report, cpu } = facts;
  const first = report.lines[0]?.record;
  const stacks = finishStacks(facts.stacks);
  const task = taskOf(facts);
  const { completeness, reason } = completenessOf(facts);
  const fields: Partial<Draft> = {};
  if (first?.usec !== undefined) fields.uptime = first.usec / 1e6;
  if (task !== undefined) fields.task = task;
  if (report.callerId !== undefined) fields.callerId = report.callerId;
  if (cpu?.release !== undefined) fields.kernel = { release: cpu.release, ...(cpu.version === undefined ? {} : { version: cpu.version }) };
  if (facts.taint !== undefined) fields.taint = facts.taint;
  if (facts.hardware !== undefined) fields.hardware = facts.hardware;
  if (facts.workqueue !== undefined) fields.workqueue = facts.workqueue;
  if (facts.at !== undefined) fields.at = facts.at;
  if (facts.registers !== undefined) fields.registers = facts.registers;
  if (facts.code !== undefined) fields.code = facts.code;
  if (stacks.length > 0) fields.stacks = stacks;
  if (facts.modules !== undefined) fields.modules = [...facts.modules];
  if (reason !== undefined) fields.completenessReason = reason;
  // Nothing was printed any more: the machine stopped (kdump runs before the panic line).
  const worst = severity === 'error' && report.endsLog && DEATHS.has(kind) ? 'fatal' : severity;
  return { kind, severity: worst, completeness, ...fields, ...extra, naming };
}
