import type { KernelContext } from '../../kernel/context.ts';
import { wholeList } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { sum } from '../row.ts';

/** Of a CPU: the sheaf in use, one at hand, one whose objects wait for a grace period. */
const SHEAVES = ['main', 'spare', 'rcu_free'];

/** Objects in sheaves (2d517aa09bbc, 6.18): of each CPU and, full ones, of each node; null where the kernel has none. */
export function sheafObjects(kernel: KernelContext, cache: Struct, barns: readonly Struct[]): number | undefined | null {
  if (!cache.has('cpu_sheaves')) return null;
  const pointer = cache.ptr('cpu_sheaves');
  if (pointer === undefined) return undefined;
  const counts = barns.map((barn) =>
    sum(
      wholeList(kernel, barn.at('sheaves_full'), { what: 'a list of sheaves', type: 'slab_sheaf', member: 'barn_list' })?.map((sheaf) =>
        sheaf.num('size'),
      ) ?? [undefined],
    ),
  );
  for (const cpu of pointer === 0n ? [] : kernel.cpus.possible) {
    const at = kernel.cpus.address(pointer, cpu);
    const own = at === undefined ? undefined : kernel.struct('slub_percpu_sheaves', at);
    for (const path of SHEAVES) {
      const sheaf = own?.follow(path, 'slab_sheaf');
      counts.push(sheaf ? sheaf.num('size') : own?.ptr(path) === 0n ? 0 : undefined);
    }
  }
  return sum(counts);
}
