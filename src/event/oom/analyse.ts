import { gfpMembers } from '../../decode/gfp/decode-gfp.ts';
import { type KernelRelease, parseRelease } from '../../decode/kernel-release.ts';
import type { Oom, OomEvidence, OomUsage } from '../event.ts';
import { Said, Saying, settle } from '../facts/said.ts';
import { assembleOom, type OomContext, type SaidOom } from './assemble.ts';
import { scoreOf } from './badness.ts';
import { constraintClaims, reclaimClaims, sparedClaims, swapClaims, usageClaims, zoneClaims } from './claims.ts';
import { defined } from './defined.ts';
import { claim, killRecords, tableRecords } from './evidence.ts';
import type { OomFacts } from './facts.ts';
import type { OomFindings } from './findings.ts';
import { leakSuspects } from './leaks.ts';
import { missingOf, type OomForm } from './missing.ts';
import { pageSizeOf } from './page-size.ts';
import { countText } from './size-text.ts';
import { columnsOf } from './tasks.ts';
import { tryNext } from './try-next.ts';
import { usageOf } from './usage.ts';
import { verdictOf } from './verdict.ts';
import { victimChoice } from './victim-choice.ts';
import { checkZones } from './zone-check.ts';

/** A report read and explained. */
export interface OomAnalysis {
  readonly oom: Oom;
  /** The same, each value that was read with its records. */
  readonly said: SaidOom;
  readonly facts: OomFacts;
  /** Whether the limit of a memory cgroup was hit, not the machine's. */
  readonly isMemcg: boolean;
  readonly form: OomForm;
}

/** The words win over the constraint: 5.0 and 5.1 print CONSTRAINT_NONE for memory cgroups too. */
function memcgOf(facts: OomFacts): boolean {
  const message = facts.killed[0]?.value.message ?? facts.chosen[0]?.value.message ?? facts.exiting[0]?.value.message;
  if (facts.summary?.value.oomMemcg !== undefined || facts.summary?.value.constraint === 'CONSTRAINT_MEMCG') return true;
  if (message !== undefined) return message.startsWith('Memory cgroup out of memory');
  if (facts.taskKilled !== undefined || (facts.counters.length > 0 && facts.memInfo.length === 0)) return true;
  // cut before all of these: the stack says who called
  return facts.fromMemcg;
}

/** What was collected from one report → the contract's `oom`: facts, then what follows from them. Pure; nothing here throws on any text. */
export function explainOom(facts: OomFacts, context: OomContext): OomAnalysis {
  const release = parseRelease(context.release);
  const { columns } = columnsOf(facts);
  const page = pageSizeOf(facts, columns);
  const isMemcg = memcgOf(facts);
  const form: OomForm =
    facts.invoked.length > 0 || facts.rows.length > 0 || (facts.failures.length === 0 && hasSections(facts))
      ? 'kill'
      : facts.failures.length > 0 && facts.killed.length === 0
        ? 'failure'
        : 'bare';
  const missing = missingOf(facts, form);
  const read = assembleOom(facts, { ...context, pageKb: page.kb });
  const saying = new Saying();
  const base: Oom = { ...settle<Oom>(read, saying), ...(missing.length > 0 ? { missing } : {}) };
  const saidUsage = usageOf(base, saying.sources, { isMemcg, pageKb: page.kb });
  const usage = saidUsage && settle<OomUsage>(saidUsage, new Saying());
  const flags = gfpMembers(base.trigger?.gfpFlags ?? [], release ?? CURRENT);
  const zones = base.zones === undefined ? [] : checkZones(base, { order: Math.max(base.trigger?.order ?? 0, 0), flags }, page.kb);
  const findings: OomFindings = { oom: base, facts, isMemcg, usage, zones, leaks: leakSuspects(base, usage), pageKb: page.kb };
  const choice = form === 'failure' ? undefined : victimChoice(base, facts, { release, pageKb: page.kb, isMemcg });
  const killed = killRecords(facts);
  const chosen = choice === undefined || killed.length === 0 ? [] : [claim(choiceText(choice), [...tableRecords(facts), ...killed], true)];
  const evidence = [
    ...constraintClaims(findings),
    ...usageClaims(findings),
    ...zoneClaims(findings),
    ...reclaimClaims(findings),
    ...swapClaims(findings),
    ...sparedClaims(findings),
    ...chosen,
    ...scoreClaims(facts, choice, release),
    ...facts.odd.slice(0, 5).map(({ records, value }) => claim(`cannot be, and is not computed with: ${value}`, records)),
  ];
  const concluded = {
    ...(page.inferred ? {} : { pageSizeKb: page.kb }),
    cause: { verdict: verdictOf(findings, choice), evidence, tryNext: tryNext(findings, choice) },
  };
  return {
    oom: { ...base, ...defined({ usage, victimChoice: choice }), ...concluded },
    said: {
      ...read,
      ...(missing.length > 0 ? { missing } : {}),
      // computed, and an entry for each task: said by no record, so that nothing in it is looked through for who says it
      ...defined({ usage: saidUsage, victimChoice: choice && new Said(choice, []) }),
      ...concluded,
      ...(page.inferred ? {} : { pageSizeKb: new Said(page.kb, page.records) }),
    },
    facts,
    isMemcg,
    form,
  };
}

/** What the kernel prints between the head of a report and its kill. */
const hasSections = ({ memInfo, zones, counters, stats }: OomFacts): boolean =>
  [memInfo, zones, counters, stats].some((some) => some.length > 0);

/** Where no release is known the newest table is the likeliest. */
const CURRENT = { text: '', major: 99, minor: 0, patch: 0 };

function choiceText(choice: NonNullable<Oom['victimChoice']>): string {
  const [top] = choice.badness;
  if (!choice.explains) return choice.reason ?? 'the choice of the victim could not be recomputed';
  if (choice.reason?.startsWith('oom_kill_allocating_task')) return choice.reason;
  return `the victim had the highest badness${top?.points === undefined ? '' : `, ${countText(top.points)}`}${choice.reason ? `; ${choice.reason}` : ''}`;
}

/** Until 5.0 the kernel printed the score: thousandths of the limit, so it shows whether limit and points are right. */
function scoreClaims(facts: OomFacts, choice: Oom['victimChoice'], release: KernelRelease | undefined): OomEvidence[] {
  const said = facts.chosen[0];
  const points = choice?.badness.find((task) => task.pid === said?.value.pid)?.points;
  if (said?.value.score === undefined || points === undefined || !choice?.limitPages) return [];
  const score = scoreOf(points, { release, pageKb: 4, limitPages: choice.limitPages });
  const off = Math.abs(score - said.value.score);
  const text = `the kernel printed score ${countText(said.value.score)}, recomputed ${countText(score)}`;
  return [claim(off > 20 ? `${text}: the limit or a bonus is not what was assumed` : text, said.records, true)];
}
