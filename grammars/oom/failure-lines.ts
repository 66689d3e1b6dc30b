import { int } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const rule = <M extends string>(name: string, mode: M) => ({ grammar: 'oom', name, mode }) as const;
const has = (part: string) => (text: string) => text.includes(part);
const FLAGS = 'GFP_KERNEL|__GFP_COMP';

/** Allocations that failed: mm/page_alloc.c, mm/vmalloc.c, mm/cma.c, mm/slub.c, mm/slab.c. */
export const FAILURES = lines({
  warn_alloc: {
    printer: 'mm/page_alloc.c warn_alloc()',
    releases: 'warn_alloc_failed() until 4.8; `failure.` until 2.6.38; nodemask since 4.11, cpuset since 5.0',
    examples: [
      `java: page allocation failure: order:5, mode:0x40dc0(${FLAGS}), nodemask=(null),cpuset=/,mems_allowed=0`,
      'kworker/0:1: page allocation failure: order:2, mode:0x4020',
      'ifconfig: page allocation failure. order:5, mode:0x8020',
    ],
    start: /[^\n]*: page allocation failure/,
    contains: ': page allocation failure',
    free: true,
    opens: [{ form: 'failure', literals: ['page allocation failure'], at: 'message', test: has('order:') }],
    rule: rule('warn_alloc', 'alloc'),
  },
  check_alloc_stall_warn: {
    printer: 'mm/page_alloc.c check_alloc_stall_warn()',
    releases: 'in milliseconds 4.10–4.14 (warn_alloc()), in seconds since 7.x',
    examples: [
      `java: page allocation stalls for 10016ms, order:0, mode:0x24201ca(${FLAGS})`,
      `java: page allocation stall for 12 secs: order:0, mode:0x140cca(${FLAGS}) nodemask=(null),cpuset=/,mems_allowed=0`,
    ],
    start: /[^\n]*: page allocation stalls? for /,
    contains: ': page allocation stall',
    free: true,
    opens: [{ form: 'failure', literals: ['page allocation stalls for', 'page allocation stall for'], at: 'message', test: has('order:') }],
    rule: rule('check_alloc_stall_warn', 'stall'),
  },
  warn_alloc_vmalloc: {
    printer: 'mm/vmalloc.c __vmalloc_area_node(), __vmalloc_node_range() through warn_alloc()',
    releases: '`vmalloc: allocation failure` until 5.12, `vmalloc size` 5.13, five reasons behind `vmalloc error:` since 5.14',
    examples: [
      `insmod: vmalloc error: size 4194304, vm_struct allocation failed, mode:0xdc0(${FLAGS}), nodemask=(null),cpuset=/,mems_allowed=0`,
      `insmod: vmalloc: allocation failure: 4198400 bytes, mode:0x14000c2(${FLAGS}), nodemask=(null)`,
      `insmod: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0x14000c2(${FLAGS}), nodemask=(null)`,
      `insmod: vmalloc size 8392704 allocation failure: page order 9 allocation failed, mode:0xcc2(${FLAGS}), nodemask=(null)`,
    ],
    start: /[^\n]*: vmalloc(?: error:| size |:)/,
    contains: ': vmalloc',
    free: true,
    opens: [
      {
        form: 'failure',
        literals: ['vmalloc error: ', 'vmalloc: allocation failure', 'vmalloc size '],
        at: 'message',
        test: has('mode:0x'),
      },
    ],
    rule: rule('warn_alloc_vmalloc', 'alloc'),
  },
  alloc_vmap_area: {
    printer: 'mm/vmalloc.c alloc_vmap_area()',
    releases: '`use vmalloc=<size>` until 6.10, the range since',
    examples: [
      'vmap allocation for size 4198400 failed: use vmalloc=<size> to increase size.',
      'vmalloc_node_range for size 8192 failed: Address range restricted to 0xffff800078000000 - 0xffff800080000000',
    ],
    opens: [{ form: 'region', literals: ['vmap allocation for size ', 'vmalloc_node_range for size '], test: has(' failed') }],
    rule: rule('alloc_vmap_area', 'fields'),
  },
  __cma_alloc: {
    printer: 'mm/cma.c __cma_alloc()',
    releases: 'cma_alloc() until 6.12; the area’s name since 5.12',
    examples: [
      'cma: __cma_alloc: reserved: alloc failed, req-size: 257 pages, ret: -16',
      'cma: cma_alloc: alloc failed, req-size: 972 pages, ret: -12',
    ],
    start: /cma: \w+: (?:[^\n]{0,80}: )?alloc failed, req-size: *\d/,
    opens: [{ form: 'region', literals: ['cma: '], test: has('alloc failed, req-size') }],
    rule: rule('__cma_alloc', 'cma'),
  },
  cma_debug_show_areas: {
    printer: 'mm/cma.c cma_debug_show_areas()',
    releases: 'in one line until 6.14, the sum on one of its own since',
    examples: ['cma: number of available pages: 1@5+20@100=> 21 free of 4096 total pages', '=> 21 free of 4096 total pages'],
    start: anyOf('cma: number of available pages: [^\\n]*=> *\\d+ free of', '=> *\\d+ free of \\d+ total pages'),
    reads: [/=> *(?<freePages>\d+) free of (?<totalPages>\d+) total pages/],
    fields: { freePages: int, totalPages: int },
  },
  cma_debug_show_areas_range: {
    printer: 'mm/cma.c cma_debug_show_areas()',
    releases: 'since 6.14',
    examples: ['cma: number of available pages: ', 'cma: range 0: 1@5+20@100'],
    start: /cma: (?:number of available pages:|range \d+:)/,
  },
  slab_out_of_memory: {
    printer: 'mm/slub.c slab_out_of_memory()',
    releases: 'the mask in parentheses until 4.5, the CPU since 6.10; mm/slab.c the same until 6.7',
    examples: [
      `SLUB: Unable to allocate memory on CPU 0 (of node 0) on node -1, gfp=0xcc0(${FLAGS})`,
      'SLUB: Unable to allocate memory on node -1 (gfp=0x20)',
      'SLAB: Unable to allocate memory on node 0 (gfp=0x20)',
    ],
    start: /SL[AU]B: Unable to allocate memory/,
    opens: [{ form: 'slab', literals: ['SLUB: Unable to allocate memory', 'SLAB: Unable to allocate memory'] }],
    rule: rule('slab_out_of_memory', 'fields'),
  },
  slab_out_of_memory_cache: {
    printer: 'mm/slub.c slab_out_of_memory()',
    examples: [
      '  cache: kmalloc-8192, object size: 8192, buffer size: 8192, default order: 3, min order: 1',
      '  cache: driver_xyz_cache, object size: 192, order: 0',
    ],
    start: /cache: [^\n]*, (?:object|buffer) size: \d/,
    rule: rule('slab_out_of_memory_cache', 'cache'),
  },
  slab_out_of_memory_node: {
    printer: 'mm/slub.c slab_out_of_memory()',
    examples: ['  node 0: slabs: 12, objs: 48, free: 0', '  kmalloc-8192 debugging increased min order, use slab_debug=O to disable.'],
    start: anyOf(String.raw`node \d+: slabs: \d`, String.raw`[^\s]{1,64} debugging increased min order`),
    indented: true,
  },
  cpuset_print_task_mems_allowed: {
    printer: 'kernel/cgroup/cpuset.c cpuset_print_current_mems_allowed()',
    releases: 'a line of its own until 4.20 (cpuset_print_task_mems_allowed()), since 5.0 part of others',
    examples: ['java cpuset=/ mems_allowed=0-1', 'kworker/0:1 cpuset=a b mems_allowed=0'],
    start: /\S[^\n]* cpuset=[^\n]* mems_allowed=/,
    contains: ' mems_allowed=',
    free: true,
    rule: rule('cpuset_print_task_mems_allowed', 'cpuset'),
  },
  warn_alloc_reclaim: {
    printer: 'mm/vmscan.c and vendors’ kernels: a request that reclaim could not serve, in the words of warn_alloc()',
    examples: ['kswapd0: node 0, oom: task failed order:3, mode:0x24201ca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO)'],
    // not any order and mode: a damaged line of another row is no request that reclaim refused
    start: /[^\n]*\btask failed order:\d+, mode:0x/,
    contains: 'task failed order:',
    free: true,
    rule: rule('warn_alloc_reclaim', 'alloc'),
  },
});
