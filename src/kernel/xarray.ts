import { type Objects, Struct } from './struct.ts';

/** 64 slots a node; six bits a level of an index of 64 bits. */
const MAX_LEVELS = 11;
const MAX_ENTRIES = 4_000_000;

/** How a tree tells its nodes from what it holds. */
interface Layout {
  readonly root: string;
  readonly head: string;
  readonly node: string;
  /** Low bits of the pointer to a node. */
  readonly tag: bigint;
}

/** lib/xarray.c, which radix trees and idr are since 4.20 (3159f943aafd, 01959dfe771c). */
const XARRAY: Layout = { root: 'xarray', head: 'xa_head', node: 'xa_node', tag: 2n };
/** Before (RHEL 8): lib/radix-tree.c, RADIX_TREE_INTERNAL_NODE. */
const RADIX_TREE: Layout = { root: 'radix_tree_root', head: 'rnode', node: 'radix_tree_node', tag: 1n };

/**
 * Pointers in an xarray, a radix tree or the tree of an idr, with their index; values and other entries that are none are left out.
 * @param root its address
 */
export function* xarray(objects: Objects, root: bigint | undefined, what: string): Generator<readonly [index: number, entry: bigint]> {
  const layout = objects.types.has(XARRAY.root, XARRAY.head) ? XARRAY : RADIX_TREE;
  const head = root === undefined ? undefined : new Struct(objects, layout.root, root).ptr(layout.head);
  if (head === undefined) return objects.losses.stop(`${what} is not in the dump`);
  let left = MAX_ENTRIES;
  const seen = new Set<bigint>();
  yield* entries(head, 0, MAX_LEVELS);

  function* entries(entry: bigint, index: number, levels: number): Generator<readonly [number, bigint]> {
    if (entry === 0n || left-- <= 0) return;
    if ((entry & 3n) === 0n) yield [index, entry];
    // siblings, retries and zero entries are small numbers with a node's tag
    if ((entry & 3n) !== layout.tag || entry <= 4096n) return;
    if (levels === 0) return objects.losses.stop(`${what} is deeper than it can be`);
    if (seen.has(entry)) return objects.losses.stop(`${what} loops`);
    seen.add(entry);
    const node = new Struct(objects, layout.node, entry - layout.tag);
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
