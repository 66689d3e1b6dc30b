import { type Field, hex, int, pointer, words } from '../common/fields.ts';
import { type Line, lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** `(locked|dirty|node=0|zone=1)` → its words: the `%pGp` of lib/vsprintf.c. */
export const flagNames: Field<readonly string[]> = (text) => {
  const names = text
    .replace(/[()]/g, '')
    .split('|')
    .filter((name) => name !== '');
  return names.length > 0 ? names : undefined;
};

const PAIRS = { grammar: 'check', name: 'page', mode: 'page' } as const;

/** What dump_page() and page_owner print: KASAN reports hold it too. */
export const PAGE = lines({
  __dump_folio: {
    printer: 'mm/debug.c __dump_folio()',
    releases: 'the address until 6.7; `count` until 4.20; pfn since 5.10; `compound_mapcount` here until 5.6',
    examples: [
      'page: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x3d1e8',
      'page:ffffea00000f47a0 count:0 mapcount:0 mapping:          (null) index:0x2',
    ],
    start: /page:[ \t]*(?:[0-9a-f]{8,16} )?(?:ref)?count:/,
    rule: PAIRS,
    fields: { page: pointer, refcount: int, mapcount: int, mapping: pointer, index: hex, pfn: hex },
  },
  __dump_page_poisoned: {
    printer: 'mm/debug.c dump_page()',
    examples: ['page:ffffea00000f47a0 is uninitialized and poisoned', 'page does not match folio'],
    start: anyOf('page:[0-9a-f]+ is ', 'page does not match folio'),
  },
  __dump_folio_head: {
    printer: 'mm/debug.c __dump_folio()',
    releases: 'the address until 6.7',
    examples: [
      'head: order:3 mapcount:0 entire_mapcount:0 nr_pages_mapped:0 pincount:0',
      'head:ffffea00000f4780 order:2 compound_mapcount:0',
    ],
    start: /head:[ \t]*(?:[0-9a-f]{8,16} )?order:/,
    rule: PAIRS,
    fields: { head: pointer, order: int, mapcount: int },
  },
  __dump_folio_flags: {
    printer: 'mm/debug.c __dump_folio()',
    examples: [
      'flags: 0xfffffc0000200(slab|node=0|zone=1|lastcpupid=0x1fffff)',
      'anon flags: 0xfffffc0080019(locked|uptodate|dirty)',
      'flags: 0x0()',
    ],
    start: /(?:anon |ksm )?flags: 0x/,
    rule: PAIRS,
    fields: { flags: hex, names: flagNames },
  },
  __dump_folio_type: {
    printer: 'mm/debug.c __dump_folio()',
    releases: 'since 5.18',
    examples: ['page_type: f5(slab)', 'page_type: 0xffffffff()'],
    start: /page_type: /,
    rule: PAIRS,
    fields: { type: hex, names: flagNames },
  },
  __dump_folio_raw: {
    printer: 'mm/debug.c __dump_folio(): print_hex_dump()',
    examples: ['raw: 000fffffc0000200 ffff888003d1e800 dead000000000100 dead000000000122', 'head: 000fffffc0000200 ffff888003d1e800'],
    start: /(?:raw|head): [0-9a-f]{8}/,
  },
  __dump_folio_memcg: {
    printer: 'mm/debug.c __dump_folio()',
    releases: '`page->mem_cgroup:` until 5.10',
    examples: ['memcg:ffff888003d1e801', 'page->mem_cgroup:ffff888003d1e801'],
    start: /memcg:|page->mem_cgroup:/,
  },
  dump_mapping: {
    printer: 'fs/inode.c dump_mapping()',
    examples: ['aops:def_blk_aops ino:800001', 'aops:ext4_da_aops ino:4a1 dentry name(?):"my file"'],
    start: /aops:/,
    rule: PAIRS,
    fields: { aops: words, inode: hex },
  },
  dump_mm: {
    printer: 'mm/debug.c dump_mm(), dump_vmg()',
    releases: 'vmg since 6.17',
    examples: [
      'mm ffff888003d1e800 task_size 140737488351232',
      'vmg ffffc90000a3bd20 dumped because: VM_WARN_ON_VMG(vmg->middle)',
      'vmg ffffc90000a3bd20 prev: (NULL)',
    ],
    start: /(?:mm|vmg) [0-9a-f]{8,16} (?:mmap |task_size |dumped because|state|mm|prev|middle|next|vmi)/,
  },
  dump_inode: {
    printer: 'fs/inode.c dump_inode(), dump_mapping()',
    releases: 'dump_inode() since 6.17',
    examples: [
      'VFS_BUG_ON_INODE(state): inode:ffff888003d1e800 fs:ext4 mode:100644 opflags:0x4 flags:0x0 state:0x0 count:1',
      'invalid mapping:ffff888003d1e800',
      'failed to read mapping contents, not a valid kernel address?',
    ],
    start: /[^\n]{1,80}: (?:unreadable )?inode:[0-9a-f]|invalid mapping:|failed to read mapping contents/,
    free: true,
  },
  dump_page: {
    printer: 'mm/debug.c dump_page()',
    examples: ['page dumped because: PAGE_FLAGS_CHECK_AT_FREE flag(s) set'],
    start: /page dumped because: /,
    fields: { cause: words },
    reads: [/because: (?<cause>.*)/],
  },
  dump_page_flags: {
    printer: 'mm/page_alloc.c bad_page()',
    releases: 'until 5.7',
    examples: ['bad because of flags: 0x200(slab)'],
    start: /bad because of flags: /,
  },
  dump_page_owner_state: {
    printer: 'mm/page_owner.c __dump_page_owner()',
    releases: 'since 4.6',
    examples: [
      'page_owner tracks the page as allocated',
      'page_owner free stack trace missing',
      'page has been migrated, last migrate reason: compaction',
      'Page has been migrated, last migrate reason: compaction',
    ],
    start: /page_owner (?:tracks|info|allocation|free)|[Pp]age has been migrated/,
  },
  dump_page_owner_allocated: {
    printer: 'mm/page_owner.c __dump_page_owner()',
    releases: 'since 4.6; pid and time since 5.12; the trace has a title of its own only for frees',
    examples: [
      'page last allocated via order 0, migratetype Unmovable, gfp_mask 0x2dc2(GFP_KERNEL|__GFP_ZERO), pid 30, tgid 30 (java), ts 12345678, free_ts 0',
      'page allocated via order 0, migratetype Movable, gfp_mask 0x100cca(GFP_HIGHUSER_MOVABLE)',
      'page last free stack trace:',
      'page last free pid 30 tgid 30 stack trace:',
    ],
    start: /page (?:last (?:allocated|free)|allocated)/,
    stack: true,
  },
});

const isSwapEntry = (text: string): boolean => /: (?:Bad|Unused) swap (?:file|offset) entry /.test(text);

/** State of pages, page tables and counters that cannot be. */
export const BAD_PAGE = lines({
  bad_page: {
    printer: 'mm/page_alloc.c bad_page(), mm/filemap.c filemap_unaccount_folio()',
    releases: '`BUG: ` since 2.6.29',
    examples: [
      'BUG: Bad page state in process my prog  pfn:3d1e8',
      "Bad page state in process 'java'",
      'BUG: Bad page cache in process java  pfn:3d1e8',
    ],
    start: /(?:BUG: )?Bad page (?:state|cache) /,
    opens: [{ form: 'page', literals: ['BUG: Bad page state ', 'Bad page state in process', 'BUG: Bad page cache '] }],
    fields: { what: words, comm: words, pfn: hex },
    reads: [/Bad page (?<what>state|cache) in process '?(?<comm>.*?)'?(?: {2}pfn:(?<pfn>[0-9a-f]+))?$/],
  },
  print_bad_page_map: {
    printer: 'mm/memory.c print_bad_page_map()',
    releases: 'print_bad_pte() until 6.17',
    examples: [
      'BUG: Bad page map in process my prog  pte:800000003d1e8067 pmd:03d1e067',
      'BUG: Bad page map in process java  pmd:03d1e067',
    ],
    opens: [{ form: 'map', literals: ['BUG: Bad page map '] }],
    fields: { what: words, comm: words, pte: hex, pmd: hex },
    reads: [
      /Bad page (?<what>map) in process (?<comm>.*?) {2}(?:pte:(?<pte>[0-9a-f]+))? ?(?:pmd:(?<pmd>[0-9a-f]+))?/,
      /Bad page (?<what>map)/,
    ],
  },
  print_bad_page_map_addr: {
    printer: 'mm/memory.c print_bad_page_map(), __print_bad_page_map_pgtable()',
    examples: [
      'addr:00007f1d8c000000 vm_flags:08100073 anon_vma:ffff888003d1e800 mapping:0000000000000000 index:7f1d8c000',
      'file:(null) fault:0x0 mmap:0x0 read_folio:0x0',
      'pgd:03d1e067 p4d:03d1e067 pud:03d1e067 pmd:03d1e067',
      'swap_map: 1',
    ],
    start: /addr:|file:|pgd:|swap_map|vma |mm:|pte:|process:|mapping:|tracking|Trying to fix|swapper_pg/,
  },
  check_mm: {
    printer: 'kernel/fork.c check_mm(); mm/swapfile.c',
    releases: '`type:` since 4.16, the task since 6.13; `non-zero nr_ptes` until 4.14',
    examples: [
      'BUG: Bad rss-counter state mm:00000000a1b2c3d4 type:MM_ANONPAGES val:12 Comm:my prog Pid:30',
      'BUG: Bad rss-counter state mm:ffff88003d1e8000 idx:1 val:12',
      'BUG: non-zero pgtables_bytes on freeing mm: 4096',
    ],
    start: /BUG: (?:Bad rss-counter state|non-zero )/,
    opens: [{ form: 'counter', literals: ['BUG: Bad rss-counter state ', 'BUG: non-zero '] }],
    fields: { what: words, counter: words, val: int, comm: words, pid: int },
    reads: [
      /BUG: (?<what>Bad rss-counter state) mm:\S+ (?:idx|type):(?<counter>\S+) val:(?<val>-?\d+)(?: Comm:(?<comm>.*) Pid:(?<pid>\d+))?$/,
      /BUG: (?<what>non-zero [\w ]+?)(?: on freeing mm)?: (?<val>-?\d+)$/,
      /BUG: (?<what>Bad rss-counter state|non-zero [\w ]+)/,
    ],
  },
  swap_info_get: {
    printer: 'mm/swapfile.c swap_info_get(), swap_entry_free()',
    examples: [
      'BUG: Bad swap file entry 3d1e8',
      'swap_info_get: Bad swap file entry 3fffffffffffc',
      'swap_free: Bad swap offset entry 3d1e8',
      '_swap_info_get: Unused swap file entry 3d1e8',
      'get_swap_device: Bad swap offset entry 3d1e8',
      'Bad swap file entry 3d1e8',
      'unrecognized swap entry 0x3d1e8',
    ],
    start: /(?:BUG: |_?swap_\w+: |get_swap_device: )?(?:Bad|Unused) swap (?:file|offset) entry|unrecognized swap entry 0x/,
    opens: [
      { form: 'counter', literals: ['BUG: Bad swap ', 'Bad swap file entry ', 'Bad swap offset entry ', 'unrecognized swap entry 0x'] },
      { form: 'counter', literals: ['swap_info_get: ', '_swap_info_get: ', 'swap_free: ', 'get_swap_device: '], test: isSwapEntry },
    ],
    fields: { entry: words },
    reads: [/(?<entry>(?:Bad|Unused|unrecognized) swap .*)/],
  },
});

export const PAGE_ROWS: readonly Line[] = Object.values<Line>(PAGE);
