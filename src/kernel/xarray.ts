import { type Objects, Struct } from './struct.ts';

/** 64 slots a node; six bits a level of an index of 64 bits. */
const MAX_LEVELS = 11;
const MAX_ENTRIES = 4_000_000;

/**
 * Entries of an xarray, and of a radix tree since 4.20, which is one (lib/xarray.c): index and pointer, by index. An entry with bit 1 set,
 * above 4096, is a node; values (bit 0) and other internal entries are left out.
 * @param head what xa_head holds
 */
export function* xarray(objects: Objects, head: bigint | undefined, what: string): Generator<readonly [index: number, entry: bigint]> {
  if (head === undefined) return objects.losses.stop(`${what} is not in the dump`);
  let left = MAX_ENTRIES;
  yield* entries(head, 0, MAX_LEVELS);

  function* entries(entry: bigint, index: number, levels: number): Generator<readonly [number, bigint]> {
    if (entry === 0n || left-- <= 0) return;
    if ((entry & 3n) !== 2n) {
      if ((entry & 1n) === 0n) yield [index, entry];
      return;
    }
    if (entry <= 4096n) return; // a sibling, a retry, a zero entry
    if (levels === 0) return objects.losses.stop(`${what} is deeper than it can be`);
    const node = new Struct(objects, 'xa_node', entry - 2n);
    const shift = node.num('shift');
    const slots = node.member('slots')?.length ?? 0;
    if (shift === undefined || shift > 60) return objects.losses.stop(`a node of ${what} is not in the dump`);
    for (let i = 0; i < slots; i++) {
      const slot = node.ptr(`slots[${i}]`);
      if (slot === undefined) objects.losses.stop(`a node of ${what} is not in the dump`);
      else yield* entries(slot, index + i * 2 ** shift, levels - 1);
    }
  }
}
