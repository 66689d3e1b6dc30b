import type { Oom, OomUsage } from '../event.ts';
import type { OomFacts } from './facts.ts';
import type { LeakSuspect } from './leaks.ts';
import type { ZoneCheck } from './zone-check.ts';

/** What the analysis of one report has found out; claims and verdict put it into words. */
export interface OomFindings {
  readonly oom: Oom;
  readonly facts: OomFacts;
  readonly isMemcg: boolean;
  readonly usage: OomUsage | undefined;
  readonly zones: readonly ZoneCheck[];
  readonly leaks: readonly LeakSuspect[];
  /** kB in a page. */
  readonly pageKb: number;
}
