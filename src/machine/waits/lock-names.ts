import type { KernelContext } from '../../kernel/context.ts';
import type { Task } from '../tasks/task.ts';
import { pathOfInode } from './pages.ts';

/** The process whose address space it is, by the address of its mm_struct. */
export type LeaderOf = (mm: bigint) => Task | undefined;

/** Looked up once asked: thousands of tasks may wait for one lock. */
export function leaders(tasks: readonly Task[]): LeaderOf {
  let byMm: Map<bigint | undefined, Task> | undefined;
  return (mm) => {
    byMm ??= new Map(tasks.filter((task) => task.mm && task.pid === task.tgid).map((task) => [task.mm, task]));
    return byMm.get(mm);
  };
}

/** What a lock is part of, where that can be proven: `mmap_lock of java[142]`, `i_rwsem of vda:/dir`. */
export function lockName(kernel: KernelContext, lock: bigint, leaderOf: LeaderOf): string | undefined {
  return mmapLock(kernel, lock, leaderOf) ?? inodeLock(kernel, lock);
}

/** The lock of an address space: that of a task which is known. */
function mmapLock({ types }: KernelContext, lock: bigint, leaderOf: LeaderOf): string | undefined {
  // mmap_sem before 5.8 (c1e8d7c6a7a6)
  const name = ['mmap_lock', 'mmap_sem'].find((each) => types.has('mm_struct', each));
  const offset = name === undefined ? undefined : types.member('mm_struct', name)?.offset;
  if (offset === undefined) return undefined;
  const leader = leaderOf(lock - BigInt(offset));
  return leader && `${name} of ${leader.comm ?? '?'}[${leader.pid ?? '?'}]`;
}

/** An inode's lock: its mapping is the one within itself, which belongs to it. */
function inodeLock(kernel: KernelContext, lock: bigint): string | undefined {
  const offset = kernel.types.member('inode', 'i_rwsem')?.offset; // since 4.7 (9902af79c01a)
  if (offset === undefined) return undefined;
  const inode = kernel.struct('inode', lock - BigInt(offset));
  const data = inode.at('i_data');
  if (data === undefined || inode.ptr('i_mapping') !== data || inode.ptr('i_data.host') !== inode.address) return undefined;
  const path = pathOfInode(kernel, inode, inode.follow('i_sb', 'super_block'));
  return path === undefined ? undefined : `i_rwsem of ${path}`;
}
