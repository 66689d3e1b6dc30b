import type { Task } from '../tasks/task.ts';
import type { WaitContext } from './locks.ts';

/** Whose wait queue it is, and who will wake it. */
export interface KnownQueue {
  readonly owner?: Task | undefined;
  readonly path?: string | undefined;
}

/** What a wait queue belongs to, where what lies around it proves that. */
export const knownQueue = (context: WaitContext, head: bigint): KnownQueue | undefined =>
  journalOf(context, head) ?? writebackOf(context, head);

/** jbd2: journal_s has the wait queues of its commit, and the task that commits. */
function journalOf({ kernel, taskAt }: WaitContext, head: bigint): KnownQueue | undefined {
  const journals = kernel.inModule('jbd2', 'journal_s');
  if (!journals) return undefined;
  for (const { name, member } of journals.types.fields('journal_s')) {
    if (!name.startsWith('j_wait_')) continue;
    const journal = journals.struct('journal_s', head - BigInt(member.offset));
    const committer = taskAt(journal.ptr('j_task') ?? 0n);
    if (!committer?.comm?.startsWith('jbd2/')) continue;
    return { owner: committer, path: `journal of ${committer.comm.slice('jbd2/'.length).replace(/-\d+$/, '')}` };
  }
  return undefined;
}

/** Writeback of a device: backing_dev_info.wb_waitq, which a worker wakes when it has done wb_workfn() (fs/fs-writeback.c). */
function writebackOf({ kernel, taskAt, working }: WaitContext, head: bigint): KnownQueue | undefined {
  const { types } = kernel;
  const queue = types.member('backing_dev_info', 'wb_waitq')?.offset;
  const work = types.member('backing_dev_info', 'wb.dwork.work')?.offset;
  if (queue === undefined || work === undefined) return undefined;
  const info = kernel.struct('backing_dev_info', head - BigInt(queue));
  const name = info.text('dev_name') ?? '';
  // the name is that of its device: major:minor, or a network file system's
  if (!/^[\w.:-]{1,63}$/.test(name) || info.ptr('wb.bdi') !== info.address) return undefined;
  return { owner: taskAt(working(info.address + BigInt(work)) ?? 0n), path: `writeback of ${name}` };
}
