import { threadSize } from '../../unwind/thread-size.ts';
import type { Tasks } from '../tasks/find-tasks.ts';
import type { Task } from '../tasks/task.ts';

/** Whose stack an address lies on: a waiter lies on its task's own, a lock on none. */
export function stackMap(tasks: Tasks): (address: bigint) => Task | undefined {
  const [first] = tasks.all;
  if (!first) return () => undefined;
  const size = BigInt(threadSize(first.kernel.symbols));
  const byStack = new Map(tasks.all.flatMap((task) => (task.stack ? [[task.stack / size, task] as const] : [])));
  return (address) => {
    // stacks are aligned to their size (CONFIG_VMAP_STACK) or to a page
    const found = byStack.get(address / size) ?? byStack.get(address / size - 1n);
    const low = found?.stack;
    return low !== undefined && address >= low && address < low + size ? found : undefined;
  };
}
