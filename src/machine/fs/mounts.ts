import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import { rbtree } from '../../kernel/rbtree.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row } from '../row.ts';
import { pathOf } from './path.ts';

/** A row of `mount`. */
export interface MountRow {
  readonly mount: string;
  readonly superblock: string;
  readonly type: string;
  readonly device: string;
  readonly directory: string;
}

/** Entries of readers of /proc/mounts among the mounts, 5.8 to 6.7 (9f6c61f96f2d). */
const MNT_CURSOR = 0x10000000;

/** Mounts in a task's namespace. */
export function mountRows(kernel: KernelContext, task: Struct): Known<MountRow>[] {
  const namespace = task.follow('nsproxy', 'nsproxy')?.follow('mnt_ns', 'mnt_namespace');
  return namespace ? [...mounts(kernel, namespace)].map(mountRow) : [];
}

function* mounts(kernel: KernelContext, namespace: Struct): Generator<Struct> {
  // a list up to 6.7; a red-black tree since 6.8 (2eea9ce4310d): a count of that name was there before
  if (!namespace.has('list')) {
    yield* rbtree(kernel, namespace.ptr('mounts'), { what: 'the tree of mounts', type: 'mount', member: 'mnt_node' });
    return;
  }
  for (const mount of list(kernel, namespace.at('list'), { what: 'the list of mounts', type: 'mount', member: 'mnt_list' })) {
    if (((mount.num('mnt.mnt_flags') ?? 0) & MNT_CURSOR) === 0) yield mount;
  }
}

function mountRow(mount: Struct): Known<MountRow> {
  const superblock = mount.follow('mnt.mnt_sb', 'super_block');
  return row<MountRow>({
    mount: hex(mount.address),
    superblock: hex(superblock?.address),
    type: superblock?.follow('s_type', 'file_system_type')?.text('name'),
    device: mount.text('mnt_devname') ?? (mount.ptr('mnt_devname') === 0n ? 'none' : undefined),
    directory: pathOf(mount.follow('mnt.mnt_root', 'dentry'), mount),
  });
}
