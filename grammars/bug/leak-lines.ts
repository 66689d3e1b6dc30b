import type { OldFamily as Family } from '../common/legacy.ts';

/** Things that outlive what they belong to: fs/dcache.c umount_check(), fs/super.c generic_shutdown_super(). */
export const leak: Family = {
  name: 'leak',
  openers: [
    { text: 'BUG: Dentry ', form: 'dentry' },
    { text: 'VFS: Busy inodes after unmount', form: 'inodes' },
  ],
  forms: [
    { name: 'dentry', absorbs: ['bug/cut-here', 'bug/warn', 'leak/dentry'] },
    { name: 'inodes', needs: 'nothing', absorbs: ['bug/cut-here', 'bug/warn', 'bug/bug', 'oops/die'] },
  ],
};
