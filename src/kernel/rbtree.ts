import { type Objects, Struct } from './struct.ts';

const MAX_NODES = 1 << 20;

/** Structures in a red-black tree, in order. @param root what rb_root.rb_node holds */
export function* rbtree(
  objects: Objects,
  root: bigint | undefined,
  { what, type, member }: { readonly what: string; readonly type: string; readonly member: string },
): Generator<Struct> {
  const offset = objects.types.member(type, member)?.offset;
  if (offset === undefined) return;
  if (root === undefined) return objects.losses.stop(`${what} is not in the dump`);
  const seen = new Set<bigint>();
  const above: Struct[] = [];
  let at = root;
  while (above.length > 0 || at !== 0n) {
    while (at !== 0n) {
      if (seen.has(at) || seen.size >= MAX_NODES) return objects.losses.stop(`${what} loops after ${seen.size}`);
      seen.add(at);
      const node: Struct = new Struct(objects, 'rb_node', at);
      const left: bigint | undefined = node.ptr('rb_left');
      if (left !== undefined) above.push(node);
      at = left ?? lost();
    }
    const node = above.pop();
    if (!node) return;
    at = node.ptr('rb_right') ?? lost();
    yield new Struct(objects, type, node.address - BigInt(offset));
  }

  /** What hangs on a node that is not in the dump cannot be reached; the rest of the tree can. */
  function lost(): bigint {
    objects.losses.stop(`a node of ${what} is not in the dump`);
    return 0n;
  }
}
