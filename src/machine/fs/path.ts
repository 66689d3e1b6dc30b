import type { Struct } from '../../kernel/struct.ts';

/** Components of a path, and mounts on the way up. */
const MAX_STEPS = 200;

/** Path of a dentry within a mount, up to the root of its tree of mounts; undefined where a part is not in the dump. */
export function pathOf(dentry: Struct | undefined, mount: Struct | undefined): string | undefined {
  const parts: string[] = [];
  let at = dentry;
  let mnt = mount;
  for (let step = 0; at && step < MAX_STEPS; step++) {
    const root = mnt?.ptr('mnt.mnt_root');
    if (mnt && root === undefined) return undefined;
    // a mount's root may be on a page that is not there: its parent is not asked for
    const parent: Struct | undefined = at.address === root ? at : at.follow('d_parent', 'dentry');
    if (!parent) return undefined;
    if (parent.address === at.address) {
      const above: Struct | undefined = mnt?.follow('mnt_parent', 'mount');
      if (mnt && !above) return undefined;
      // what has no place in the tree (memfd:NAME, [eventpoll]) is the root of a mount of its own; other roots are called /
      if (!mnt || above?.address === mnt.address) return parts.length > 0 ? `/${parts.join('/')}` : nameOf(at);
      at = mnt.follow('mnt_mountpoint', 'dentry');
      mnt = above;
      continue;
    }
    const name = nameOf(at);
    if (name === undefined) return undefined;
    parts.unshift(name);
    at = parent;
  }
  return undefined;
}

/** A dentry's name: the pointer leads into the dentry itself where the name is short. */
export const nameOf = (dentry: Struct): string | undefined => dentry.text('d_name.name');

/** The mount that a struct path's vfsmount is part of. */
export function mountOf(vfsmount: Struct | undefined): Struct | undefined {
  const offset = vfsmount?.objects.types.member('mount', 'mnt')?.offset;
  return vfsmount === undefined || offset === undefined ? undefined : vfsmount.as('mount', -offset);
}

export function filePath(file: Struct): string | undefined {
  return pathOf(file.follow('f_path.dentry', 'dentry'), mountOf(file.follow('f_path.mnt', 'vfsmount')));
}
