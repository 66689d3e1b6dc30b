import { words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** `Out of memory`, `Memory cgroup out of memory`, `Out of memory (oom_kill_allocating_task)`; none on a second line until 5.0. */
const MESSAGE = String.raw`(?:(?:Out of [Mm]emory|Memory cgroup out of memory)(?: \([^)\n]{0,40}\))?: ?)?`;
const KILLED = new RegExp(String.raw`${MESSAGE}Killed process \d+[ :,]`);
const CHOSEN = new RegExp(String.raw`${MESSAGE}[Kk]ill process \d+(?:[:,][^(\n]{0,20})? \((?![^\n]*sharing same memory)`);
const EXITING = new RegExp(String.raw`${MESSAGE}OOM victim \d+ \(`);
const KILL_LITERALS = ['Out of memory', 'Memory cgroup out of memory'];
const startsWith = (start: RegExp) => {
  const whole = new RegExp(`^${start.source}`);
  return (text: string): boolean => whole.test(text);
};
/** `[     30]`, `[1234567]`. */
const ROW_BEGINS = ['[ ', ...Array.from({ length: 9 }, (_, digit) => `[${digit + 1}`)];
const KILL = { grammar: 'oom', name: 'oom_kill_process', mode: 'kill' } as const;
const REAP = { grammar: 'oom', name: 'oom_reap_task', mode: 'kill' } as const;

/** The panics of mm/oom_kill.c in all wordings since 2.6.18. */
const PANIC = 'Kernel panic - not syncing: ';
/** Why the kernel panicked, or what it complains of. */
const PANIC_READS = /^(?:Kernel panic - not syncing: (?<panic>.*)|(?<complaint>.*))$/;
const PANIC_FIELDS = { panic: words, complaint: words };

/** The OOM killer's own lines: who asked, whom it chose, whom it killed, why it could not. */
export const KILLER = lines({
  dump_header: {
    printer: 'mm/oom_kill.c dump_header()',
    releases: '`oom_adj=` 2.6.29–2.6.35, both until 3.6; flags in words since 4.6; `nodemask=` in it 4.10–4.20',
    examples: [
      'java invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=0',
      'java invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null), order=0, oom_score_adj=500',
      'java invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0, oom_score_adj=0',
    ],
    start: /[^\n]* invoked oom-killer: /,
    contains: ' invoked oom-killer: ',
    free: true,
    opens: [{ form: 'invoked', literals: ['gfp_mask='], at: 'message', test: (text) => text.includes(' invoked oom-killer: ') }],
    rule: { grammar: 'oom', name: 'dump_header', mode: 'invoked' },
  },
  dump_header_compaction: {
    printer: 'mm/oom_kill.c dump_header()',
    examples: ['COMPACTION is disabled!!!'],
    start: /COMPACTION is disabled/,
  },
  dump_oom_victim: {
    printer: 'mm/oom_kill.c dump_oom_victim()',
    releases: 'since 5.0; 5.0 and 5.1 say CONSTRAINT_NONE for memory cgroups too',
    examples: [
      'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=30,uid=1000',
      'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=a b,mems_allowed=0-1,oom_memcg=/a,task_memcg=/a/b,task=java,pid=30,uid=0',
    ],
    start: /oom-kill:/,
    opens: [{ form: 'summary', literals: ['oom-kill:constraint='] }],
    rule: { grammar: 'oom', name: 'dump_oom_victim', mode: 'fields' },
  },
  __oom_kill_process: {
    printer: 'mm/oom_kill.c __oom_kill_process()',
    releases:
      'a line of its own, without the reason, until 5.0; `vsz:` until 2.6.34; UID and page tables since 5.4; RHEL 6 has the UID first',
    examples: [
      'Out of memory: Killed process 30 (java) total-vm:404012kB, anon-rss:160044kB, file-rss:800kB, shmem-rss:32kB, UID:0 pgtables:344kB oom_score_adj:0',
      'Memory cgroup out of memory: Killed process 30 (java) total-vm:26592kB, anon-rss:25380kB, file-rss:4kB, shmem-rss:648kB',
      'Killed process 30 (java) total-vm:536704kB, anon-rss:521176kB, file-rss:1208kB',
      'Killed process 30, UID 500, (java) total-vm:536704kB, anon-rss:521176kB, file-rss:1208kB',
      'Killed process 30 (java) vsz:536704kB, anon-rss:521176kB, file-rss:1208kB',
    ],
    start: KILLED,
    opens: [{ form: 'kill', literals: [...KILL_LITERALS, 'Killed process '], test: startsWith(KILLED) }],
    rule: KILL,
  },
  oom_kill_process: {
    printer: 'mm/oom_kill.c oom_kill_process()',
    releases: 'until 5.0; `score N or a child` until 2.6.38',
    examples: [
      'Out of memory: Kill process 30 (java) score 998 or sacrifice child',
      'Memory cgroup out of memory: Kill process 30 (java) score 998 or sacrifice child',
      'Out of memory: kill process 30 (java) score 48010 or a child',
      'Out of Memory: Kill process 30 (java) score 48010 and children.',
    ],
    start: CHOSEN,
    opens: [{ form: 'kill', literals: [...KILL_LITERALS, 'Out of Memory: Kill process'], test: startsWith(CHOSEN) }],
    rule: KILL,
  },
  oom_kill_process_exiting: {
    printer: 'mm/oom_kill.c oom_kill_process()',
    releases: 'since 5.10',
    examples: ['Out of memory: OOM victim 30 (java) is already exiting. Skip killing the task'],
    start: EXITING,
    opens: [{ form: 'kill', literals: KILL_LITERALS, test: startsWith(EXITING) }],
    rule: KILL,
  },
  __oom_kill_process_sharing: {
    printer: 'mm/oom_kill.c oom_kill_process()',
    releases: '2.6.35–4.8',
    examples: ['Kill process 31 (java) sharing same memory'],
    start: /Kill process \d+ \([^\n]*sharing same memory/,
    rule: KILL,
  },
  __oom_kill_process_pinned: {
    printer: 'mm/oom_kill.c __oom_kill_process()',
    releases: 'since 4.9',
    examples: ['oom killer 30 (java) has mm pinned by 1 (init)'],
    start: /oom killer \d+ \(/,
    rule: KILL,
  },
  oom_reap_task_mm: {
    printer: 'mm/oom_kill.c oom_reap_task_mm()',
    releases: 'since 4.6, which prints shmem-rss in `lB`',
    examples: [
      'oom_reaper: reaped process 30 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:648kB',
      'oom_reaper: reaped process 30 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0lB',
    ],
    start: /oom_reaper: reaped process \d/,
    opens: [{ form: 'reap', literals: ['oom_reaper: '], test: (text) => /^oom_reaper: reaped process \d/.test(text) }],
    rule: REAP,
  },
  oom_reap_task: {
    printer: 'mm/oom_kill.c oom_reap_task()',
    releases: 'since 4.6',
    examples: ['oom_reaper: unable to reap pid:30 (java)'],
    start: /oom_reaper: unable to reap pid: ?\d/,
    opens: [{ form: 'reap', literals: ['oom_reaper: '], test: (text) => /^oom_reaper: unable to reap pid: ?\d/.test(text) }],
    rule: REAP,
  },
  out_of_memory: {
    printer: 'mm/oom_kill.c out_of_memory()',
    releases: 'a panic until 4.20 and where there is nothing to kill but init',
    examples: ['Out of memory and no killable processes...', 'Kernel panic - not syncing: Out of memory and no killable processes...'],
    start: anyOf(`(?:${PANIC})?(?:Memory cgroup o|O)ut of memory and no killable processes`),
    reads: [PANIC_READS],
    fields: PANIC_FIELDS,
  },
  out_of_memory_deadlock: {
    printer: 'mm/oom_kill.c out_of_memory()',
    releases: 'since 4.19',
    examples: ['Kernel panic - not syncing: System is deadlocked on memory'],
    start: anyOf(`(?:${PANIC})?System is deadlocked on memory`),
    reads: [PANIC_READS],
    fields: PANIC_FIELDS,
  },
  check_panic_on_oom_compulsory: {
    printer: 'mm/oom_kill.c check_panic_on_oom()',
    releases: '`out of memory. Compulsory panic_on_oom is selected` until 3.x, `(memcg)` for memory cgroups',
    examples: [
      'Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled',
      'Kernel panic - not syncing: out of memory. Compulsory panic_on_oom is selected.',
      'Kernel panic - not syncing: out of memory(memcg). panic_on_oom is selected.',
    ],
    start: anyOf(
      `(?:${PANIC})?[Oo]ut of memory: compulsory panic_on_oom is enabled`,
      `(?:${PANIC})?[Oo]ut of memory\\(memcg\\)\\. panic_on_oom is selected`,
      `(?:${PANIC})?[Oo]ut of memory\\. Compulsory panic_on_oom is selected`,
    ),
    reads: [PANIC_READS],
    fields: PANIC_FIELDS,
  },
  check_panic_on_oom: {
    printer: 'mm/oom_kill.c check_panic_on_oom()',
    releases: '`out of memory. panic_on_oom is selected` until 3.x, with `from page fault` from 2.6.2x',
    examples: [
      'Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled',
      'Kernel panic - not syncing: out of memory from page fault. panic_on_oom is selected.',
      'Kernel panic - not syncing: Out of memory',
    ],
    start: anyOf(
      `${PANIC}[Oo]ut of memory(?:[ .(:]|$)`, // whatever the words behind
      `[Oo]ut of memory: system-wide panic_on_oom is enabled`,
      `[Oo]ut of memory(?: from page fault)?\\. panic_on_oom is selected`,
    ),
    reads: [PANIC_READS],
    fields: PANIC_FIELDS,
  },
});

/** The table of tasks. */
export const TASKS = lines({
  dump_tasks: {
    printer: 'mm/oom_kill.c dump_tasks()',
    releases: 'since 4.19',
    examples: ['Tasks state (memory values in pages):'],
    start: /Tasks state \(memory values in pages\):/,
    opens: [{ form: 'torn', literals: ['Tasks state (memory values'] }],
    reads: [/^Tasks state/],
  },
  dump_tasks_header: {
    printer: 'mm/oom_kill.c dump_tasks()',
    releases: 'six layouts since 2.6.25: grammars/oom/task-table.ts',
    examples: [
      '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name',
      '[ pid ]   uid  tgid total_vm      rss cpu oom_adj name',
    ],
    start: /\[ *pid *\] +[A-Za-z_]/,
    opens: [{ form: 'torn', literals: ['[ pid ] ', '[  pid  ] '], test: (text) => /^\[ *pid *\] +uid +tgid /.test(text) }],
    rule: { grammar: 'task-table', name: 'dump_tasks_header', mode: 'row' },
  },
  dump_task: {
    printer: 'mm/oom_kill.c dump_task()',
    examples: ['[     30]  1000    30     4088     4013    69632        0             0 java'],
    start: /\[ *\d{1,8}\] +-?\d+ +\d/,
    opens: [{ form: 'rest', literals: ROW_BEGINS, test: startsWith(/\[ *\d{1,8}\] +\d+ +\d+ +\d+ +\d+ +\d+ /) }],
    rule: { grammar: 'task-table', name: 'dump_task', mode: 'row' },
  },
});
