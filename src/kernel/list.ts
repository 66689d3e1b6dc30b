import type { KnownMemory } from '../memory/known.ts';
import { type Objects, Struct } from './struct.ts';

/** A list of a healthy kernel is shorter; one that loops without its head is found by the nodes seen. */
const MAX_NODES = 1 << 20;

export interface ListOf {
  /** What it is, for the reason where it stops: `the list of tasks`. */
  readonly what: string;
  readonly type: string;
  /** Path of the list_head within the structure. */
  readonly member: string;
}

/**
 * Structures on a circular list (struct list_head), its head left out. It stops, and says so, where a pointer is not in the dump or
 * leads back into the list.
 */
export function* list(objects: Objects, head: bigint | undefined, { what, type, member }: ListOf): Generator<Struct> {
  const offset = objects.types.member(type, member)?.offset;
  if (head === undefined || offset === undefined) return;
  for (const node of listNodes(objects, head, what)) yield new Struct(objects, type, node - BigInt(offset));
}

/** All structures of a list, or undefined where it breaks: what is counted or added up must be whole. */
export function wholeList(objects: Objects, head: bigint | undefined, of: ListOf): Struct[] | undefined {
  const before = objects.losses.breaks;
  const all = [...list(objects, head, of)];
  return objects.losses.breaks === before && head !== undefined ? all : undefined;
}

/** Addresses of the nodes themselves: forwards, and where that breaks backwards from the head too. */
export function* listNodes(objects: Objects, head: bigint, what: string): Generator<bigint> {
  const { memory, losses } = objects;
  const seen = new Set<bigint>([head]);
  for (const link of [0n, BigInt(memory.wordSize)]) {
    const before = seen.size;
    const broken = yield* along(memory, head, link, seen);
    if (broken === undefined) return;
    if (link === 0n || seen.size > before) losses.stop(`${what} ${broken}`);
  }
}

/** @returns why it broke; nothing where it came round, or to what was seen from the other side */
function* along(memory: KnownMemory, head: bigint, link: bigint, seen: Set<bigint>): Generator<bigint, string | undefined> {
  const way = link === 0n ? '' : ', backwards,';
  const start = seen.size;
  for (let at = memory.word(head + link); at !== head; ) {
    const n = seen.size - start;
    if (at === undefined || at === 0n) return `ends${way} after ${n}: its pointer is ${at === 0n ? 'NULL' : 'not in the dump'}`;
    if (seen.has(at)) return link === 0n ? `loops after ${n}` : undefined;
    if (n >= MAX_NODES) return `does not end${way} after ${n}`;
    seen.add(at);
    const following = memory.word(at + link);
    if (following === undefined) return `ends${way} after ${n}: a node is not in the dump`;
    yield at;
    at = following;
  }
  return undefined;
}

/** Structures on a chain that ends with NULL: hlist_head.first and hlist_node.next, or any such pointer. */
export function* chain(objects: Objects, first: bigint | undefined, { what, type, member }: ListOf): Generator<Struct> {
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
