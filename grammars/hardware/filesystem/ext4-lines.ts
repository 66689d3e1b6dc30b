import { aside, counter, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { starts } from '../opens.ts';
import { sentence, subject } from '../sentence.ts';

/** ext4_msg() of fs/ext4/super.c: no level in the text. */
const EXT = subject(
  String.raw`(?<fs>EXT[234])-fs \((?<device>[^)\n]+)\): (?:error: |[Ww]arning: |EXT4-fs: )?`,
  { fs: words, device: words },
  'EXT2-fs (',
  'EXT3-fs (',
  'EXT4-fs (',
);
const EXT_LEADS = ['EXT2-fs', 'EXT3-fs', 'EXT4-fs'];
const LINE = { grammar: 'filesystem', name: 'ext', mode: 'ext' } as const;
const FIELDS = {
  fs: words,
  level: words,
  device: words,
  function: words,
  line: int,
  inode: int,
  block: int,
  comm: aside(words),
  path: words,
  group: int,
  what: words,
} as const;
const SUPER = 'fs/ext4/super.c';

/** What a message without a level must say to be trouble, where no row knows it. */
const TROUBLE = /error|corrupt|fail|inconsisten|invalid|bad |mismatch|abort|lost|unable|cannot|illegal|damaged|I\/O/i;
/** What a mount says while it tries one file system after the other, of an unclean shutdown that it repairs, of its options and features. */
const HARMLESS = anyOf(
  "[Cc]an't find|[Mm]agic|[Mm]ount(?:ed|ing)|re-mounted|remount",
  '[Rr]ecover|[Oo]rphan|shut down|mballoc: ',
  'errors=|option|feature|deprecated|supported|[Qq]uota|encrypt|DAX|dax|defrag|resiz',
);
/** What a journal says that cannot be replayed. */
const UNREPLAYED = anyOf(
  'IO error|Invalid checksum|bad block at|corrupted journal|no valid journal',
  String.raw`journal transaction \d+ on|(?:journal )?recovery failed|error -?\d+ scanning`,
).source;

/** ext2, ext3, ext4 and their journals. */
export const EXT_LINES = lines({
  ext4_end_bio: {
    printer: 'fs/ext4/page-io.c ext4_end_bio()',
    examples: ['EXT4-fs warning (device dm-9): ext4_end_bio:343: I/O error 10 writing to inode 4711 starting block 77824)'],
    opens: [{ form: 'line', literals: EXT_LEADS, test: (text) => / ext4_end_bio:\d+: I\/O error/.test(text) }],
    start: /EXT4-fs warning \(device [^)\n]+\): ext4_end_bio:/,
    reads: [
      new RegExp(
        [
          String.raw`^(?<fs>EXT4)-fs (?<level>warning) \(device (?<device>[^)]+)\): (?<function>ext4_end_bio):(?<line>\d+): `,
          String.raw`(?<what>I\/O error) (?<error>-?\d+) writing to inode (?<inode>\d+)`,
        ].join(''),
      ),
    ],
    fields: { fs: words, level: words, device: words, function: words, line: int, what: words, error: int, inode: int },
  },
  ext4_error: {
    printer: `${SUPER} __ext4_error(), __ext4_error_inode(), __ext4_error_file(), __ext4_std_error(), __ext4_warning()`,
    releases: 'ext2 and ext3 alike; no line numbers before 2.6.35',
    examples: [
      'EXT4-fs error (device sdq1): ext4_lookup:1855: inode #4711: comm java: iget: checksum invalid',
      'EXT4-fs error (device sdq1) in ext4_do_update_inode:5192: Out of memory',
      'EXT4-fs error (device sdq1): ext4_mb_generate_buddy:1220: group 12, block bitmap and bg descriptor inconsistent: 25 vs 31 free clusters',
      'EXT4-fs error (device sdq1): __ext4_new_inode:1072: comm java: reserved inode found cleared - inode=1',
      'EXT4-fs error (device sdq1): ext4_readdir:260: inode #12: block 4711: comm java: path /srv/x: bad entry in directory: rec_len is smaller than minimal',
      'EXT3-fs error (device sdq1): ext3_get_inode_loc: unable to read inode block - inode=12, block=34',
    ],
    opens: [{ form: 'line', literals: EXT_LEADS, test: (text) => /^EXT[234]-fs (?:error|warning|panic|critical) \(device /.test(text) }],
    start: /EXT[234]-fs (?:error|warning|panic|critical) \(device /,
    rule: LINE,
    fields: FIELDS,
  },
  ext4_error_bare: {
    printer: `${SUPER} ext4_msg() without a super block`,
    examples: ['EXT4-fs error: unable to create kmmpd thread'],
    opens: [
      { form: 'line', literals: EXT_LEADS, test: (text) => /^EXT[234]-fs (?:error|warning): (?!\d+ callbacks suppressed)/.test(text) },
    ],
    start: /EXT[234]-fs (?:error|warning): (?!\d+ callbacks)/,
    reads: [/^(?<fs>EXT[234])-fs (?<level>error|warning): (?<what>.*)/],
    fields: { fs: words, level: words, what: words },
  },
  ext4_ratelimit: {
    printer: 'lib/ratelimit.c ___ratelimit() for ext4_error(), ext4_warning(), ext4_msg()',
    examples: ['EXT4-fs error: 29 callbacks suppressed', 'EXT4-fs warning: 4 callbacks suppressed', 'EXT4-fs: 12 callbacks suppressed'],
    opens: [
      { form: 'suppressed', literals: EXT_LEADS, test: (text) => /^EXT[234]-fs(?: error| warning)?: \d+ callbacks suppressed/.test(text) },
    ],
    start: /EXT[234]-fs(?: error| warning)?: \d+ callbacks suppressed/,
    reads: [/^(?<of>EXT[234]-fs(?: error| warning)?): (?<suppressed>\d+) callbacks suppressed/],
    fields: { of: words, suppressed: int },
  },
  print_daily_error_info: {
    printer: `${SUPER} print_daily_error_info()`,
    examples: ['EXT4-fs (sdq1): error count since last fsck: 12', 'EXT4-fs (sdq1): error count: 12'],
    ...sentence(EXT, ['error count since last fsck', 'error count'], {
      tail: String.raw`: (?<errors>\d+)`,
      fields: { errors: counter(int) },
    }),
  },
  print_daily_error_info_when: {
    printer: `${SUPER} print_daily_error_info()`,
    examples: [
      'EXT4-fs (sdq1): initial error at time 1700000000: ext4_lookup:1855: inode 4711: block 34',
      'EXT4-fs (sdq1): last error at time 1700000000: ext4_lookup:1855',
    ],
    opens: [{ form: 'line', literals: EXT_LEADS, test: (text) => /: (?:initial|last) error at (?:time )?\d+: /.test(text) }],
    start: /EXT[234]-fs \([^)\n]+\): (?:initial|last) error at /,
    reads: [
      new RegExp(
        [
          String.raw`^(?<fs>EXT[234])-fs \((?<device>[^)]+)\): (?<event>initial|last) error at (?:time )?(?<time>\d+): `,
          String.raw`(?<function>\w+):(?<line>\d+)(?:: inode (?<inode>\d+))?(?:: block (?<block>\d+))?`,
        ].join(''),
      ),
    ],
    fields: { fs: words, device: words, event: words, time: int, function: words, line: int, inode: int, block: int },
  },
  ext4_handle_error: {
    printer: `${SUPER} ext4_handle_error()`,
    examples: ['EXT4-fs (sdq1): Remounting filesystem read-only'],
    ...sentence(EXT, 'Remounting filesystem read-only'),
  },
  ext4_setup_super: {
    printer: `${SUPER} ext4_setup_super()`,
    examples: [
      'EXT4-fs (sdq1): warning: mounting fs with errors, running e2fsck is recommended',
      'EXT4-fs (sdq1): warning: mounting unchecked fs, running e2fsck is recommended',
      'EXT4-fs (sdq1): warning: maximal mount count reached, running e2fsck is recommended',
    ],
    ...sentence(EXT, [
      'mounting fs with errors, running e2fsck is recommended',
      'mounting unchecked fs, running e2fsck is recommended',
      'maximal mount count reached, running e2fsck is recommended',
      'checktime reached, running e2fsck is recommended',
    ]),
  },
  mpage_map_and_submit_extent: {
    printer: 'fs/ext4/inode.c mpage_map_and_submit_extent(), page-io.c ext4_end_io_end()',
    examples: [
      'EXT4-fs (sdq1): Delayed block allocation failed for inode 4711 at logical offset 0 with max blocks 8 with error 117',
      'EXT4-fs (sdq1): failed to convert unwritten extents to written extents -- potential data loss!  (inode 4711, error -5)',
      'EXT4-fs (sdq1): This should not happen!! Data will be lost',
    ],
    ...sentence(
      EXT,
      [
        'Delayed block allocation failed',
        'failed to convert unwritten extents to written extents',
        'This should not happen!! Data will be lost',
        'error restoring inline_data',
      ],
      {
        tail: String.raw`.*?inode (?<inode>\d+)`,
        fields: { inode: int },
      },
    ),
  },
  ext4_commit_super: {
    printer: `${SUPER} ext4_commit_super(), ext4_load_journal()`,
    examples: [
      'EXT4-fs (sdq1): I/O error while writing superblock',
      'EXT4-fs (sdq1): I/O error on journal device',
      'EXT4-fs (sdq1): previous I/O error to superblock detected',
    ],
    ...sentence(EXT, ['I/O error while writing superblock', 'I/O error on journal device', 'previous I/O error to superblock detected']),
  },
  ext4_fill_super: {
    printer: `${SUPER} ext4_fill_super(), ext4_load_journal(), ext4_check_descriptors()`,
    examples: [
      'EXT4-fs (sdq1): unable to read superblock',
      'EXT4-fs (sdq1): group descriptors corrupted!',
      "EXT4-fs (sdq1): can't read group descriptor 12",
      'EXT4-fs (sdq1): ext4_check_descriptors: Checksum for group 12 failed (1234!=5678)',
      'EXT4-fs (sdq1): error loading journal',
      'EXT4-fs (sdq1): no journal found',
      'EXT4-fs (sdq1): journal inode is deleted',
      'EXT4-fs (sdq1): get root inode failed',
      'EXT4-fs (sdq1): bad geometry: block count 4711 exceeds size of device (4700 blocks)',
      'EXT4-fs (sdq1): mount failed',
    ],
    ...sentence(EXT, [
      'unable to read superblock',
      'group descriptors corrupted',
      "can't read group descriptor",
      'ext4_check_descriptors',
      'error loading journal',
      'no journal found',
      'journal inode is deleted',
      'invalid journal inode',
      'get root inode failed',
      'corrupt root inode',
      'bad geometry',
      'mount failed',
      'VFS: Found ext4 filesystem with invalid superblock checksum',
    ]),
  },
  ext4_msg: {
    printer: `${SUPER} ext4_msg(): whatever else says that something is wrong`,
    examples: ['EXT4-fs (sdq1): Inode 4711 (000000002f3c9c3f): i_reserved_data_blocks (1) not cleared! corruption'],
    opens: [
      {
        form: 'line',
        literals: EXT_LEADS,
        test: (text) => /^EXT[234]-fs \([^)]+\): /.test(text) && TROUBLE.test(text) && !HARMLESS.test(text),
      },
    ],
    start: /EXT[234]-fs \([^)\n]+\): (?=[^\n]*(?:rror|orrupt|ail|nconsisten|nvalid|bad |ismatch|bort|ost|nable|annot|llegal|amaged|I\/O))/,
    reads: [/^(?<fs>EXT[234])-fs \((?<device>[^)]+)\): (?:error: |warning: )?(?<what>.*)/],
    fields: { fs: words, device: words, what: words },
  },

  jbd2_journal_abort: {
    printer: 'fs/jbd2/journal.c __jbd2_journal_abort()',
    releases: '`journal_abort` of jbd until 4.2',
    examples: ['Aborting journal on device sdq1-8.', 'Aborting journal on device dm-9.'],
    ...starts('line', ['Aborting journal on device ']),
    reads: [/on device (?<journal>(?<device>[^\s.]+?)-\d+)\./, /on device (?<device>[^\s]+?)\.?$/],
    fields: { journal: words, device: words },
  },
  jbd2_error: {
    printer: 'fs/jbd2/commit.c jbd2_journal_commit_transaction(), journal.c jbd2_write_superblock(), recovery.c',
    examples: [
      'JBD2: Detected IO errors while flushing file data on sdq1-8',
      'JBD2: Detected IO errors -5 while flushing file data on sdq1-8',
      'JBD2: I/O error when updating journal superblock for sdq1-8.',
      'JBD2: Error -5 detected when updating journal superblock for sdq1-8.',
      "JBD2: Spotted dirty metadata buffer (dev = sdq1, blocknr = 4711). There's a risk of filesystem corruption in case of system crash.",
    ],
    opens: [
      {
        form: 'line',
        literals: ['JBD2: ', 'JBD: '],
        test: (text) => /^JBD2?: (?:Detected IO errors|I\/O error when|Error -?\d+ detected|previous I\/O error|Spotted dirty)/.test(text),
      },
    ],
    start: /JBD2?: (?:Detected IO errors|I\/O error when|Error -?\d+ detected|previous I\/O error|Spotted dirty)/,
    reads: [
      /^(?<fs>JBD2?): (?<what>Detected IO errors (?<errno>-\d+) while flushing file data) on (?<device>\S+?)(?:-\d+)?\.?$/,
      /^(?<fs>JBD2?): (?<what>Error (?<errno>-?\d+) detected when updating journal superblock) for (?<device>\S+?)(?:-\d+)?\.?$/,
      /^(?<fs>JBD2?): (?<what>Spotted dirty metadata buffer) \(dev = (?<device>[^\s,]+), blocknr = \d+\)/,
      /^(?<fs>JBD2?): (?<what>.*?) (?:on|for|of) (?<device>[\w!.-]+?)(?:-\d+)?\.?$/,
      /^(?<fs>JBD2?): (?<what>.*)/,
    ],
    fields: { fs: words, what: words, errno: int, device: words },
  },
  jbd2_recovery: {
    printer: 'fs/jbd2/recovery.c do_one_pass(), journal.c jbd2_journal_load()',
    examples: [
      'JBD2: IO error -5 recovering block 12 in log',
      'JBD2: Invalid checksum recovering data block 4711 in journal block 34',
      'JBD2: journal transaction 12 on sdq1-8 is corrupt.',
      'JBD2: recovery failed',
      'JBD2: corrupted journal superblock',
      'JBD2: no valid journal superblock found',
    ],
    opens: [
      {
        form: 'line',
        literals: ['JBD2: ', 'JBD: '],
        test: (text) => new RegExp(`^JBD2?: ${UNREPLAYED}`).test(text),
      },
    ],
    start: new RegExp(`JBD2?: ${UNREPLAYED}`),
    reads: [
      /^(?<fs>JBD2?): (?<what>journal transaction) (?<transaction>\d+) on (?<device>\S+?)(?:-\d+)? is corrupt/,
      /^(?<fs>JBD2?): (?<what>.*)/,
    ],
    fields: { fs: words, what: words, transaction: int, device: words },
  },
});
