import { type Objects, Struct } from './struct.ts';

/** A list of a healthy kernel is shorter; one that loops without its head is found by the nodes seen. */
const MAX_NODES = 4_000_000;

export interface ListOf {
  /** What it is, for the reason where it stops: `the list of tasks`. */
  readonly what: string;
  readonly type: string;
  /** Path of the list_head within the structure. */
  readonly member: string;
  /** `prev` walks it backwards. */
  readonly direction?: 'next' | 'prev';
}

/**
 * Structures on a circular list (struct list_head), its head left out. It stops, and says so, where a pointer is not in the dump or
 * leads back into the list.
 */
export function* list(objects: Objects, head: bigint | undefined, { what, type, member, direction = 'next' }: ListOf): Generator<Struct> {
  const offset = objects.types.member(type, member)?.offset;
  if (head === undefined || offset === undefined) return;
  for (const node of listNodes(objects, head, what, direction)) yield new Struct(objects, type, node - BigInt(offset));
}

/** Addresses of the nodes themselves. */
export function* listNodes(objects: Objects, head: bigint, what: string, direction: 'next' | 'prev' = 'next'): Generator<bigint> {
  const { memory, losses } = objects;
  const link = direction === 'next' ? 0n : BigInt(memory.wordSize);
  const seen = new Set<bigint>([head]);
  let at = memory.word(head + link);
  for (let n = 0; at !== head; n++) {
    if (at === undefined || at === 0n)
      return losses.stop(`${what} ends after ${n}: its ${direction} pointer is ${at === 0n ? 'NULL' : 'not in the dump'}`);
    if (seen.has(at) || n >= MAX_NODES) return losses.stop(`${what} loops after ${n}`);
    seen.add(at);
    const following = memory.word(at + link);
    if (following === undefined) return losses.stop(`${what} ends after ${n}: a node is not in the dump`);
    yield at;
    at = following;
  }
}

/** Structures on a chain that ends with NULL: hlist_head.first and hlist_node.next, or any such pointer. */
export function* chain(objects: Objects, first: bigint | undefined, { what, type, member }: Omit<ListOf, 'direction'>): Generator<Struct> {
  const { memory, losses } = objects;
  const offset = objects.types.member(type, member)?.offset;
  if (offset === undefined) return;
  const seen = new Set<bigint>();
  for (let at = first; at !== undefined && at !== 0n; at = memory.word(at)) {
    if (seen.has(at) || seen.size >= MAX_NODES) return losses.stop(`${what} loops after ${seen.size}`);
    seen.add(at);
    if (memory.word(at) === undefined) return losses.stop(`${what} ends after ${seen.size - 1}: a node is not in the dump`);
    yield new Struct(objects, type, at - BigInt(offset));
  }
}
