import type { Family } from '../common/family.ts';
import { int, words } from '../common/fields.ts';
import { type Line, lines } from '../common/line.ts';
import { CHECKS } from './check-lines.ts';

export const LEAKS = lines({
  umount_check: {
    printer: 'fs/dcache.c umount_check()',
    releases: '`still in use` since 2.6.16',
    examples: ['BUG: Dentry 00000000a1b2c3d4{i=4a1,n=.index}  still in use (1) [unmount of ext4 loop0]'],
    opens: [{ form: 'dentry', literals: ['BUG: Dentry '] }],
    fields: { name: words, uses: int, fs: words },
    reads: [/\{i=[0-9a-f]+,n=(?<name>.*)\} +still in use \((?<uses>-?\d+)\) \[unmount of (?<fs>[^\]]*)\]/, /\[unmount of (?<fs>[^\]]*)\]/],
  },
  generic_shutdown_super: {
    printer: 'fs/super.c generic_shutdown_super()',
    releases: '`Self-destruct in 5 seconds` until 6.1, with the type of the file system since',
    examples: [
      'VFS: Busy inodes after unmount of loop0. Self-destruct in 5 seconds.  Have a nice day...',
      'VFS: Busy inodes after unmount of loop0 (ext4)',
    ],
    opens: [{ form: 'inodes', literals: ['VFS: Busy inodes after unmount'] }],
    fields: { device: words },
    reads: [/after unmount of (?<device>.+?)(?: \(\w+\)|\. Self-destruct.*)?$/, /after unmount/],
  },
  filp_close: {
    printer: 'fs/open.c filp_close(), filp_flush()',
    releases: 'with the operations, as a WARN or a BUG, since 5.18',
    examples: ['VFS: Close: file count is 0', 'VFS: Close: file count is 0 (f_op=ext4_file_operations)'],
    opens: [{ form: 'closed', literals: ['VFS: Close: file count is 0'] }],
    fields: { operations: words },
    reads: [/\(f_op=(?<operations>[^)]+)\)/, /count is 0/],
  },
});

/** Things that outlive what they belong to. */
export const LEAK: Family = {
  name: 'leak',
  lines: Object.values<Line>(LEAKS),
  also: Object.values<Line>(CHECKS),
  forms: [
    { name: 'dentry', absorbs: ['bug/cut-here', 'bug/warn', 'leak/dentry'] },
    { name: 'closed', needs: 'nothing', absorbs: ['bug/cut-here', 'bug/warn', 'bug/bug', 'oops/die'] },
    { name: 'inodes', needs: 'nothing', absorbs: ['bug/cut-here', 'bug/warn', 'bug/bug', 'oops/die'] },
  ],
};
