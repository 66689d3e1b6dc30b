import type { Types } from '../../types/types.ts';

/** Where SLUB keeps what it knows of a slab. */
export interface SlabFields {
  /** struct slab since 5.17 (d122019bf061), before struct page. */
  readonly type: string;
  /** The list_head in it: slab_list since 5.2, before lru. */
  readonly listMember: string;
  /** Of kmem_cache_cpu, the slab in use: `slab` since 5.17, before `page`. */
  readonly cpuMember: string;
}

export function slabFields(types: Types): SlabFields {
  const type = types.has('slab', 'inuse') ? 'slab' : 'page';
  return {
    type,
    listMember: types.has(type, 'slab_list') ? 'slab_list' : 'lru',
    cpuMember: types.has('kmem_cache_cpu', 'slab') ? 'slab' : 'page',
  };
}
