import type { OldFamily as Family, Head } from '../common/legacy.ts';
import type { LogText as LogLine } from '../common/line.ts';

const has =
  (...parts: readonly string[]) =>
  (text: string): boolean =>
    parts.some((part) => text.includes(part));

/** `Killed process 7 (x)`, `Killed process 7, UID 0, (x)`, `Killed process 7:#3`; `Kill process 7 (x) score`. */
const KILLED = /(?:^|: )Killed process \d+[ :,]/;
const KILL = /(?:^|: )(?:Killed|[Kk]ill) process \d+[ :,]|: OOM victim \d+ \(/;
/** Panics that mm/oom_kill.c calls, in all wordings since 2.6.18. */
const OOM_PANIC =
  /^Kernel panic - not syncing: (?:[Oo]ut of memory(?:[ .(:]|$)|System is deadlocked on memory|Out of memory and no killable)/;

/** Lines of memory dumps, whoever prints them: mm/show_mem.c, mm/page_alloc.c, mm/hugetlb.c, mm/swap_state.c, mm/slub.c. */
const MEMORY =
  /^(?:Mem-[Ii]nfo:| ?[a-z_]{3,32}:\d+ |(?: ?[a-z_]{3,32}:\d+)$|(?:Node \d+ )?\w{1,16}:? (?:free:\d|per-cpu:)|Node \d+ [a-z_]+:\d|(?:Node \d+ )?\w{1,16}: \d+\*\d+kB|lowmem_reserve\[\]:|(?:Node \d+ )?hugepages_total=|CPU +\d+: +hi:|\d+ (?:total pagecache |pages? |free pages|reserved pages|slab pages)|Swap cache stats:|(?:Free|Total) swap *[=:]|Unreclaimable slab info:|Name +Used +Total|\S.{0,64} +\d+[kK]B +\d+[kK]B *$|Memory allocations:| *\d+(?:\.\d+)? [KMGTPE]?i?B +\d+ \S+:\d+|SL[AU]B: Unable| {2}cache: | {2}node \d+: slabs|COMPACTION is disabled|cma: .*free of \d+ total pages|\S+.* cpuset=\S* mems_allowed=)/;
/** Lines of the OOM killer itself and of memory cgroups. */
const KILLER =
  /^(?:oom-kill:|Tasks state \(|\[ *pid *\] |\[ *\d{1,8}\] +-?\d+ +\d+ |Tasks in \/.* are going to be killed|oom killer \d+ \(|Out of memory and no killable|Memory cgroup (?:out of memory|stats|min protection)|Task in \/|[a-z+]{3,20}: usage \d+kB, limit |Kill process \d+ \(.*sharing same memory|System is deadlocked)/;
/** A row of the task table. */
const ROW = /^\[ *\d{1,8}\] +-?\d+ +\d/;
/** A line of memory.stat: looked for only behind its head, a word and a number mean nothing alone. */
const STAT = /^[a-z][\w.]{1,48} \d+$/;
const RECLAIM = /\border:\d+, mode:0x/;

/** What the lines of one report have said so far; kept beside the report so that no line is looked at twice. */
interface Progress {
  seen: number;
  readonly failure: boolean;
  killed: boolean;
  chosen: boolean;
  group: boolean;
  stats: boolean;
  ended: boolean;
  panicked: boolean;
  /** The last kill: whose limit it names, and when. */
  message: string;
  usec: number | undefined;
  readonly pids: Set<string>;
}

const PROGRESS = new WeakMap<readonly LogLine[], Progress>();
/** `Memory cgroup out of memory`; nothing on the second line of kernels until 5.0. */
const messageOf = (text: string): string => text.slice(0, Math.max(text.search(/:? ?(?:Killed|[Kk]ill) process/), 0));
/** Microseconds within which one cgroup's tasks are all killed. */
const GROUP_USEC = 1_000_000;
const pidIn = (text: string): string | undefined => /(?:process|victim|pid:) ?(\d+)/.exec(text)?.[1];

function progressOf(lines: readonly LogLine[]): Progress {
  let progress = PROGRESS.get(lines);
  if (progress === undefined) {
    const first = lines[0]?.text ?? '';
    const failure = !first.includes(' invoked oom-killer: ') && !KILL.test(first) && !KILLER.test(first);
    progress = {
      seen: 0,
      failure,
      killed: false,
      chosen: false,
      group: false,
      stats: false,
      ended: false,
      panicked: false,
      message: '',
      usec: undefined,
      pids: new Set(),
    };
    PROGRESS.set(lines, progress);
  }
  for (; progress.seen < lines.length; progress.seen++) {
    const text = lines[progress.seen]?.text ?? '';
    if (text.charCodeAt(0) === 91) continue;
    if (KILL.test(text)) {
      if (KILLED.test(text)) progress.killed = true;
      else progress.chosen = true;
      progress.message = messageOf(text);
      progress.usec = lines[progress.seen]?.record.usec;
      const pid = pidIn(text);
      if (pid !== undefined) progress.pids.add(pid);
    } else if (text.startsWith('Tasks in /')) progress.group = true;
    else if (text.startsWith('Memory cgroup stats')) progress.stats = true;
    else if (OOM_PANIC.test(text)) progress.panicked = true;
    else if (text.startsWith('Out of memory and no killable') || (progress.failure && / pages RAM$/.test(text))) progress.ended = true;
  }
  return progress;
}

const sameGroup = (progress: Progress, text: string, usec: number | undefined): boolean =>
  ['', progress.message].includes(messageOf(text)) &&
  (usec === undefined || progress.usec === undefined || usec - progress.usec < GROUP_USEC);

/**
 * A kill line ends the report before it, unless that has its victim already: until 5.0 the choice and the kill are two lines, and
 * memory.oom.group kills many. The reaper, a thread of its own, names the victim's pid.
 */
function joins(head: Head, { text, record: { usec } }: LogLine, lines: readonly LogLine[], sameCaller: boolean): boolean | undefined {
  if (head.family.name === 'oom' && head.form.name === 'reap') return progressOf(lines).pids.has(pidIn(text) ?? '');
  if (!sameCaller) return false;
  if (head.family.name !== 'oom')
    return head.name === 'panic/panic' && OOM_PANIC.test(text) && !progressOf(lines).failure ? true : undefined;
  const progress = progressOf(lines);
  switch (head.form.name) {
    case 'kill':
      if (progress.failure) return false;
      if (KILLED.test(text)) return !progress.killed || (progress.group && sameGroup(progress, text, usec));
      return !progress.killed && !progress.chosen;
    case 'summary':
      return !progress.failure && !progress.killed && !progress.ended;
    case 'slab':
      return progress.failure;
    case 'failure':
      // no address range left, and then the vmalloc that wanted one
      return (
        lines.length === 1 && /^vm(?:ap allocation|alloc_node_range) for size /.test(lines[0]?.text ?? '') && text.includes(': vmalloc')
      );
    default:
      return false;
  }
}

/** Out of memory: mm/oom_kill.c, mm/memcontrol.c, mm/page_alloc.c, mm/vmalloc.c, mm/cma.c. */
export const oom: Family = {
  name: 'oom',
  openers: [
    { text: 'gfp_mask=', form: 'invoked', at: 'message', test: has(' invoked oom-killer: ') },
    { text: 'Out of memory', form: 'kill', test: (text) => KILL.test(text) },
    { text: 'Out of Memory: Kill process', form: 'kill' }, // until 2.6.23
    { text: 'Memory cgroup out of memory', form: 'kill', test: (text) => KILL.test(text) },
    { text: 'Killed process ', form: 'kill', test: (text) => KILLED.test(text) },
    { text: 'oom-kill:constraint=', form: 'summary' },
    { text: 'Task in /', form: 'summary', test: has(' killed as a result of limit of ') },
    { text: 'oom_reaper: ', form: 'reap', test: (text) => /^oom_reaper: (?:reaped process|unable to reap pid:) ?\d/.test(text) },
    { text: 'page allocation failure', form: 'failure', at: 'message', test: has('order:') },
    { text: 'page allocation stalls for', form: 'failure', at: 'message', test: has('order:') },
    { text: 'vmalloc error: ', form: 'failure', at: 'message', test: has('mode:0x') },
    { text: 'vmalloc: allocation failure', form: 'failure', at: 'message', test: has('mode:0x') },
    { text: 'vmalloc size ', form: 'failure', at: 'message', test: has('mode:0x') },
    { text: 'vmap allocation for size ', form: 'region', test: has(' failed') },
    { text: 'vmalloc_node_range for size ', form: 'region', test: has(' failed') },
    { text: 'cma: ', form: 'region', test: has('alloc failed, req-size') },
    { text: 'SLUB: Unable to allocate memory', form: 'slab' },
    { text: 'SLAB: Unable to allocate memory', form: 'slab' },
  ],
  forms: [
    { name: 'invoked' },
    { name: 'kill', needs: 'nothing' },
    { name: 'summary', needs: 'nothing' },
    { name: 'reap', joinsOnly: true },
    { name: 'failure' },
    { name: 'region', needs: 'nothing' },
    { name: 'slab', needs: 'nothing' },
  ],
  joins,
  rows: (text, lines) => text.charCodeAt(0) === 91 && ROW.test(text) && !progressOf(lines).failure,
  goesOn: (lines) => {
    const { killed, ended, panicked } = progressOf(lines);
    return panicked || !(killed || ended);
  },
  continues: (text, lines) => {
    if (MEMORY.test(text) || RECLAIM.test(text)) return true;
    const progress = progressOf(lines);
    if (progress.failure) return false;
    return KILLER.test(text) || OOM_PANIC.test(text) || (progress.stats && STAT.test(text));
  },
};
