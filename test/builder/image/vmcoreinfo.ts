import { hex, type Machine, since } from '../machine/machine.ts';

export interface VmcoreinfoFacts {
  readonly machine: Machine;
  readonly utsNs: bigint;
  readonly utsNameOffset: number;
  readonly swapper: bigint;
  readonly memSection: bigint;
  readonly ring: readonly string[];
  /** Undefined: the guest did not crash (QEMU's dump-guest-memory). */
  readonly crashtime: number | undefined;
}

const BUILD_ID = 'a0b1c2d3e4f5061728394a5b6c7d8e9f00112233';

/** The text that crash_save_vmcoreinfo_init() writes, in its order. */
export function vmcoreinfoText(f: VmcoreinfoFacts): string {
  const { release, shape } = f.machine;
  const w = shape.wordSize;
  const node = w === 8 ? 174208 : 4928;
  const lines = [
    `OSRELEASE=${release}`,
    ...(since(release, 5, 9) ? [`BUILD-ID=${BUILD_ID}`] : []),
    `PAGESIZE=${f.machine.pageSize}`,
    `SYMBOL(init_uts_ns)=${hex(f.utsNs)}`,
    ...(since(release, 5, 11) ? [`OFFSET(uts_namespace.name)=${f.utsNameOffset}`] : []),
    `SYMBOL(node_online_map)=${hex(f.utsNs + 0x400n)}`,
    `SYMBOL(swapper_pg_dir)=${hex(f.swapper)}`,
    `SYMBOL(_stext)=${hex(f.machine.stext)}`,
    ...(since(release, 6, 9) ? [] : [`SYMBOL(vmap_area_list)=${hex(f.utsNs + 0x440n)}`]),
    `SYMBOL(mem_section)=${hex(f.memSection)}`,
    `LENGTH(mem_section)=${w === 8 ? 2048 : 64}`,
    `SIZE(mem_section)=${2 * w}`,
    'OFFSET(mem_section.section_mem_map)=0',
    ...(since(release, 5, 13) ? [`NUMBER(SECTION_SIZE_BITS)=${w === 8 ? 27 : 28}`] : []),
    ...(since(release, 5, 9) ? [`NUMBER(MAX_PHYSMEM_BITS)=${w === 8 ? 46 : 36}`] : []),
    `SIZE(page)=${w * 8}`,
    `SIZE(pglist_data)=${node}`,
    'SIZE(zone)=1536',
    'SIZE(free_area)=88',
    `SIZE(list_head)=${2 * w}`,
    'SIZE(nodemask_t)=128',
    'OFFSET(page.flags)=0',
    'OFFSET(page._refcount)=52',
    'OFFSET(page.mapping)=24',
    'OFFSET(page.lru)=8',
    'OFFSET(page._mapcount)=48',
    'OFFSET(page.private)=40',
    'OFFSET(pglist_data.node_zones)=0',
    `OFFSET(pglist_data.nr_zones)=${node - 2656}`,
    `OFFSET(pglist_data.node_start_pfn)=${node - 2648}`,
    `OFFSET(pglist_data.node_spanned_pages)=${node - 2632}`,
    `OFFSET(pglist_data.node_id)=${node - 2624}`,
    'OFFSET(zone.free_area)=256',
    'OFFSET(zone.vm_stat)=1344',
    'OFFSET(zone.spanned_pages)=144',
    'OFFSET(free_area.free_list)=0',
    'OFFSET(list_head.next)=0',
    `OFFSET(list_head.prev)=${w}`,
    'OFFSET(vmap_area.va_start)=0',
    'OFFSET(vmap_area.list)=40',
    'LENGTH(zone.free_area)=11',
    ...f.ring,
    'LENGTH(free_area.free_list)=5',
    'NUMBER(NR_FREE_PAGES)=0',
    'NUMBER(PG_lru)=4',
    'NUMBER(PG_private)=13',
    'NUMBER(PG_swapcache)=10',
    'NUMBER(PG_slab)=9',
    'NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-129',
    ...f.machine.vmcoreinfo({ swapper: f.swapper }),
    ...(f.crashtime === undefined ? [] : [`CRASHTIME=${f.crashtime}`]),
  ];
  return `${lines.join('\n')}\n`;
}
