import { type Objects, Struct } from './struct.ts';

/** include/linux/maple_tree.h: kinds of nodes, in bits 3 to 6 of the pointer to them. */
const ARANGE_64 = 3;
const KINDS: readonly { readonly member: string; readonly isLeaf: boolean }[] = [
  { member: '', isLeaf: true }, // dense, which nothing uses
  { member: 'mr64', isLeaf: true },
  { member: 'mr64', isLeaf: false },
  { member: 'ma64', isLeaf: false },
];
const MAX_LEVELS = 16;
const MAX_ENTRIES = 4_000_000;

/**
 * Entries of a maple tree (6.1): pointers in order, each with the first index of its range.
 * @param root what ma_root holds
 */
export function* mapleTree(objects: Objects, root: bigint | undefined, what: string): Generator<readonly [index: bigint, entry: bigint]> {
  if (root === undefined) return objects.losses.stop(`${what} is not in the dump`);
  if (root === 0n) return;
  if ((root & 3n) !== 2n) {
    yield [0n, root]; // a single entry stands in the root itself
    return;
  }
  let left = MAX_ENTRIES;
  const seen = new Set<bigint>();
  yield* entries(root, 0n, MAX_LEVELS);

  function* entries(encoded: bigint, min: bigint, levels: number): Generator<readonly [bigint, bigint]> {
    const type = Number((encoded >> 3n) & 15n);
    const kind = KINDS[type];
    if (!kind?.member || levels === 0) return objects.losses.stop(`${what} has a node of an unknown kind`);
    const address = encoded & ~0xffn;
    if (seen.has(address)) return objects.losses.stop(`${what} loops`);
    seen.add(address);
    const node = new Struct(objects, 'maple_node', address);
    const slots = node.member(`${kind.member}.slot`)?.length ?? 0;
    let start = min;
    for (let i = 0; i < slots; i++) {
      const slot = node.ptr(`${kind.member}.slot[${i}]`);
      // one pivot fewer than slots; 0 behind the first says that the node's maximum was reached
      const pivot = i < slots - 1 ? node.ptr(`${kind.member}.pivot[${i}]`) : 0n;
      if (slot === undefined || pivot === undefined) return objects.losses.stop(`a node of ${what} is not in the dump`);
      const isLast = i > 0 && pivot === 0n;
      // the last slot of a range node that is not full holds its end, not an entry
      if (slot !== 0n && left-- > 0 && !(i === slots - 1 && type !== ARANGE_64 && slot < 4096n)) {
        if (kind.isLeaf) yield [start, slot];
        else yield* entries(slot, start, levels - 1);
      }
      if (isLast) return;
      start = pivot + 1n;
    }
  }
}
