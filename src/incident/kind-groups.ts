import type { Kind } from '../event/event.ts';
import { KINDS } from '../event/kinds.ts';

/** The CPU stopped in kernel code: die() or an equivalent ran, and the task was killed. */
export const OOPSES = [
  'null-dereference',
  'paging-fault',
  'general-protection',
  'invalid-opcode',
  'divide-error',
  'trap',
  'double-fault',
  'stack-overflow',
  'kernel-bug',
] as const satisfies readonly Kind[];

/** No progress: a CPU that does not schedule. */
export const STUCK = ['soft-lockup', 'hard-lockup', 'rcu-stall'] as const satisfies readonly Kind[];

/** No progress of any sort. */
export const STALLS = [...STUCK, 'hung-task', 'workqueue-lockup'] as const satisfies readonly Kind[];

/** Memory was found to hold what nobody may have written there. */
export const CORRUPTIONS = [
  'slab-corruption',
  'bad-page',
  'list-corruption',
  'kasan',
  'kfence',
  'refcount',
] as const satisfies readonly Kind[];

/** The kernel noticed something wrong and went on. */
export const COMPLAINTS = [
  'warning',
  'refcount',
  'kasan',
  'kmsan',
  'kcsan',
  'kfence',
  'ubsan',
  'list-corruption',
  'slab-corruption',
  'bad-page',
  'lockdep',
  'rcu-usage',
  'spinlock-debug',
  'atomic-context',
] as const satisfies readonly Kind[];

export const OOMS = ['oom-kill', 'memcg-oom'] as const satisfies readonly Kind[];
export const HARDWARE = ['hardware-error', 'nmi', 'irq-error'] as const satisfies readonly Kind[];

const NONE: ReadonlySet<Kind> = new Set<Kind>(['panic', 'reboot', 'sysrq', 'user-fault', 'hardware-error', 'nmi']);
/** Kinds whose stack and title tell one bug from another. */
export const TOLD_BY_SIGNATURE: readonly Kind[] = KINDS.filter((kind) => !NONE.has(kind) && !(OOMS as readonly Kind[]).includes(kind));
