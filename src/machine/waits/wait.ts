import type { Request } from '../block/requests.ts';
import type { Task } from '../tasks/task.ts';

/** What a sleeping task waits for, as its own stack says. */
export interface Wait {
  readonly task: Task;
  readonly for: 'mutex' | 'rwsem' | 'semaphore' | 'page' | 'buffer' | 'completion' | 'queue';
  /** Of the lock, page, buffer, completion or wait queue. */
  readonly address: bigint;
  /** Who holds the lock, or has to wake the waiter. */
  readonly owner?: Task | undefined;
  /** `vda:/dir/file`; of a buffer its disk. */
  readonly path?: string | undefined;
  /** Of the page within its file. */
  readonly index?: number | undefined;
  /** Of the buffer on its disk, in units of 512 bytes. */
  readonly sector?: number | undefined;
  /** Which bit of the page or buffer has to change: PG_writeback, BH_Lock. */
  readonly bit?: string | undefined;
  /** The request in flight that ends the wait. */
  readonly request?: { readonly disk: string | undefined; readonly request: Request } | undefined;
  /** The function that waits: the first that is not machinery of sleeping. */
  readonly in?: string | undefined;
}
