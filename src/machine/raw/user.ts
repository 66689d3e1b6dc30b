import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';

/** Translation by a task's own page tables, or why there is none. */
export function userTranslation(kernel: KernelContext, task: Struct): ((address: bigint) => number | undefined) | string {
  const pgd = task.follow('mm', 'mm_struct')?.ptr('pgd');
  if (pgd === undefined || pgd === 0n) return 'this task has no memory of its own: it is a kernel thread';
  const root = kernel.kernel.memory.toPhysical(pgd);
  const walk = root === undefined ? undefined : kernel.kernel.walkFrom?.(root);
  return walk ?? `page tables of tasks are not walked on ${kernel.machine}`;
}
