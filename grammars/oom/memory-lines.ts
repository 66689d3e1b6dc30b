import { type Line, lines, type Opens } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const rule = <M extends string>(name: string, mode: M) => ({ grammar: 'oom', name, mode }) as const;
/** `Node 0 `: with CONFIG_NUMA. */
const NODE = String.raw`(?:Node \d+ )?`;
/** How a line of a zone begins; without CONFIG_NUMA by its name. */
const BEGINS = ['Node ', 'DMA', 'Normal', 'HighMem', 'Movable'];
/** Where a log begins in the midst of a dump, which is a report's only if a kill follows: allocation failures and SysRq-m print it too. */
const rest = (literals: readonly string[], test?: RegExp): readonly Opens[] => [
  { form: 'rest', literals, ...(test === undefined ? {} : { test: (text: string) => test.test(text) }) },
];

/** The dump of the machine's memory: mm/show_mem.c, mm/page_alloc.c until 6.3, lib/show_mem.c, arch/*\/mm/init.c before 2.6.39. */
export const MEMORY = lines({
  __show_mem: {
    printer: 'mm/show_mem.c __show_mem()',
    examples: ['Mem-Info:', 'Mem-info:'],
    start: /Mem-[Ii]nfo:/,
    opens: rest(['Mem-Info:', 'Mem-info:']),
  },
  show_free_areas: {
    printer: 'mm/show_mem.c show_free_areas()',
    releases: 'one record of several lines; sec_pagetables since 6.1, kernel_misc_reclaimable since 5.8',
    examples: [
      'active_anon:44824 inactive_anon:0 isolated_anon:0',
      ' active_file:12 inactive_file:93 isolated_file:0',
      ' kernel_misc_reclaimable:0',
    ],
    start: /[a-z_]{3,32}:\d+(?:\s*$| [a-z_]+(?::\d|$))/, // the last one may be cut
    opens: rest(['active_anon:', ' active_file:'], /^ ?active_(?:anon|file):\d+ inactive_/),
    rule: rule('show_free_areas', 'fields'),
  },
  show_free_areas_node: {
    printer: 'mm/show_mem.c show_free_areas()',
    releases: 'since 4.8; before, the LRU counters were the zones’. 7.x adds Balloon and gpu_active behind the question',
    examples: ['Node 0 active_anon:184004kB isolated(anon):0kB shmem_thp: 0kB all_unreclaimable? no Balloon:12kB'],
    start: /Node \d+ [a-z_]+:\d/,
    opens: rest(['Node '], /^Node \d+ active_anon:\d/),
    rule: rule('show_free_areas_node', 'fields'),
  },
  show_free_areas_buddy: {
    printer: 'mm/show_mem.c show_free_areas()',
    releases: 'migrate types since 3.9',
    examples: ['Node 0 DMA: 0*4kB 1*8kB (M) 2*16kB (UM) = 40kB', 'Normal: 12*4kB 1*8kB = 56kB'],
    start: anyOf(String.raw`${NODE}\w{1,16}: \d+\*\d+kB`),
    opens: rest(BEGINS, /^(?:Node \d+ )?\w{1,16}: \d+\*\d+kB /),
    rule: rule('show_free_areas_buddy', 'buddy'),
  },
  show_free_areas_zone: {
    printer: 'mm/show_mem.c show_free_areas()',
    releases: 'boost since 5.16, free_highatomic since 6.13',
    examples: [
      'Node 0 DMA32 free:888kB boost:0kB min:1644kB low:2052kB high:2460kB present:245632kB managed:197720kB',
      'Normal free:1024kB min:16kB low:20kB high:24kB all_unreclaimable? yes',
    ],
    start: anyOf(String.raw`${NODE}\w{1,16}:? free:\d`),
    opens: rest(BEGINS, /^(?:Node \d+ )?\w{1,16}:? free:\d+kB /),
    rule: rule('show_free_areas_zone', 'fields'),
  },
  show_free_areas_pcp: {
    printer: 'mm/page_alloc.c show_free_areas()',
    releases: 'until 4.1: each CPU’s free lists of each zone',
    examples: ['Node 0 DMA per-cpu:', 'CPU    0: hi:  186, btch:  31 usd:   4'],
    start: anyOf(String.raw`${NODE}\w{1,16}:? per-cpu:`, String.raw`CPU +\d+: +[Hh]i:`),
  },
  show_free_areas_reserve: {
    printer: 'mm/show_mem.c show_free_areas()',
    examples: ['lowmem_reserve[]: 0 2780 15835 15835'],
    start: /lowmem_reserve\[\]:/,
    opens: rest(['lowmem_reserve[]:']),
    rule: rule('show_free_areas_reserve', 'fields'),
  },
  hugetlb_show_meminfo_node: {
    printer: 'mm/hugetlb.c hugetlb_show_meminfo_node()',
    releases: 'since 3.10',
    examples: ['Node 0 hugepages_total=8 hugepages_free=4 hugepages_surp=0 hugepages_size=2048kB'],
    start: anyOf(`${NODE}hugepages_total=`),
    opens: rest(['Node ', 'hugepages_total='], /^(?:Node \d+ )?hugepages_total=\d/),
    rule: rule('hugetlb_show_meminfo_node', 'fields'),
  },
  show_swap_cache_info: {
    printer: 'mm/swap_state.c show_swap_cache_info()',
    releases: 'until 5.18',
    examples: ['Swap cache stats: add 12, delete 11, find 3/4'],
    start: /Swap cache stats:/,
    rule: rule('show_swap_cache_info', 'fields'),
  },
  show_swap_cache_info_size: {
    printer: 'mm/swap_state.c show_swap_cache_info()',
    examples: ['Free swap  = 12kB', 'Total swap = 1048572kB', 'Free swap:       12kB'],
    start: /(?:Free|Total) swap *[=:]/,
    opens: rest(['Free swap', 'Total swap'], /^(?:Free|Total) swap *[=:] *\d+kB/),
    rule: rule('show_swap_cache_info_size', 'fields'),
  },
  __show_mem_pages: {
    printer: 'mm/show_mem.c __show_mem()',
    releases: 'words changed in 2.6.39 and 3.x; `total pagecache pages` is show_free_areas()’',
    examples: [
      '524158 pages RAM',
      '0 pages HighMem/MovableOnly',
      '16774 pages reserved',
      '0 pages cma reserved',
      '8200 total pagecache pages',
      '12 pages in swap cache',
      '1024 free pages',
    ],
    start: anyOf(
      String.raw`\d+ total pagecache pages`,
      String.raw`\d+ pages? [A-Za-z][A-Za-z /-]{0,40}\s*$`, // a new one is carried by its words
      String.raw`\d+ (?:free|reserved|slab) pages`,
    ),
    rule: rule('__show_mem_pages', 'fields'),
  },
  __show_mem_sites: {
    printer: 'mm/show_mem.c __show_mem()',
    releases: 'since 6.10; whether profiling is on since 7.x',
    examples: ['Memory allocations:', 'Memory allocations (profiling is currently turned on):'],
    start: /Memory allocations(?: \([^)\n]{0,60}\))?:/,
  },
  __show_mem_site: {
    printer: 'mm/show_mem.c __show_mem()',
    releases: 'since 6.10',
    examples: [
      '    1.4 GiB    11534 drivers/xyz/main.c:120 [driver_xyz] func:driver_xyz_process',
      '     12 MiB      300 mm/slub.c:2319 func:alloc_slab_page',
    ],
    start: /\d+(?:\.\d+)? [KMGTPE]?i?B +\d+ [A-Za-z_.][\w./-]*:\d/,
    rule: rule('__show_mem_site', 'site'),
  },
  dump_unreclaimable_slab: {
    printer: 'mm/slab_common.c dump_unreclaimable_slab()',
    releases: 'since 4.15',
    examples: [
      'Unreclaimable slab info:',
      'Name                      Used          Total',
      'excessive unreclaimable slab but cannot dump stats',
    ],
    opens: rest(['Unreclaimable slab info:']),
    start: /Unreclaimable slab info:|Name +Used +Total|excessive unreclaimable slab but/,
  },
  dump_unreclaimable_slab_cache: {
    printer: 'mm/slab_common.c dump_unreclaimable_slab()',
    releases: 'since 4.15',
    examples: ['driver_xyz_cache     1466368KB    1466880KB'],
    start: /\S[^\n]{0,64}? +\d+[kK]B +\d+[kK]B\s*$/,
    contains: 'B ',
    free: true,
    rule: rule('dump_unreclaimable_slab', 'slab'),
  },
});

/** What show_mem() prints, for whomever: the OOM killer, a failed allocation, SysRq-m. */
export const SHOW_MEM: readonly Line[] = Object.values(MEMORY).filter(
  (row) => row !== MEMORY.dump_unreclaimable_slab && row !== MEMORY.dump_unreclaimable_slab_cache,
);
