import { atLeast, type KernelRelease } from '../../decode/kernel-release.ts';
import type { OomTask } from '../event.ts';

/** What the arithmetic needs besides the task: release, page size, and the pages that oom_score_adj is a thousandth of. */
export interface BadnessContext {
  readonly release?: KernelRelease | undefined;
  /** kB in a page. */
  readonly pageKb: number;
  /** oc->totalpages: RAM and swap of the whole machine, the allowed nodes or the memory cgroup. */
  readonly limitPages: number;
}

/** Badness of one task in pages (thousandths of the limit before 3.6); no points: the kernel never chooses it. */
export interface Badness {
  readonly points: number | undefined;
  readonly rssPages: number;
  readonly swapentsPages: number;
  readonly pgtablesPages: number;
  readonly adjPages: number;
  /** A part was assumed: the table lacks it, or it hangs on a capability that no report shows. */
  readonly inferred: boolean;
}

const OOM_SCORE_ADJ_MIN = -1000;
const OOM_DISABLE = -17;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A log that names no release is taken to be a current kernel: the formula has not changed since 5.9. */
const since = (context: BadnessContext, ...release: [number, number, number?]): boolean =>
  context.release === undefined || atLeast(context.release, release);

/**
 * mm/oom_kill.c oom_badness() with the kernel's integers. Until 2.6.35 badness() went by total_vm, run time and niceness, which no
 * report holds: no points for anyone.
 */
export function oomBadness(task: OomTask, context: BadnessContext): Badness | undefined {
  if (!since(context, 2, 6, 36)) return undefined;
  const pageBytes = context.pageKb * 1024;
  const rssPages = task.rssPages ?? 0;
  const swapentsPages = task.swapentsPages ?? 0;
  // nr_ptes since 2.6.39 (f755a042d82b), nr_pmds since 4.0, one counter in bytes since 4.15
  const pgtablesPages =
    task.pgtablesBytes === undefined
      ? number(task.nrPtesPages) + number(task.nrPmdsPages) + number(task.nrPudsPages)
      : Math.trunc(task.pgtablesBytes / pageBytes);
  const adj = task.oomScoreAdj ?? 0;
  const root = task.uid === 0;
  let points = rssPages + swapentsPages + pgtablesPages;
  let adjPages: number;
  let inferred = task.rssPages === undefined || (task.swapentsPages === undefined && context.release !== undefined);
  if (since(context, 3, 6)) {
    let weight = adj;
    // CAP_SYS_ADMIN: 3.6–3.13 30 thousandths of the limit, 3.14–4.16 3 % of what it uses (778c14affaf9), nothing since 4.17 (d46078b28889)
    if (root && !since(context, 4, 17)) {
      inferred = true;
      if (since(context, 3, 14)) points -= Math.trunc((points * 3) / 100);
      else weight -= 30;
    }
    adjPages = weight * Math.trunc(context.limitPages / 1000);
    points += adjPages;
    // 9066e5cfb73c (5.9): before, an eligible task had at least one point
    if (!since(context, 5, 9)) points = Math.max(points, 1);
  } else {
    // thousandths of the limit until a7f638f999ff (3.6), clamped to 1 … 1000
    points = Math.trunc((points * 1000) / Math.max(context.limitPages, 1)) - (root ? 30 : 0) + adj;
    adjPages = adj;
    inferred ||= root;
    points = Math.min(Math.max(points, 1), 1000);
  }
  const unkillable = adj === OOM_SCORE_ADJ_MIN || task.oomAdj === OOM_DISABLE;
  return { points: unkillable ? undefined : points, rssPages, swapentsPages, pgtablesPages, adjPages, inferred };
}

/** How the kernel of that release turned points into the `score` of its message: thousandths of the limit (until 5.0). */
export const scoreOf = (points: number, context: BadnessContext): number =>
  since(context, 3, 6) ? Math.trunc((points * 1000) / Math.max(context.limitPages, 1)) : points;
