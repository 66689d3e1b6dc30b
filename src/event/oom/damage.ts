import type { Ending } from '../../report/report.ts';
import { heldOnly, MAX_GROUPS } from '../facts/tables.ts';
import type { OomAnalysis } from './analyse.ts';
import { zoneKey } from './facts.ts';

export interface Damage {
  readonly completeness: 'truncated' | 'interleaved';
  readonly reason: string;
}

/** What a kernel may leave out without harm: it panics or finds the victim gone. */
const OPTIONAL: ReadonlySet<string> = new Set(['victim', 'kill line', 'RAM totals']);

/** Whether an OOM report lacks a part or holds another's, beyond what every report is checked for. */
export function damageOf({ facts, oom, form }: OomAnalysis, report: { readonly ending: Ending }): Damage | undefined {
  const twice = (keys: readonly string[]): boolean => new Set(keys).size < keys.length;
  if (facts.invoked.length > 1) return { completeness: 'interleaved', reason: 'two calls of the OOM killer print in one context' };
  if (twice(facts.zones.map(({ value }) => zoneKey(value))) || twice(facts.buddies.map(({ value }) => zoneKey(value)))) {
    return { completeness: 'interleaved', reason: 'the memory dumps of two reports print in one context' };
  }
  if (facts.invoked.length > 0 && facts.failures.some(({ value }) => value.what === 'page')) {
    return { completeness: 'interleaved', reason: 'an allocation failure prints within the report' };
  }
  if (form === 'bare') {
    // kill lines stand alone while the header is rate-limited; the summary is limited with it
    const summary = facts.summary !== undefined || facts.taskKilled !== undefined;
    if (!summary && (facts.killed.length > 0 || facts.failures.length > 0)) return undefined;
    return { completeness: 'truncated', reason: 'only the end of the report is in the log' };
  }
  const cut = report.ending !== 'silence' && report.ending !== 'closed';
  const lost = (oom.missing ?? []).filter((what) => cut || !OPTIONAL.has(what));
  if (lost.length > 0) return { completeness: 'truncated', reason: `missing: ${lost.join(', ')}` };
  return facts.listed > MAX_GROUPS
    ? { completeness: 'truncated', reason: heldOnly(`${MAX_GROUPS} of ${facts.listed} cgroups`) }
    : undefined;
}
