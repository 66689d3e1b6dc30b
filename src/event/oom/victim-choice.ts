import { KILLER } from '../../../grammars/oom/kill-lines.ts';
import type { KernelRelease } from '../../decode/kernel-release.ts';
import { atLeast } from '../../decode/kernel-release.ts';
import type { Oom, OomBadness, OomVictimChoice } from '../event.ts';
import { type Badness, type BadnessContext, oomBadness } from './badness.ts';
import type { OomFacts } from './facts.ts';
import { oomLimit } from './limit.ts';
import { countText } from './size-text.ts';

/** So many tasks from the top keep name and parts of the sum; the others are in the table, by pid. */
const DETAILED = 20;

interface Ranked extends Badness {
  readonly pid: number;
  readonly comm: string;
}

export interface ChoiceContext {
  readonly release?: KernelRelease | undefined;
  readonly pageKb: number;
  readonly isMemcg: boolean;
}

/** Recomputes every task's badness, ranks them and compares with whom the kernel chose. Undefined without a task table. */
export function victimChoice(oom: Oom, facts: OomFacts, context: ChoiceContext): OomVictimChoice | undefined {
  const tasks = oom.tasks ?? [];
  if (tasks.length === 0) return undefined;
  const limit = oomLimit(oom, context.isMemcg, context.pageKb);
  const adjusted = tasks.some((task) => (task.oomScoreAdj ?? 0) !== 0 && task.oomScoreAdj !== -1000);
  // RHEL 6 took the rewrite of 2.6.36 into its 2.6.32: the table tells
  const rewritten =
    context.release !== undefined && !atLeast(context.release, REWRITE) && tasks.some((task) => task.oomScoreAdj !== undefined);
  const release = rewritten ? { ...context.release, major: REWRITE[0], minor: REWRITE[1], patch: REWRITE[2] } : context.release;
  const badness: BadnessContext = { release, pageKb: context.pageKb, limitPages: limit?.pages ?? 0 };
  const all: Ranked[] = [];
  for (const task of tasks) {
    const found = oomBadness(task, badness);
    if (found === undefined) return { badness: [], explains: false, reason: BEFORE_REWRITE };
    // spelled out: spreading 20,000 objects costs as much as reading their lines
    const { points, rssPages, swapentsPages, pgtablesPages, adjPages, inferred } = found;
    all.push({ pid: task.pid, comm: task.name, points, rssPages, swapentsPages, pgtablesPages, adjPages, inferred });
  }
  const victimPid = victimPidOf(facts);
  // of equals the kernel takes the first until 5.8, the last since: the victim is ranked before its equals
  const first = (task: Ranked): number => (task.pid === victimPid ? 0 : 1);
  const killable = all
    .filter((task) => task.points !== undefined)
    .sort((a, b) => (b.points ?? 0) - (a.points ?? 0) || first(a) - first(b) || a.pid - b.pid);
  const judged = explain(killable, all, victimPid, oom, facts, context);
  const noLimit = limit === undefined && adjusted;
  return {
    badness: [
      ...killable.map((task, i) => entry(task, i + 1, i < DETAILED || task.pid === victimPid)),
      ...all.filter((task) => task.points === undefined).map((task) => ({ pid: task.pid, comm: task.comm, unkillable: true })),
    ],
    ...judged,
    ...(noLimit && !judged.explains
      ? { reason: `${judged.reason ?? ''}${judged.reason ? '; ' : ''}the limit is not in the log, so oom_score_adj could not be weighed` }
      : {}),
    ...(limit === undefined ? {} : { limitPages: limit.pages }),
    ...(all.some((task) => task.inferred) || (adjusted && (limit?.inferred ?? true)) ? { inferred: true } : {}),
  };
}

/** Until 5.0 the chosen may be a thread, which the table of processes does not list; the line that follows names whose thread it is */
function victimPidOf(facts: OomFacts): number | undefined {
  const [chosen] = facts.chosen;
  const [killed] = facts.killed;
  const listed = (pid: number): boolean => facts.rows.some((row) => row.pid === pid);
  if (chosen !== undefined && killed?.value.comm === chosen.value.comm && !listed(chosen.value.pid) && listed(killed.value.pid))
    return killed.value.pid;
  return chosen?.value.pid ?? facts.summary?.value.pid ?? killed?.value.pid;
}

const REWRITE = [2, 6, 36] as const;
const BEFORE_REWRITE = 'kernels before 2.6.36 weighed run time, niceness and children, which the report does not hold';

function entry(
  { pid, comm, points = 0, rssPages, swapentsPages, pgtablesPages, adjPages }: Ranked,
  rank: number,
  detailed: boolean,
): OomBadness {
  return detailed ? { pid, comm, points, rank, rssPages, swapentsPages, pgtablesPages, adjPages } : { pid, points, rank };
}

type Judgement = Pick<OomVictimChoice, 'explains' | 'reason'>;

/** Whether the highest badness is the kernel's choice; if not, the best reason that the report itself gives. */
function explain(
  killable: readonly Ranked[],
  all: readonly Ranked[],
  victimPid: number | undefined,
  oom: Oom,
  facts: OomFacts,
  context: ChoiceContext,
): Judgement {
  const top = killable[0];
  if (victimPid === undefined)
    return { explains: false, reason: facts.marks.has(KILLER.out_of_memory) ? 'no task could be killed' : 'the report names no victim' };
  const victim = all.find((task) => task.pid === victimPid);
  const name = (task: Ranked): string => `${task.comm}[${task.pid}]`;
  const message = facts.killed[0]?.value.message ?? facts.chosen[0]?.value.message ?? '';
  if (message.includes('oom_kill_allocating_task')) {
    return {
      explains: true,
      reason: `oom_kill_allocating_task: the task that asked for memory is killed${top && top.pid !== victimPid ? `; by badness it would have been ${name(top)}` : ''}`,
    };
  }
  const child = facts.killed[0]?.value;
  const sacrificed = child !== undefined && facts.chosen[0] !== undefined && child.pid !== victimPid;
  const afterwards = sacrificed
    ? `${child.comm}[${child.pid}] was killed instead of its parent: until 5.0 the worst child with memory of its own was sacrificed`
    : undefined;
  if (victim === undefined) {
    const cut = oom.missing?.some((what) => what.includes('task table')) === true;
    return {
      explains: false,
      reason: cut
        ? 'the victim is not in what is left of the task table'
        : `the victim [${victimPid}] is not in the task table: a thread of a listed task, or it exited while the table was printed`,
    };
  }
  if (top === undefined || victim.points === undefined) {
    return {
      explains: false,
      reason: `${name(victim)} has oom_score_adj -1000 in the table: it was changed meanwhile, or the value is another release's`,
    };
  }
  const group =
    oom.cgroup?.oomGroup === undefined ? undefined : `memory.oom.group: all tasks of ${oom.cgroup.oomGroup} were killed with it`;
  if ((top.points ?? 0) === victim.points) {
    const why = [group, afterwards].filter((part) => part !== undefined).join('; ');
    return why === '' ? { explains: true } : { explains: true, reason: why };
  }
  const better = killable.filter((task) => (task.points ?? 0) > (victim.points ?? 0));
  const dying = new Set(
    [...facts.reaped, ...facts.killed, ...facts.exiting].map(({ value }) => value.pid).filter((pid) => pid !== victimPid),
  );
  const excuses = [
    better.every((task) => dying.has(task.pid)) ? 'they were already being killed' : undefined,
    context.isMemcg && oom.cgroup?.taskMemcg !== undefined && oom.cgroup.oomMemcg === undefined
      ? 'the table holds tasks outside the cgroup'
      : undefined,
    !context.isMemcg && oom.constraint !== undefined && oom.constraint !== 'CONSTRAINT_NONE'
      ? 'a task without memory on the allowed nodes is not eligible'
      : undefined,
    context.release === undefined || atLeast(context.release, [4, 9])
      ? 'a task that is exiting, already reaped or in vfork is passed over'
      : 'a task that is exiting is passed over or ends the search',
  ];
  const reason = excuses.find((excuse) => excuse !== undefined) ?? '';
  const others = better
    .slice(0, 3)
    .map((task) => `${name(task)} ${countText(task.points ?? 0)}`)
    .join(', ');
  return {
    explains: false,
    reason: `${others} had more points than ${name(victim)} ${countText(victim.points)}: ${reason}${afterwards ? `; ${afterwards}` : ''}${group ? `; ${group}` : ''}`,
  };
}
