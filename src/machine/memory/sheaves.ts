import type { KernelContext } from '../../kernel/context.ts';
import { wholeList } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';

/** Of a CPU: the sheaf in use, one at hand, one whose objects wait for a grace period. */
const SHEAVES = ['main', 'spare', 'rcu_free'];

/** Objects in sheaves: in those that could be read, and whether these are all. */
export interface SheafObjects {
  readonly counted: number;
  readonly isAll: boolean;
}

/** How many objects are in sheaves (2d517aa09bbc, 6.18): of each CPU and, full ones, of each node; undefined where the kernel has none. */
export function sheafObjects(kernel: KernelContext, cache: Struct, barns: readonly Struct[]): SheafObjects | undefined {
  if (!cache.has('cpu_sheaves')) return undefined;
  const sizes = sheavesOf(kernel, cache, barns).map((sheaf) => sheaf?.num('size'));
  return { counted: sizes.reduce<number>((sum, size = 0) => sum + size, 0), isAll: !sizes.includes(undefined) };
}

/** All sheaves that hold objects; undefined stands for those that are not known. */
export function sheavesOf(kernel: KernelContext, cache: Struct, barns: readonly Struct[]): (Struct | undefined)[] {
  const pointer = cache.ptr('cpu_sheaves');
  if (pointer === undefined) return [undefined];
  const found = barns.flatMap(
    (barn): (Struct | undefined)[] =>
      wholeList(kernel, barn.at('sheaves_full'), { what: 'a list of sheaves', type: 'slab_sheaf', member: 'barn_list' }) ?? [undefined],
  );
  for (const cpu of pointer === 0n ? [] : kernel.cpus.possible) {
    const at = kernel.cpus.address(pointer, cpu);
    const own = at === undefined ? undefined : kernel.struct('slub_percpu_sheaves', at);
    for (const path of SHEAVES) {
      const sheaf = own?.follow(path, 'slab_sheaf');
      if (sheaf || own?.ptr(path) !== 0n) found.push(sheaf);
    }
  }
  return found;
}
