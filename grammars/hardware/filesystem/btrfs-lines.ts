import { counter, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

const LINE = { grammar: 'filesystem', name: 'btrfs', mode: 'btrfs' } as const;
const LEADS = ['BTRFS ', 'BTRFS: '];
const LEVEL = '(?:error|critical|crit|warning|alert|emergency|panic)';
const lead = (level: string, said = ''): RegExp => new RegExp(String.raw`BTRFS:? ${level}(?: \(device [^)\n]+\))?(?:: | (?=in ))${said}`);
const opens = (start: RegExp, form = 'line') => [
  { form, literals: LEADS, test: (text: string) => start.test(text) && text.search(start) === 0 },
];
const row = (start: RegExp) => ({ start, opens: opens(start), rule: LINE });

const HEAD = { level: words, device: words, state: words } as const;
const MESSAGES = 'fs/btrfs/messages.c';
/** What the kernel's own level calls an error, and is the user's: a mount that it refuses, an operation that does not fit. */
const HARMLESS =
  '(?!balance: |cannot |unrecognized|excessive commit|open_ctree failed|.*(?:mount option|is not supported|deprecated|RO media))';
/** Why it was not mounted, lines before it say, or only who asked for it knows. */
const OPEN_CTREE = /BTRFS:? (?:error )?(?:\(device [^)\n]+\): )?open_ctree failed/;

/** Btrfs: its level stands in the text. */
export const BTRFS_LINES = lines({
  __btrfs_handle_fs_error: {
    printer: `${MESSAGES} __btrfs_handle_fs_error(), __btrfs_panic()`,
    releases: '`state EA` since 5.18',
    examples: [
      'BTRFS: error (device sdq1: state EA) in btrfs_commit_transaction:2494: errno=-5 IO failure (Error while writing out transaction)',
      'BTRFS: error (device sdq1) in cleanup_transaction:1812: errno=-5 IO failure',
      'BTRFS critical (device sdq1 state A): panic in extent_io_tree_panic:689: locking error: extent tree was modified by another thread while locked (errno=-17 Object already exists)',
    ],
    ...row(lead(LEVEL, '(?:panic )?in ')),
    fields: { ...HEAD, function: words, line: int, errno: int, what: words },
  },
  btrfs_dev_stat_print_on_error: {
    printer: 'fs/btrfs/volumes.c btrfs_dev_stat_print_on_error(), btrfs_dev_stat_print_on_load()',
    examples: [
      'BTRFS error (device sdq1: state A): bdev /dev/sdp1 errs: wr 12, rd 3, flush 0, corrupt 1, gen 0',
      'BTRFS info (device sdq1): bdev /dev/sdp1 errs: wr 12, rd 3, flush 0, corrupt 1, gen 0',
    ],
    ...row(lead('(?:error|info|warning)', String.raw`bdev \S+ errs: (?!wr 0, rd 0, flush 0, corrupt 0, gen 0)`)),
    fields: {
      ...HEAD,
      member: words,
      writeErrors: counter(int),
      readErrors: counter(int),
      flushErrors: counter(int),
      corruptErrors: counter(int),
      generationErrors: counter(int),
    },
  },
  btrfs_print_data_csum_error: {
    printer: 'fs/btrfs/btrfs_inode.h btrfs_print_data_csum_error(), scrub.c scrub_print_common_warning()',
    examples: [
      'BTRFS warning (device sdq1: state A): csum failed root 5 ino 4711 off 8192 csum 0x98f94189 expected csum 0x00000000 mirror 2',
      'BTRFS warning (device sdq1): checksum error at logical 77824 on dev /dev/sdp1, physical 77824, root 5, inode 4711, offset 0, length 4096, links 1 (path: x)',
      'BTRFS warning (device sdq1): checksum verify failed on logical 77824 mirror 2 wanted 0x1 found 0x2 level 0',
    ],
    ...row(lead('(?:warning|error|info)', '(?:csum failed|checksum error|checksum verify failed)')),
    fields: { ...HEAD, what: words, root: int, inode: int, offset: int, logical: int, mirror: int, level: words },
  },
  btrfs_verify_tree: {
    printer: 'fs/btrfs/disk-io.c btrfs_validate_extent_buffer(), verify_parent_transid(), tree-checker.c',
    examples: [
      'BTRFS error (device sdq1: state A): parent transid verify failed on logical 77824 mirror 1 wanted 12 found 9',
      'BTRFS error (device sdq1): bad tree block start, mirror 2 want 77824 have 0',
      'BTRFS critical (device sdq1): corrupt leaf: root=5 block=77824 slot=12, invalid key objectid',
    ],
    ...row(lead('(?:error|critical|warning)', '(?:parent transid verify failed|bad tree block (?:start|level)|corrupt (?:leaf|node))')),
    fields: { ...HEAD, what: words, logical: int, mirror: int },
  },
  btrfs_end_super_write: {
    printer: 'fs/btrfs/disk-io.c btrfs_end_super_write(), write_all_supers()',
    releases: '`lost page write` until 6.9',
    examples: [
      'BTRFS warning (device sdq1: state A): lost page write due to IO error on /dev/sdp1 (-5)',
      'BTRFS warning (device sdq1): lost super block write due to IO error on /dev/sdp1 (-5)',
      'BTRFS error (device sdq1): error writing primary super block to device 2',
    ],
    ...row(lead('(?:warning|error)', '(?:lost (?:page|super block) write|error writing primary super block)')),
    fields: { ...HEAD, what: words },
  },
  open_ctree: {
    printer: 'fs/btrfs/super.c btrfs_get_tree_super(), btrfs_fill_super()',
    releases: 'the error code since 6.7',
    examples: [
      'BTRFS error (device sdq1): open_ctree failed: -5',
      'BTRFS error (device sdq1): open_ctree failed',
      'BTRFS: open_ctree failed',
    ],
    start: OPEN_CTREE,
    opens: opens(OPEN_CTREE),
    reads: [/^BTRFS:? (?:error )?(?:\(device (?<device>[^)\s]+)[^)]*\): )?(?<what>open_ctree failed)(?:: (?<errno>-\d+))?/],
    fields: { device: words, what: words, errno: int },
  },
  btrfs_repairs: {
    printer: 'fs/btrfs/bio.c btrfs_repair_done(), scrub.c scrub_handle_errored_block()',
    examples: [
      'BTRFS info (device sdq1): read error corrected: ino 4711 off 8192 (dev /dev/sdp1 sector 152)',
      'BTRFS error (device sdq1: state A): fixed up error at logical 77824 on dev /dev/sdp1',
    ],
    ...row(lead('(?:info|error)', '(?:read error corrected|fixed up error)')),
    fields: { ...HEAD, what: words, inode: int, offset: int, logical: int },
  },
  btrfs_forced_readonly: {
    printer: 'fs/btrfs/messages.c __btrfs_handle_fs_error()',
    examples: ['BTRFS info (device sdq1: state E): forced readonly', 'BTRFS info (device sdq1 state E): forced readonly'],
    ...row(lead('(?:info|warning)', 'forced readonly')),
    fields: { ...HEAD, what: words },
  },
  btrfs_missing_device: {
    printer: 'fs/btrfs/volumes.c btrfs_report_missing_device(), disk-io.c',
    examples: [
      'BTRFS warning (device sdq1): devid 2 uuid 01234567-89ab-cdef-0123-456789abcdef is missing',
      'BTRFS error (device sdq1): devid 2 uuid 01234567-89ab-cdef-0123-456789abcdef is missing',
    ],
    start: lead('(?:warning|error)', String.raw`devid \d+ uuid \S+ is missing`),
    opens: opens(lead('(?:warning|error)', String.raw`devid \d+ uuid \S+ is missing`)),
    reads: [/^BTRFS:? (?<level>\w+) \(device (?<device>[^\s):]+)[^)]*\): devid (?<devid>\d+) uuid (?<member>\S+) (?<what>is missing)/],
    fields: { level: words, device: words, devid: int, member: words, what: words },
  },
  __btrfs_abort_transaction: {
    printer: 'fs/btrfs/transaction.c __btrfs_abort_transaction()',
    releases: 'the message of a WARN until 6.9',
    examples: ['BTRFS: Transaction aborted (error -5)'],
    start: /BTRFS: Transaction aborted/,
    opens: [{ form: 'line', literals: ['BTRFS: Transaction aborted'] }],
    reads: [/^BTRFS: (?<what>Transaction aborted) \(error (?<errno>-?\d+)\)/, /^BTRFS: (?<what>Transaction aborted)/],
    fields: { what: words, errno: int },
  },
  btrfs_printk: {
    printer: `${MESSAGES} _btrfs_printk()`,
    examples: [
      'BTRFS error (device sdq1: state A): failed to read chunk tree: -5',
      'BTRFS warning (device sdq1): failed to load free space cache for block group 77824, rebuilding it now',
      'BTRFS error: device /dev/sdq1 belongs to fsid 01234567-89ab-cdef-0123-456789abcdef, and the fs is already mounted',
    ],
    ...row(lead(LEVEL, HARMLESS)),
    fields: { ...HEAD, what: words },
  },
});
