import type { KernelContext } from '../../kernel/context.ts';
import { bitsOf } from '../../kernel/cpus.ts';
import type { Struct } from '../../kernel/struct.ts';
import { sum } from '../row.ts';

/** MAX_NUMNODES is 1024 at most. */
const MAX_NODES = 1024;

export interface Node {
  readonly id: number;
  readonly pgdat: Struct;
  readonly zones: readonly Struct[];
}

/** Memory nodes that are online: node_data[], or contig_page_data where there is one node only (up to 5.13). */
export function nodes(kernel: KernelContext): Node[] {
  return pgdats(kernel).map(({ id, pgdat }) => {
    const count = pgdat.member('node_zones')?.length ?? 0;
    return {
      id,
      pgdat,
      zones: Array.from({ length: count }, (_, i) => pgdat.inner(`node_zones[${i}]`)).filter((zone) => zone !== undefined),
    };
  });
}

function pgdats(kernel: KernelContext): { id: number; pgdat: Struct }[] {
  const table = kernel.symbols.address('node_data');
  if (table === undefined) {
    const only = kernel.variable('contig_page_data', 'pglist_data');
    return only ? [{ id: 0, pgdat: only }] : [];
  }
  const { memory } = kernel;
  return onlineNodes(kernel).flatMap((id) => {
    const at = memory.word(table + BigInt(id * memory.wordSize));
    return at ? [{ id, pgdat: kernel.struct('pglist_data', at) }] : [];
  });
}

function onlineNodes(kernel: KernelContext): number[] {
  const states = kernel.symbols.address('node_states');
  const size = kernel.types.size('nodemask_t') ?? 8;
  const online = kernel.types.enumerator('node_states', 'N_ONLINE') ?? 1;
  const mask = states === undefined ? undefined : kernel.memory.bytes(states + BigInt(online * size), size);
  return mask ? bitsOf(kernel.memory, mask, Math.min(MAX_NODES, 8 * size)) : [0];
}

/** crash's MEMORY: all pages that zones hold, reserved ones too. */
export function presentPages(kernel: KernelContext): number | undefined {
  const zones = nodes(kernel).flatMap((node) => node.zones);
  return zones.length === 0 ? undefined : sum(zones.map((zone) => zone.num('present_pages')));
}
