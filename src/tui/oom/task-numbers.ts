import { atLeast, parseRelease } from '../../decode/kernel-release.ts';
import type { Event, Oom, OomBadness, OomTask } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { numberIn, type PageUnit, pageUnit, sum } from './units.ts';

/** What the rows of a task table are made from, worked out once for an event. */
export interface TaskNumbers {
  readonly tasks: readonly OomTask[];
  readonly unit: PageUnit;
  readonly badness: ReadonlyMap<number, OomBadness>;
  /** a7f638f999ff (3.6) made points of pages; before they were thousandths of the limit. */
  readonly badnessUnit: 'pages' | 'thousandths';
  readonly victims: ReadonlySet<number>;
  readonly unkillable: number;
  /** The header row is lost: which column is which was told from its values. */
  readonly inferred: boolean;
  /** What a task's resident memory is a share of, and its name. */
  readonly whole: { readonly kb: number; readonly name: 'limit' | 'RAM' } | undefined;
}

export function taskNumbers({ oom, kernel }: Event): TaskNumbers | undefined {
  const tasks = oom?.tasks ?? [];
  if (oom === undefined || tasks.length === 0) return undefined;
  const entries = oom.victimChoice?.badness ?? [];
  const release = parseRelease(kernel?.release);
  return {
    tasks,
    unit: pageUnit(oom),
    badness: new Map(entries.map((entry) => [entry.pid, entry])),
    badnessUnit: release === undefined || atLeast(release, [3, 6]) ? 'pages' : 'thousandths',
    victims: new Set((oom.victims ?? []).map(({ pid }) => pid)),
    unkillable: entries.filter(({ unkillable }) => unkillable).length,
    inferred: (oom.missing ?? []).some((what) => what.startsWith('header row of the task table')),
    whole: wholeOf(oom),
  };
}

function wholeOf({ limits, usage, pageSizeKb }: Oom): TaskNumbers['whole'] {
  const limitKb = limits?.memory?.limitKb;
  if (pageSizeKb === undefined) return undefined;
  if (limitKb !== undefined && limitKb > 0 && !isUnlimited(limitKb)) return { kb: limitKb, name: 'limit' };
  return usage?.scope === 'system' ? { kb: usage.totalKb, name: 'RAM' } : undefined;
}

/** Pages of page tables: bytes since 4.15, a counter for each level before. */
export const pgtablesPages = (task: OomTask, pageKb: number): number =>
  task.pgtablesBytes === undefined
    ? sum([numberIn(task.nrPtesPages), numberIn(task.nrPmdsPages), numberIn(task.nrPudsPages)])
    : Math.trunc(task.pgtablesBytes / (pageKb * 1024));

/** oom_score_adj, or oom_adj until 2.6.35. */
export const adjOf = (task: OomTask): number | undefined => task.oomScoreAdj ?? numberIn(task.oomAdj);
