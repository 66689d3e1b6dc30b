import { lines } from '../common/line.ts';

const rule = <M extends string>(name: string, mode: M) => ({ grammar: 'memcg', name, mode }) as const;

/** What memory cgroups print into an OOM report: mm/memcontrol.c, since 6.11 with mm/memcontrol-v1.c. */
export const MEMCG = lines({
  mem_cgroup_print_oom_meminfo: {
    printer: 'mm/memcontrol.c mem_cgroup_print_oom_meminfo()',
    releases: 'mem_cgroup_print_oom_info() until 4.20; v1 has `memory+swap:`, `kmem:` since 3.8, v2 `swap:` since 5.3',
    examples: [
      'memory: usage 40960kB, limit 40960kB, failcnt 20',
      'memory+swap: usage 40960kB, limit 9007199254740988kB, failcnt 0',
      'swap: usage 0kB, limit 9007199254740988kB, failcnt 0',
    ],
    start: /[a-z+]{3,20}: usage \d+kB, limit /,
    opens: [{ form: 'torn', literals: ['memory: usage ', 'memory+swap: usage ', 'swap: usage ', 'kmem: usage '] }],
    rule: rule('mem_cgroup_print_oom_meminfo', 'counter'),
  },
  mem_cgroup_print_oom_info: {
    printer: 'mm/memcontrol.c mem_cgroup_print_oom_info()',
    releases: '2.6.29–4.20, in two halves until 3.14; since 5.0 dump_oom_victim() names both groups',
    examples: ['Task in /a/b killed as a result of limit of /a'],
    start: /Task in \/[^\n]* killed/,
    opens: [{ form: 'summary', literals: ['Task in /'], test: (text) => text.includes(' killed as a result of limit of ') }],
    rule: rule('mem_cgroup_print_oom_info', 'killed'),
  },
  mem_cgroup_print_oom_group: {
    printer: 'mm/memcontrol.c mem_cgroup_print_oom_group()',
    releases: 'since 4.19',
    examples: ['Tasks in /a/b are going to be killed due to memory.oom.group set'],
    start: /Tasks in \/[^\n]* are going to be killed due to memory\.oom\.group/,
    opens: [{ form: 'torn', literals: ['Tasks in /'], test: (text) => text.includes(' are going to be killed due to memory.oom.group') }],
    rule: rule('mem_cgroup_print_oom_group', 'killed'),
  },
  memory_stat_head: {
    printer: 'mm/memcontrol.c mem_cgroup_print_oom_meminfo()',
    releases: 'counters on the same line, in KB, one line a group of the tree 3.9–5.2; the head of a block since 5.3',
    examples: [
      'Memory cgroup stats for /a/b:',
      'Memory cgroup stats for /a: cache:844KB rss:521136KB rss_huge:0KB',
      'Memory cgroup stats: cache:844KB rss:12KB',
    ],
    start: /Memory cgroup stats(?: for \S|:)/,
    opens: [{ form: 'torn', literals: ['Memory cgroup stats for ', 'Memory cgroup stats:'] }],
    rule: rule('memory_stat_head', 'stats'),
  },
  mem_cgroup_show_protected_memory: {
    printer: 'mm/memcontrol.c mem_cgroup_show_protected_memory()',
    releases: 'since 7.0',
    examples: ['Memory cgroup min protection 0kB -- low protection 0kB'],
    start: /Memory cgroup min protection \d/,
  },
  memory_stat_format: {
    printer: 'mm/memcontrol.c memory_stat_format(), mm/memcontrol-v1.c memcg1_stat_format()',
    releases: 'since 5.3: bytes or events; the words mean nothing but behind the head',
    examples: ['anon 41758720', 'workingset_refault_anon 12'],
    start: /[a-z]\w{1,48} \d+$/,
    rule: rule('memory_stat_format', 'fields'),
  },
});
