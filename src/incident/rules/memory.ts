import type { Event } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { reasonOf, sameTask, victimWith } from '../facts.ts';
import { culpritOf, sameCulprit, sharesModule } from '../frames.ts';
import type { Rule } from '../rule.ts';
import { follows, rests } from '../shared.ts';

/** PAGE_ALLOC_COSTLY_ORDER, include/linux/mmzone.h: beyond it a failure is fragmentation, not shortage. */
const COSTLY_ORDER = 3;
/** After so many seconds without a kill the next one belongs to another incident. */
const CALM = 600;

/** Requests that fail because memory is short, not because no block is long enough or the limit of a cgroup is reached. */
const isShort = (event: Event): boolean =>
  event.kind !== 'page-allocation-failure' ||
  ((event.oom?.trigger?.order ?? 0) <= COSTLY_ORDER && event.details?.what !== 'cma' && event.details?.what !== 'vmalloc');

const cgroupOf = ({ oom }: Event): string | undefined => oom?.cgroup?.oomMemcg ?? oom?.cgroup?.taskMemcg;

const cgroupPath = ({ oom }: Event): string => `oom.cgroup.${oom?.cgroup?.oomMemcg === undefined ? 'taskMemcg' : 'oomMemcg'}`;

/** Memory runs out. */
export const MEMORY_RULES: readonly Rule[] = [
  {
    name: 'oom-storm',
    why: 'a cgroup that stays at its limit, or a machine that stays short, kills again and again',
    from: ['oom-killer'],
    to: ['oom-killer'],
    within: CALM,
    key: (event) => (event.kind === 'memcg-oom' ? `cgroup ${cgroupOf(event) ?? '?'}` : 'system'),
    test: (from, to) =>
      to.kind === 'memcg-oom' && cgroupOf(to) !== undefined ? rests('high', { from: [cgroupPath(from)], to: [cgroupPath(to)] }) : 'medium',
  },
  {
    name: 'victim-cannot-allocate',
    why: 'a task that the OOM killer chose is refused memory until it is dead',
    from: ['oom-killer'],
    to: ['page-allocation-failure'],
    within: 60,
    test(from, to) {
      const victim = victimWith(from, to.task?.pid);
      return victim === undefined ? undefined : rests('high', { from: [victim], to: ['task.pid'] });
    },
    says: () => 'the victim was refused memory while it died',
  },
  {
    name: 'unreaped-then-stack',
    why: 'the OOM reaper that gives up shows where the victim is (mm/oom_kill.c oom_reap_task())',
    unproven: "that the stack is the victim's: it has no heading",
    from: ['oom-killer'],
    to: ['warning'],
    within: 30,
    test(from, to) {
      const at = (from.oom?.reaped ?? []).findIndex(({ unable }) => unable === true);
      return at >= 0 && to.title.startsWith('stack trace in ') && follows(from, to)
        ? rests('medium', { from: [`oom.reaped.${at}`], to: ['culprit'] })
        : undefined;
    },
    says: (to) => `it waits in ${culpritOf(to) ?? 'the code whose stack follows'}`,
  },
  {
    name: 'memory-pressure',
    why: 'requests that cannot wait fail first when the machine runs out of memory',
    unproven: 'that the failed request met the same shortage as the OOM kill',
    from: ['page-allocation-failure', 'oom-kill'],
    to: ['page-allocation-failure', 'oom-kill'],
    within: 10,
    test(from, to) {
      if (from.kind === to.kind || !isShort(from) || !isShort(to)) return undefined;
      if (victimWith(from, to.task?.pid) !== undefined) return undefined; // has a rule of its own
      return 'medium';
    },
    says: (to) => (to.kind === 'oom-kill' ? `the OOM killer then ended ${victim(to)}` : 'a request for memory failed as well'),
  },
  {
    name: 'oom-panic',
    why: 'the machine panics when the OOM killer finds nobody else, or is told to',
    from: ['oom-killer'],
    to: ['panic'],
    within: CALM,
    test: (from, to) =>
      from.kind === 'oom-kill' && /out of memory|deadlocked on memory/i.test(reasonOf(to))
        ? rests('medium', { to: ['details.reason'] })
        : undefined,
    says: () => 'the machine ran out of memory once more and panicked',
  },
  {
    name: 'allocation-not-checked',
    why: 'a driver that does not check a failed allocation uses NULL or a half-built object next',
    unproven: 'that the fault used what the failed allocation should have given',
    from: ['page-allocation-failure'],
    to: ['oops'],
    within: 5,
    test(from, to) {
      const [task, blamed] = [sameTask(from, to), sameCulprit(from, to)];
      const code = blamed ?? (task && sharesModule(from, to));
      if (code === undefined) return undefined;
      return rests(task !== undefined && to.kind === 'null-dereference' ? 'high' : 'medium', code, task);
    },
    says: () => 'the code that was refused memory then faulted',
  },
  {
    name: 'allocation-failed-driver-failed',
    why: 'a driver that gets no memory drops the request and says so',
    unproven: 'that the error comes from the failed allocation',
    from: ['page-allocation-failure'],
    to: ['warning', 'hw'],
    within: 2,
    test(from, to) {
      const task = sameTask(from, to);
      const code = task && (sharesModule(from, to) ?? sameCulprit(from, to));
      return code === undefined ? undefined : rests('medium', code, task);
    },
    says: () => 'the code that was refused memory then failed',
  },
];

function victim({ oom }: Event): string {
  const [first, ...more] = oom?.victims ?? [];
  return first === undefined ? 'a task' : `${first.comm}[${first.pid}]${more.length > 0 ? ` and ${countText(more.length)} more` : ''}`;
}
