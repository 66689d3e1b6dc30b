import { aside, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { starts } from '../opens.ts';

/** Their names, as messages begin with them; JFS also says `ERROR: (device sdq1): `. */
const NAMES = anyOf(
  'FAT-fs|exFAT-fs|SQUASHFS error|erofs|EROFS|GFS2|gfs2|OCFS2|NILFS|REISERFS error',
  String.raw`NTFS-fs|ntfs3?|bcachefs|hfsplus|UDF-fs|ISOFS|JFS|ERROR: \(device`,
).source;
const OTHERS = new RegExp(String.raw`^${NAMES}(?:[:( ]|-fs|\w+\))`);
/** A device in parentheses is a message's subject: a colon is behind it. */
const SUBJECTLESS = /^\S+ \([^)]*\)(?!:)/;
const TROUBLE = /error|corrupt|not properly unmounted|set read-only|fatal|inconsisten|panic|withdraw|is dirty|write err:/i;
/** Whatever else fails is trouble where it names its disk. */
const FAILED = /^(?:[\w-]+: ?)?(?:[\w-]+ ?)?\((?:device )?[\w-]+\):? .*\bfail|^ntfs3: \w+: .*\bfail/i;
const GFS2_STOPS = /: (?:about to withdraw|fatal: |[Ff]ile system withdrawn|withdrawn)/;
/** __mlog_printk() of OCFS2's cluster stack: task, function and line before each error. */
const MLOG = /^\([^(),]{1,16},\d+,\d+\):\w+:\d+ ERROR: (?!status = )/;
/** Literals of the file systems below that name no level in a way of their own. */
const LEADS = [
  'FAT-fs (',
  'exFAT-fs (',
  'SQUASHFS error',
  'erofs',
  'EROFS',
  'GFS2: ',
  'gfs2: ',
  'OCFS2: ',
  'NILFS',
  'REISERFS error',
  'ntfs',
  'NTFS-fs error',
  'NTFS-fs warning',
  'bcachefs',
  'hfsplus: ',
  'UDF-fs: error',
  'JFS: ',
];

/** File systems that say little, each in its own way. */
export const OTHER_LINES = lines({
  fat_unclean: {
    printer: 'fs/fat/inode.c fat_set_state(); fs/exfat/super.c',
    examples: [
      'FAT-fs (sdq1): Volume was not properly unmounted. Some data may be corrupt. Please run fsck.',
      'exFAT-fs (sdq1): Volume was not properly unmounted. Some data may be corrupt. Please run fsck.',
    ],
    opens: [{ form: 'line', literals: ['FAT-fs (', 'exFAT-fs ('], test: (text) => text.includes(': Volume was not properly unmounted') }],
    start: /(?:ex)?FAT-fs \([^)\n]*\): Volume was not properly unmounted/,
    reads: [/^(?<fs>FAT|exFAT)-fs \((?<device>[^)]+)\): (?<what>Volume was not properly unmounted.*)/],
    fields: { fs: words, device: words, what: words },
  },
  jfs_error: {
    printer: 'fs/jfs/super.c jfs_error()',
    examples: ['ERROR: (device sdq1): dbAllocBits: leaf page corrupt', 'ERROR: (device sdq1): remounting filesystem as read-only'],
    opens: [{ form: 'line', literals: ['ERROR: (device '] }],
    start: /ERROR: \(device /,
    reads: [/^ERROR: \(device (?<device>[^)]+)\): (?:(?<function>\w+): )?(?<what>.*)/],
    fields: { device: words, function: words, what: words },
  },
  quota_error: {
    printer: 'fs/quota/dquot.c __quota_error()',
    examples: ['Quota error (device sdq1): do_check_range: Getting dqdh_entries 12 out of range 0-11'],
    opens: [{ form: 'line', literals: ['Quota error (device '] }],
    start: /Quota error \(device /,
    reads: [/^Quota error \(device (?<device>[^)]+)\): (?<function>\w+): (?<what>.*)/],
    fields: { device: words, function: words, what: words },
  },
  ovl_error: {
    printer: 'fs/overlayfs: pr_err(), pr_warn_ratelimited()',
    examples: ['overlayfs: failed to copy up xattr trusted.x: -5', 'overlayfs: cleanup of #4711 failed (-39)'],
    opens: [
      {
        form: 'line',
        literals: ['overlayfs: '],
        test: (text) => /^overlayfs: (?:failed to (?!resolve)|cleanup of .* failed|invalid origin|inconsistent)/.test(text),
      },
    ],
    start: /overlayfs: (?:failed to |cleanup of |invalid origin|inconsistent)/,
    reads: [
      /^(?<fs>overlayfs): (?<what>cleanup) of .* failed \((?<errno>-\d+)\)/,
      /^(?<fs>overlayfs): (?<what>[^(:'#0-9]+?)(?: xattr \S+)?:? (?<errno>-\d+)$/,
      /^(?<fs>overlayfs): (?<what>[^(:'#0-9]+?) ?(?:[(:'#0-9].*)?$/,
    ],
    fields: { fs: words, what: words, errno: int },
  },
  ocfs2_error: {
    printer: 'fs/ocfs2/super.c __ocfs2_error(), cluster/masklog.c',
    examples: ['OCFS2: ERROR (device sdq1): ocfs2_validate_inode_block: Invalid dinode #4711: signature = x'],
    opens: [{ form: 'line', literals: ['OCFS2: ERROR (device '] }],
    start: /OCFS2: ERROR \(device /,
    reads: [/^(?<fs>OCFS2): ERROR \(device (?<device>[^)]+)\): (?<function>\w+): (?<what>.*)/],
    fields: { fs: words, device: words, function: words, what: words },
  },
  o2quo_fence_self: {
    printer: 'fs/ocfs2/cluster/quorum.c o2quo_fence_self()',
    examples: [
      '*** ocfs2 is very sorry to be fencing this system by restarting ***',
      'ocfs2 is very sorry to be fencing this system by restarting',
    ],
    ...starts('line', ['*** ocfs2 is very sorry to be fencing', 'ocfs2 is very sorry to be fencing']),
    reads: [/is very sorry to be (?<what>fencing this system by \w+)/],
    fields: { what: words },
  },
  o2net_idle: {
    printer: 'fs/ocfs2/cluster/tcp.c o2net_idle_timer(), o2net_connect_expired()',
    examples: [
      'o2net: Connection to node x (num 1) at 192.0.2.1:7777 has been idle for 30.4 secs.',
      'o2net: No connection established with node 1 after 30.0 seconds, check network and cluster configuration.',
    ],
    opens: [
      {
        form: 'line',
        literals: ['o2net: Connection to node ', 'o2net: No connection established'],
        test: (text) => !/ shutdown,/.test(text),
      },
    ],
    start: /o2net: (?:Connection to|No connection established with) node /,
    reads: [/node (?<server>\S+).*? (?<what>has been idle)/, /(?<what>No connection established) with node (?<server>\d+)/],
    fields: { server: words, what: words },
  },
  mlog_error: {
    printer: 'fs/ocfs2/cluster/masklog.c __mlog_printk()',
    examples: ['(o2hb-1A2B3C,77,3):o2hb_write_timeout:306 ERROR: Heartbeat write timeout to device sdq1 after 120000 milliseconds'],
    // its own threads, workers, and who mounts; other tasks get the error back
    opens: [
      {
        form: 'line',
        literals: ['(o2hb-', '(o2net', '(o2cb', '(ocfs2', '(dlm_', '(kworker/', '(mount', '(umount'],
        test: (text) => MLOG.test(text),
      },
    ],
    start: /\([^(),\n]{1,16},\d+,\d+\):\w+:\d+ ERROR: /,
    reads: [
      /\):(?<function>\w+):\d+ ERROR: (?<what>[^\n]*? device "?(?<device>[\w-]+)[^\n]*)/,
      /\):(?<function>\w+):\d+ ERROR: (?<what>.*)/,
    ],
    fields: { function: words, what: words, device: words },
  },
  initramfs_unpack: {
    printer: 'init/initramfs.c do_populate_rootfs(), populate_rootfs()',
    examples: ['Initramfs unpacking failed: write error', 'Initramfs unpacking failed: invalid magic at start of compressed archive'],
    ...starts('line', ['Initramfs unpacking failed']),
    reads: [/^Initramfs unpacking failed: (?<what>.*)/],
    fields: { what: words },
  },
  gfs2_withdraw: {
    printer: 'fs/gfs2/util.c gfs2_withdraw(), gfs2_lm()',
    examples: [
      'gfs2: fsid=x:y.0: about to withdraw this file system',
      'gfs2: fsid=x:y.0: fatal: invalid metadata block',
      'gfs2: fsid=x:y.0: File system withdrawn',
    ],
    opens: [{ form: 'line', literals: ['gfs2: fsid=', 'GFS2: fsid='], test: (text) => GFS2_STOPS.test(text) }],
    start: /(?:gfs2|GFS2): fsid=[^\n]*: (?:about to withdraw|fatal: |[Ff]ile system withdrawn|withdrawn)/,
    reads: [/^(?<fs>gfs2|GFS2): fsid=(?<device>\S+): (?<what>.*)/],
    fields: { fs: words, device: words, what: words },
  },
  isofs_read: {
    printer: 'fs/isofs/inode.c isofs_fill_super(), isofs_read_inode()',
    examples: ['isofs_fill_super: bread failed, dev=sr3, iso_blknum=16, block=16', 'ISOFS: unable to read i-node block'],
    ...starts('line', ['isofs_fill_super: bread failed', 'ISOFS: unable to read']),
    reads: [/(?<what>bread failed), dev=(?<device>\w+)/, /(?<what>unable to read .*)/],
    fields: { what: words, device: words },
  },
  fs_error: {
    printer: 'fs/fat/misc.c __fat_fs_error(), fs/exfat, nilfs2, reiserfs, ntfs3, squashfs, erofs, udf, hfsplus, bcachefs',
    examples: [
      'FAT-fs (sdq1): error, fat_get_cluster: invalid cluster chain (i_pos 0)',
      'NILFS error (device sdq1): nilfs_bmap_lookup_contig: broken bmap',
      'SQUASHFS error: xz decompression failed, data probably corrupt',
      'UDF-fs: error (device sr3): udf_read_inode: corrupt inode',
      'NTFS-fs error (device sdq1): ntfs_read_locked_inode(): Failed with error code -5.  Marking corrupt inode 0x1b as bad.  Run chkdsk.',
      'ntfs3: sdq1: ino=1b, "x" The file contains corrupt data',
      'ntfs3(sdq1): ino=1b, "x" repack problem: failed',
      'ntfs3(sdq1): volume is dirty and "force" flag is not set!',
      'erofs: (device sdq1): z_erofs_lz4_decompress_mem: corrupted compressed data',
      'bcachefs (sdq1): error validating btree node',
    ],
    opens: [
      {
        form: 'line',
        literals: LEADS,
        test: (text) =>
          OTHERS.test(text) && !SUBJECTLESS.test(text) && (TROUBLE.test(text) || FAILED.test(text)) && !/not properly unmounted/.test(text),
      },
    ],
    start: /(?:FAT-fs|exFAT-fs|SQUASHFS|erofs|EROFS|GFS2|gfs2|OCFS2|NILFS|REISERFS|NTFS-fs|ntfs3?|bcachefs|hfsplus|UDF-fs|JFS)\b/,
    reads: [
      /^(?<fs>ntfs3)(?:: |\()(?<device>[\w-]+)\)?: (?:ino=(?<ino>\w+),(?:"[^"]*")? )?(?<what>.*)/,
      /^(?<fs>[A-Za-z0-9-]+?)(?:-fs)? \((?<device>[^)]+)\): (?:error, )?(?<what>.*)/,
      /^(?<fs>[A-Za-z0-9-]+?) (?<level>error|warning):? \((?:device )?(?<device>[^\s):]+)[^)]*\):? (?<what>.*)/,
      /^(?<fs>[A-Za-z0-9-]+?): (?<level>error|warning) \(device (?<device>[^)]+)\): (?<what>.*)/,
      /^(?<fs>[A-Za-z0-9-]+?)(?::)? (?:\((?:device )?(?<device>[^)]+)\))?:? ?(?<level>error|ERROR|warning)?:? ?(?<what>.*)/,
    ],
    fields: { fs: words, device: words, level: words, what: words, ino: aside(words) },
  },
});
