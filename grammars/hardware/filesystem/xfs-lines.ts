import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** __xfs_printk() of fs/xfs/xfs_message.c: `XFS (sda1): `. */
const XFS = subject(String.raw`XFS \((?<device>[^)\n]+)\): `, { device: words }, 'XFS (');
const LINE = { grammar: 'filesystem', name: 'xfs', mode: 'xfs' } as const;
const LEADS = ['XFS (', 'XFS: ', 'Filesystem "'];
const ERRNO = { tail: String.raw`.*?(?:error |errno )(?<errno>-?\d+)`, fields: { errno: int } } as const;

const ERROR = 'fs/xfs/xfs_error.c';
const LOG = 'fs/xfs/xfs_log.c';
const RECOVER = 'fs/xfs/xfs_log_recover.c';
const SHUTDOWN = 'fs/xfs/xfs_fsops.c xfs_do_force_shutdown()';
/** Lines of one device gather. */
const TAIL = /^XFS \([^)]*\): (?:Unmount and run xfs_repair|First \d+ bytes of)/;

/** What a message without a level must say to be trouble, where no row knows it. */
const TROUBLE = /error|corrupt|fail|inconsisten|mismatch|bad |invalid|illegal|unable/i;
/** What a mount says while it tries one file system after the other, of options and features, and of what it repairs. */
const HARMLESS =
  /Magic|Superblock|[Mm]ount(?:ing|ed)|[Rr]ecovery|quota|EXPERIMENTAL|[Dd]eprecated|option|support|Ending clean|xfs_repair|DAX|Quotacheck/;

/** XFS: its verifiers, its log, its shutdowns. */
export const XFS_LINES = lines({
  xfs_error_report: {
    printer: `${ERROR} xfs_error_report()`,
    releases: '`Filesystem "sda1": XFS internal error` until 3.0; a stack follows',
    examples: [
      'XFS (sdq1): Internal error ltbno + ltlen > bno at line 1894 of file fs/xfs/libxfs/xfs_alloc.c.  Caller xfs_free_ag_extent+0x3f6/0x840 [xfs]',
      'Filesystem "sdq1": XFS internal error xfs_btree_check_sblock at line 334 of file fs/xfs/xfs_btree.c.  Caller 0xffffffffa0123456',
      'XFS: Internal error XFS_WANT_CORRUPTED_GOTO at line 1510 of file fs/xfs/xfs_alloc.c.  Caller 0xffffffffa0123456',
    ],
    opens: [{ form: 'internal', literals: LEADS, test: (text) => /^(?:XFS|Filesystem)[^\n]{0,64}?: (?:XFS i|I)nternal error /.test(text) }],
    start: /(?:XFS \([^)\n]*\): |XFS: |Filesystem "[^"\n]*": XFS )[Ii]nternal error /,
    rule: LINE,
    fields: { device: words, what: words, check: words, line: int, file: words, caller: words },
  },
  xfs_corruption_error: {
    printer: `${ERROR} xfs_corruption_error()`,
    examples: ['XFS (sdq1): Corruption detected. Unmount and run xfs_repair'],
    ...sentence(XFS, 'Corruption detected.'),
    opens: [{ form: 'internal-end', literals: ['XFS ('], test: (text) => /^XFS \([^)]*\): Corruption detected\. Unmount/.test(text) }],
  },
  xfs_verifier_error: {
    printer: `${ERROR} xfs_buf_verifier_error(), xfs_inode_verifier_error()`,
    releases: 'the buffer is named since 3.16, inodes and quotas since 4.16',
    examples: [
      'XFS (sdq1): Metadata corruption detected at xfs_agf_read_verify+0x7c/0xf0 [xfs], xfs_agf block 0x1 ',
      'XFS (sdq1): Metadata CRC error detected at xfs_dir3_data_read_verify+0x5c/0x100 [xfs], xfs_dir3_data block 0x4b000 ',
      'XFS (sdq1): Metadata corruption detected at xfs_dinode_verify.part.2+0x1b2/0x5d0 [xfs], inode 0x12ab dinode',
      'XFS (sdq1): Metadata corruption detected at xfs_dquot_verify+0x10/0x90 [xfs], dquot 0x3e8',
    ],
    opens: [
      { form: 'corruption', literals: ['XFS ('], test: (text) => /^XFS \([^)]*\): Metadata (?:corruption|CRC error) detected/.test(text) },
    ],
    start: /XFS \([^)\n]*\): Metadata (?:corruption|CRC error) detected/,
    rule: LINE,
    fields: { device: words, what: words, verifier: words, inode: hex, block: hex, dquot: hex },
  },
  xfs_verifier_tail: {
    printer: `${ERROR} xfs_buf_verifier_error(): what to do, and what the buffer holds`,
    examples: ['XFS (sdq1): Unmount and run xfs_repair', 'XFS (sdq1): First 128 bytes of corrupted metadata buffer:'],
    opens: [{ form: 'corruption-field', literals: ['XFS ('], test: (text) => TAIL.test(text) }],
    start: TAIL,
  },
  xfs_hex_dump: {
    printer: 'fs/xfs/xfs_message.c xfs_hex_dump()',
    releases: 'offsets since 4.19, addresses before',
    examples: ['00000000: 58 41 47 46 00 00 00 01 00 00 00 00 00 03 f9 c0  XAGF............'],
    opens: [{ form: 'dump', literals: ['000000'], test: (text) => /^[0-9a-f]{8,16}: [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} /.test(text) }],
    start: /[0-9a-f]{8,16}: [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} /,
  },
  xfs_log_check_lsn: {
    printer: `${LOG} xfs_log_check_lsn()`,
    releases: 'since 4.3',
    examples: [
      'XFS (sdq1): Corruption warning: Metadata has LSN (3:9000) ahead of current LSN (3:128). Please unmount and run xfs_repair (>= v4.3) to resolve.',
    ],
    opens: [{ form: 'line', literals: ['XFS ('], test: (text) => /^XFS \([^)]*\): Corruption warning: /.test(text) }],
    start: /XFS \([^)\n]*\): Corruption warning: /,
    reads: [
      /^XFS \((?<device>[^)]+)\): (?<what>Corruption warning: Metadata has LSN) \((?<lsn>\d+:\d+)\) ahead of current LSN \((?<currentLsn>\d+:\d+)\)/,
      /^XFS \((?<device>[^)]+)\): (?<what>Corruption warning: [^.(]+)/,
    ],
    fields: { device: words, what: words, lsn: words, currentLsn: words },
  },
  xfs_force_shutdown: {
    printer: SHUTDOWN,
    releases: 'until 5.19 a line of its own before the reason; `called from line` since 2.6.12',
    examples: [
      'XFS (sdq1): xfs_do_force_shutdown(0x2) called from line 1200 of file fs/xfs/xfs_log.c. Return address = 00000000a1b2c3d4',
      'xfs_force_shutdown(sdq1,0x8) called from line 4165 of file fs/xfs/xfs_bmap.c.  Return address = 0xffffffffa0123456',
    ],
    opens: [
      {
        form: 'shutdown',
        literals: ['XFS (', 'xfs_force_shutdown('],
        test: (text) => /^(?:XFS \([^)]*\): xfs_do_force_shutdown\(|xfs_force_shutdown\([^,\s]+,)/.test(text),
      },
    ],
    start: /XFS \([^)\n]*\): xfs_do_force_shutdown\(|xfs_force_shutdown\(/,
    reads: [
      /^XFS \((?<device>[^)]+)\): xfs_do_force_shutdown\((?<flags>0x[0-9a-f]+)\) called from line (?<line>\d+) of file (?<file>\S+?\.c)/,
      /^xfs_force_shutdown\((?<device>[^,]+),(?<flags>0x[0-9a-f]+)\) called from line (?<line>\d+) of file (?<file>\S+?\.c)/,
      /^XFS \((?<device>[^)]+)\): xfs_do_force_shutdown\((?<flags>0x[0-9a-f]+)\)/,
    ],
    fields: { device: words, flags: hex, line: int, file: words },
  },
  xfs_shutdown_reason: {
    printer: SHUTDOWN,
    releases: '`REASON detected. Shutting down filesystem` until 5.15, `REASON (0x8) detected at f+0x1 (file:line)` since',
    examples: [
      'XFS (sdq1): Corruption of in-memory data detected.  Shutting down filesystem',
      'XFS (sdq1): Metadata I/O Error (0x1) detected at xfs_trans_read_buf_map+0x1f0/0x290 [xfs] (fs/xfs/xfs_trans_buf.c:296).  Shutting down filesystem.',
      'XFS (sdq1): Log I/O Error Detected. Shutting down filesystem',
      'XFS (sdq1): User initiated shutdown received. Shutting down filesystem',
    ],
    opens: [{ form: 'shutdown', literals: ['XFS ('], test: (text) => /[Ss]hutting down filesystem/.test(text) }],
    start: /XFS \([^)\n]*\): [^\n]*[Ss]hutting down filesystem/,
    reads: [
      /^XFS \((?<device>[^)]+)\): (?<reason>.*?) \((?<flags>0x[0-9a-f]+)\) detected at .*?[Ss]hutting down filesystem/,
      /^XFS \((?<device>[^)]+)\): (?<reason>.*?)\.? +[Ss]hutting down filesystem/,
    ],
    fields: { device: words, reason: words, flags: hex },
  },
  xfs_shutdown_tail: {
    printer: SHUTDOWN,
    examples: [
      'XFS (sdq1): Please unmount the filesystem and rectify the problem(s)',
      'XFS (sdq1): Please umount the filesystem and rectify the problem(s)',
    ],
    opens: [{ form: 'shutdown-field', literals: ['XFS ('], test: (text) => /: Please un?mount the filesystem and rectify/.test(text) }],
    start: /XFS \([^)\n]*\): Please un?mount the filesystem and rectify/,
  },
  xfs_buf_ioerror_alert: {
    printer: 'fs/xfs/xfs_buf.c xfs_buf_ioerror_alert()',
    releases: 'the caller with its offset since 4.17',
    examples: [
      'XFS (sdq1): metadata I/O error in "xfs_buf_ioend+0x1a0/0x520 [xfs]" at daddr 0x4b0 len 8 error 5',
      'XFS (sdq1): metadata I/O error: block 0x4b0 ("xfs_trans_read_buf_map") error 5 numblks 8',
      'I/O error in filesystem ("sdq1") meta-data dev sdq1 block 0x4b0       ("xlog_iodone") error 5 buf count 1024',
    ],
    opens: [
      { form: 'line', literals: ['XFS ('], test: (text) => /^XFS \([^)]*\): metadata I\/O error/.test(text) },
      { form: 'line', literals: ['I/O error in filesystem ("'] },
    ],
    start: /XFS \([^)\n]*\): metadata I\/O error|I\/O error in filesystem \("/,
    reads: [
      /^XFS \((?<device>[^)]+)\): metadata I\/O error in "(?<function>[^"+]+)[^"]*" at daddr (?<block>0x[0-9a-f]+) len (?<blocks>\d+) error (?<errno>\d+)/,
      /^XFS \((?<device>[^)]+)\): metadata I\/O error: block (?<block>0x[0-9a-f]+) \("(?<function>[^"]+)"\) error (?<errno>\d+)/,
      /filesystem \("(?<device>[^"]+)"\) meta-data dev \S+ block (?<block>0x[0-9a-f]+) +\("(?<function>[^"]+)"\) error (?<errno>\d+)/,
      /^XFS \((?<device>[^)]+)\): /,
      /filesystem \("(?<device>[^"]+)"\)/,
    ],
    fields: { device: words, function: words, block: hex, blocks: int, errno: int },
  },
  xfs_log_mount: {
    printer: `${LOG} xfs_log_mount(), fs/xfs/xfs_mount.c xfs_mountfs()`,
    examples: [
      'XFS (sdq1): log mount/recovery failed: error -117',
      'XFS (sdq1): log mount failed',
      'XFS (sdq1): log mount finish failed',
      'XFS (sdq1): SB validate failed with error -117.',
      'XFS (sdq1): Failed to read root inode 0x80, error 117',
      'XFS (sdq1): failed to read root inode',
      'XFS (sdq1): log device read failed',
      'XFS (sdq1): last sector read failed',
    ],
    ...sentence(
      XFS,
      [
        'log mount/recovery failed',
        'log mount failed',
        'log mount finish failed',
        'SB validate failed',
        'SB read failed',
        'Failed to read root inode',
        'failed to read root inode',
        'log device read failed',
        'last sector read failed',
      ],
      ERRNO,
    ),
  },
  xlog_recover: {
    printer: `${RECOVER} xlog_recover(), xlog_recover_finish(), xlog_verify_head()`,
    examples: [
      'XFS (sdq1): Failed to recover intents',
      'XFS (sdq1): Failed to recover leftover CoW staging extents, err -117.',
      'XFS (sdq1): log record CRC mismatch: found 0x12, expected 0x34.',
      'XFS (sdq1): Torn write (CRC failure) detected at log block 0x4b0. Truncating head block from 0x4b8.',
      'XFS (sdq1): log recovery read I/O error at daddr 0x4b0 len 8 error -5',
      'XFS (sdq1): failed to locate log tail',
      'XFS (sdq1): empty log check failed',
      'XFS (sdq1): Corruption detected during log recovery',
    ],
    ...sentence(
      XFS,
      [
        'Failed to recover intents',
        'Failed to recover leftover CoW staging extents',
        'Failed to recover EFIs',
        'log record CRC mismatch',
        'Torn write (CRC failure) detected',
        'log recovery read I/O error',
        'log recovery write I/O error',
        'failed to locate log tail',
        'empty log check failed',
        'failed to find log head',
        'bad log record',
        'Corruption detected during log recovery',
      ],
      ERRNO,
    ),
  },
  xlog_ioend: {
    printer: `${LOG} xlog_ioend_work(), xfs_log_writable(), xlog_grant_push_threshold()`,
    examples: [
      'XFS (sdq1): log I/O error -5',
      'XFS (sdq1): Filesystem has been shut down due to log error (0x2).',
      'XFS (sdq1): ran out of log space tail 0x3/0x80, head lsn 0x3000000b0',
      'XFS (sdq1): xlog_space_left: head behind tail',
      'XFS (sdq1): ctx ticket reservation ran out. Need to up reservation',
    ],
    ...sentence(
      XFS,
      [
        'log I/O error',
        'Filesystem has been shut down due to log error',
        'ran out of log space',
        'xlog_space_left: head behind tail',
        'ctx ticket reservation ran out',
      ],
      { tail: String.raw` (?<errno>-\d+)`, fields: { errno: int } },
    ),
  },
  xfs_data_lost: {
    printer: 'fs/xfs/xfs_aops.c xfs_end_ioend(), xfs_discard_folio()',
    examples: [
      'XFS (sdq1): writeback error on inode 4711, offset 0, sector 77824',
      'XFS (sdq1): writeback error on sector 77824',
      'XFS (sdq1): page discard on page 00000000a1b2c3d4, inode 0x12ab, pos 0.',
    ],
    ...sentence(XFS, ['writeback error on inode', 'writeback error on sector', 'page discard on page'], {
      tail: String.raw`.*?sector (?<sector>\d+)`,
      fields: { sector: int },
    }),
  },
  xfs_inode_corrupt: {
    printer: 'fs/xfs/libxfs/xfs_inode_fork.c, xfs_inode_buf.c, xfs_iget.c: inodes that make no sense',
    examples: [
      'XFS (sdq1): corrupt inode 4711 (btree).',
      'XFS (sdq1): corrupt dinode 4711, extent total = 12, nblocks = 3.',
      'XFS (sdq1): corrupted root inode 128: not a directory',
      'XFS (sdq1): Allocated a known in-use inode 0x12ab!',
      'XFS (sdq1): bad inode magic/vsn daddr 64 #3 (magic=4142)',
      'XFS (sdq1): AGF corruption. Please run xfs_repair.',
    ],
    ...sentence(
      XFS,
      [
        'corrupt inode',
        'corrupt dinode',
        'corrupted root inode',
        'Allocated a known in-use inode',
        'bad inode magic/vsn',
        'AGF corruption',
        'Corruption detected during scrub',
      ],
      { tail: String.raw` (?<inode>\d+)\b`, fields: { inode: int } },
    ),
  },
  xfs_buf_retries: {
    printer: 'fs/xfs/xfs_buf.c xfs_buf_ioerror_permanent(), xfs_buf_ioend_handle_error()',
    examples: [
      'XFS (sdq1): Failing async write on buffer block 0x4b0. Retrying async write.',
      'XFS (sdq1): Unable to update superblock counters. Freespace may not be correct on next mount.',
      'XFS (sdq1): Reserve blocks depleted! Consider increasing reserve pool size.',
    ],
    ...sentence(XFS, [
      'Failing async write on buffer block',
      'Detected failing async write',
      'Unable to update superblock counters',
      'Reserve blocks depleted',
    ]),
  },
  kmem_alloc: {
    printer: 'fs/xfs/kmem.c kmem_alloc()',
    releases: 'until 6.8; the comm since 4.3',
    examples: ['XFS: java(4711) possible memory allocation deadlock size 32792 in kmem_alloc (mode:0x2400240)'],
    opens: [{ form: 'line', literals: ['XFS: '], test: (text) => text.includes(' possible memory allocation deadlock') }],
    start: /XFS: [^\n]{0,40}possible memory allocation deadlock/,
    reads: [
      /^XFS: (?<comm>.{1,15})\((?<pid>\d+)\) (?<what>possible memory allocation deadlock)/,
      /^XFS: (?<what>possible memory allocation deadlock)/,
    ],
    fields: { comm: aside(words), pid: aside(int), what: words },
  },
  xfs_printk: {
    printer: 'fs/xfs/xfs_message.c __xfs_printk(): whatever else says that something is wrong',
    examples: ['XFS (sdq1): xfs_iunlink_remove: xfs_imap_to_bp returned error 117'],
    opens: [
      { form: 'line', literals: ['XFS ('], test: (text) => /^XFS \([^)]+\): /.test(text) && TROUBLE.test(text) && !HARMLESS.test(text) },
    ],
    start: /XFS \([^)\n]*\): (?=[^\n]*(?:rror|orrupt|ail|nconsisten|ismatch|bad |nvalid|llegal|nable))/,
    reads: [/^XFS \((?<device>[^)]+)\): (?<what>.*)/],
    fields: { device: words, what: words },
  },
});
