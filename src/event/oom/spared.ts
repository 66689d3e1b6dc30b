import type { OomTask, OomVictim } from '../event.ts';
import type { OomFindings } from './findings.ts';
import { sizeText } from './size-text.ts';

/** oom_score_adj from which on a task is hardly ever chosen: kubelet's guaranteed pods have -997, its own daemons -999. */
const PROTECTED = -900;

interface Sized {
  readonly task: OomTask;
  readonly kb: number;
}

/** The largest of the listed tasks that is not the victim, where oom_score_adj kept it: resident and swapped, kB. */
export function sparedTask({ oom, pageKb }: OomFindings, victimPid: number | undefined): Sized | undefined {
  let largest: Sized | undefined;
  let victimKb = 0;
  for (const task of oom.tasks ?? []) {
    const kb = ((task.rssPages ?? 0) + (task.swapentsPages ?? 0)) * pageKb;
    if (task.pid === victimPid) victimKb = kb;
    else if (kb > (largest?.kb ?? 0)) largest = { task, kb };
  }
  const adj = largest?.task.oomScoreAdj ?? 0;
  return largest !== undefined && adj <= PROTECTED && largest.kb > victimKb ? largest : undefined;
}

/** A clause for the verdict: the large task that the kernel was told to leave alone. */
export function spared(findings: OomFindings, victim: OomVictim): string {
  const found = sparedTask(findings, victim.pid);
  if (found === undefined) return '';
  const { task, kb } = found;
  return `; the largest, ${task.name}[${task.pid}] with ${sizeText(kb)}, is protected (oom_score_adj ${task.oomScoreAdj})`;
}
