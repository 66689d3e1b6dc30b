import type { KernelContext } from '../kernel/context.ts';
import type { Struct } from '../kernel/struct.ts';
import { sum } from './row.ts';

/** What a percpu_counter says in truth: its count and what each possible CPU has not added yet. */
export function percpuCounter(kernel: KernelContext, counter: Struct | undefined): number | undefined {
  const count = counter?.num('count');
  const counters = counter?.ptr('counters');
  if (count === undefined || counters === undefined) return undefined;
  if (counters === 0n) return count;
  return sum([
    count,
    ...kernel.cpus.possible.map((cpu) => {
      const at = kernel.cpus.address(counters, cpu);
      const value = at === undefined ? undefined : kernel.memory.u32(at);
      return value === undefined ? undefined : value | 0;
    }),
  ]);
}
