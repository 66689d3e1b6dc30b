/** The rule that reads a line, by cheap tests: only lines that pass one meet the lexer. The mode is that of the rule's first token. */
export interface LineClass {
  readonly rule: string;
  readonly mode: string;
}

type Test = readonly [rule: string, mode: string, test: (line: string) => boolean];

const has = (part: string) => (line: string) => line.includes(part);
const starts =
  (...heads: readonly string[]) =>
  (line: string) =>
    heads.some((head) => line.startsWith(head));
const matches = (pattern: RegExp) => (line: string) => pattern.test(line);

/** In the order of trial. Patterns are anchored and free of nested repetition: a line may be a megabyte long. */
const TESTS: readonly Test[] = [
  ['dumpHeader', 'invoked', has(' invoked oom-killer:')],
  ['dumpOomVictim', 'fields', starts('oom-kill:')],
  ['oomReapTask', 'kill', starts('oom_reaper: reaped process ', 'oom_reaper: unable to reap pid:')],
  ['printOomGroup', 'fields', (line) => line.startsWith('Tasks in ') && line.includes(' are going to be killed due to memory.oom.group')],
  ['oomKillProcess', 'kill', matches(/(?:^|: )(?:Killed|[Kk]ill) process \d+[ :,]|^oom killer \d+ \(|: OOM victim \d+ \(/)],
  [
    'warnAlloc',
    'alloc',
    matches(/: (?:page allocation (?:failure[.:]|stalls for)|vmalloc(?: error:| size |:).*mode:0x)|\border:\d+, mode:0x/),
  ],
  ['slabOutOfMemory', 'fields', matches(/^SL[AU]B: Unable to allocate memory|^ *cache: .*, (?:object|buffer) size: \d/)],
  [
    'allocRegion',
    'fields',
    matches(/^cma: .*(?:alloc failed, req-size:|free of \d+ total pages)|^vmap allocation for size \d|^vmalloc_node_range for size \d/),
  ],
  ['hugetlbShowMeminfo', 'fields', matches(/^(?:Node \d+ )?hugepages_total=/)],
  ['freeAreaList', 'fields', matches(/^(?:Node \d+ )?\w+: \d+\*\d+kB/)],
  ['showZone', 'fields', matches(/^(?:Node \d+ )?\w+:? free:\d+kB/)],
  ['showNode', 'fields', matches(/^Node \d+ [a-z_]+:\d/)],
  ['lowmemReserve', 'fields', starts('lowmem_reserve[]:')],
  [
    'showMemPages',
    'fields',
    matches(
      /^\d+ (?:total pagecache pages|pages (?:RAM|of RAM|HighMem|reserved|cma reserved|hwpoisoned|in (?:swap cache|pagetable cache)|shared|non-shared|swap cached)|(?:free|reserved|slab) pages)/,
    ),
  ],
  ['showSwapCacheInfo', 'fields', matches(/^(?:Swap cache stats: add|(?:Free|Total) swap *[=:])/)],
  ['cpusetPrintCurrentMemsAllowed', 'cpusetLine', matches(/ cpuset=.* mems_allowed=/)],
];

/** Reads the counters of Mem-Info: ` active_file:0 inactive_file:0`; the words alone are too common to be a test outside a report. */
const COUNTERS =
  /^ ?(?:active_anon|active_file|inactive_file|unevictable|free|mapped|slab_reclaimable|slab_unreclaimable|sec_pagetables|kernel_misc_reclaimable|free_cma|pagetables|bounce|dirty|writeback|shmem|[a-z_]{3,32}):\d+(?: |$)/;
const SHOW_FREE_AREAS: LineClass = { rule: 'showFreeAreas', mode: 'fields' };

export function classifyOomLine(line: string, inMemInfo = false): LineClass | undefined {
  if (inMemInfo ? COUNTERS.test(line) : line.startsWith('active_anon:') || line.startsWith(' active_file:')) return SHOW_FREE_AREAS;
  for (const [rule, mode, test] of TESTS) {
    if (test(line)) return { rule, mode };
  }
  return undefined;
}
