import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** `md/raid1:md0: ` since 2.6.36, `raid1: ` before; the linear and raid0 personalities alike. */
const ARRAY = subject(String.raw`(?<level>md(?:\/\w+)?|raid\w*):(?: ?(?<device>md\w*):)? ?`, { level: words, device: words });
/** The same, of one member: `md/raid1:md0: sda1: `. */
const MEMBER = subject(String.raw`(?<level>md(?:\/\w+)?|raid\w*):(?: ?(?<device>md\w*):)? ?(?<member>(?!md\d)[\w!-]+): `, {
  level: words,
  device: words,
  member: words,
});
/** bcache names the function since 5.10: `bcache: bch_count_io_errors() `. */
const BCACHE = subject(String.raw`bcache: (?:\w+\(\) )?`, {}, 'bcache: ');

const MD = 'drivers/md/md.c';

/** Software RAID and bcache: what their members did to them. */
export const RAID_LINES = lines({
  raid1_error: {
    printer: 'drivers/md/raid1.c raid1_error(), raid10.c raid10_error(), raid5.c raid5_error(); raid0.c, md-linear.c since 6.5',
    examples: [
      'md/raid1:md9: Disk failure on sdq2, disabling device.',
      'md/raid:md9: Disk failure on sdq2, disabling device.',
      'md/raid0:md9: Disk failure on sdq2 detected, failing array.',
      'raid1: Disk failure on sdq2, disabling device.',
    ],
    ...sentence(ARRAY, 'Disk failure', { tail: String.raw` on (?<member>[^\s,]+)`, fields: { member: words } }),
  },
  raid1_error_continues: {
    printer: 'drivers/md/raid1.c raid1_error(): the second line',
    examples: ['md/raid1:md9: Operation continuing on 3 devices.'],
    start: /(?:md(?:\/\w+)?|raid\w*):(?: ?md\w*:)? ?Operation continuing on /,
  },
  raid5_cannot_continue: {
    printer: 'drivers/md/raid5.c raid5_error(), raid5_run(); raid10.c raid10_run(), raid1.c raid1_run()',
    examples: [
      'md/raid:md9: Cannot continue operation (2/4 failed).',
      'md/raid:md9: not enough operational devices (2/4 failed)',
      'md/raid10:md9: not enough operational mirrors.',
      'md/raid:md9: cannot start dirty degraded array.',
      'md/raid:md9: failed to run raid set.',
      'md/raid:md9: journal disk is missing, force array readonly',
    ],
    ...sentence(ARRAY, [
      'Cannot continue operation',
      'not enough operational devices',
      'not enough operational mirrors',
      'cannot start dirty degraded array',
      'failed to run raid set',
      'journal disk is missing',
    ]),
  },
  raid5_dirty: {
    printer: 'drivers/md/raid5.c raid5_run()',
    examples: ['md/raid:md9: starting dirty degraded array - data corruption possible.'],
    ...sentence(ARRAY, 'starting dirty degraded array'),
  },
  raid1_end_read: {
    printer: 'drivers/md/raid1.c raid1_read_request(), handle_read_error()',
    examples: [
      'md/raid1:md9: sdq2: unrecoverable I/O read error for block 81920',
      'md/raid1:md9: sdq2: unrecoverable I/O error for block 81920',
    ],
    ...sentence(MEMBER, ['unrecoverable I/O read error', 'unrecoverable I/O error'], {
      tail: String.raw` for block (?<sector>\d+)`,
      fields: { sector: int },
    }),
  },
  raid1_reschedules: {
    printer: 'drivers/md/raid1.c raid1_end_read_request(), raid10.c; handle_read_error()',
    examples: ['md/raid1:md9: sdq2: rescheduling sector 81920', 'md/raid10:md9: sdq2: redirecting sector 81920 to another mirror'],
    ...sentence(MEMBER, ['rescheduling sector', 'redirecting sector'], { tail: String.raw` (?<sector>\d+)`, fields: { sector: int } }),
  },
  raid1_redirects: {
    printer: 'drivers/md/raid1.c raid1_read_request()',
    examples: ['md/raid1:md9: redirecting sector 81920 to other mirror: sdp2'],
    ...sentence(ARRAY, 'redirecting sector', { tail: String.raw` (?<sector>\d+)`, fields: { sector: int } }),
  },
  fix_read_error: {
    printer: 'drivers/md/raid1.c fix_read_error(), raid5.c raid5_end_read_request()',
    examples: ['md/raid1:md9: read error corrected (8 sectors at 81920 on sdq2)'],
    ...sentence(ARRAY, 'read error corrected', {
      tail: String.raw` \((?<sectors>\d+) sectors at (?<sector>\d+) on (?<member>[^)]+)\)`,
      fields: { sectors: int, sector: int, member: words },
    }),
  },
  raid5_end_read_request: {
    printer: 'drivers/md/raid5.c raid5_end_read_request(); raid10.c',
    examples: [
      'md/raid:md9: read error not correctable (sector 81920 on sdq2).',
      'md/raid:md9: read error NOT corrected!! (sector 81920 on sdq2).',
      'md/raid:md9: read error on replacement device (sector 81920 on sdq2).',
    ],
    ...sentence(ARRAY, ['read error not correctable', 'read error NOT corrected', 'read error on replacement device'], {
      tail: String.raw`!* \(sector (?<sector>\d+) on (?<member>[^)]+)\)`,
      fields: { sector: int, member: words },
    }),
  },
  raid10_exceeds: {
    printer: 'drivers/md/raid1-10.c exceed_read_errors()',
    releases: 'drivers/md/raid10.c fix_read_error() until 6.5',
    examples: [
      'md/raid10:md9: sdq2: Raid device exceeded read_error threshold [cur 21:max 20]',
      'md/raid10:md9: sdq2: Failing raid device',
    ],
    ...sentence(MEMBER, ['Raid device exceeded read_error threshold', 'Failing raid device']),
  },
  raid5_too_many_errors: {
    printer: 'drivers/md/raid5.c raid5_end_read_request()',
    examples: ['md/raid:md9: Too many read errors, failing device sdq2.'],
    ...sentence(ARRAY, 'Too many read errors', { tail: String.raw`, failing device (?<member>[^\s.]+)`, fields: { member: words } }),
  },
  super_written: {
    printer: `${MD} super_written(), md_write_metadata()`,
    releases: 'the member was named until 4.x',
    examples: ['md: super_written gets error=-5', 'md/raid1:md9: super_written gets error=-5'],
    ...sentence(ARRAY, 'super_written gets error', { tail: String.raw`=(?<errno>-?\d+)`, fields: { errno: int } }),
  },
  md_kick_rdev: {
    printer: `${MD} do_md_run(), analyze_sbs()`,
    examples: ['md: kicking non-fresh sdq2 from array!'],
    ...sentence(ARRAY, 'kicking non-fresh', { tail: String.raw` (?<member>\S+)`, fields: { member: words } }),
  },
  md_import_device: {
    printer: `${MD} super_90_load(), super_1_load(), read_disk_sb(), analyze_sbs()`,
    examples: [
      'md: invalid superblock checksum on sdq2',
      'md: disabled device sdq2, could not read superblock.',
      'md: fatal superblock inconsistency in sdq2 -- removing from array',
    ],
    ...sentence(ARRAY, ['invalid superblock checksum', 'disabled device', 'fatal superblock inconsistency'], {
      tail: String.raw`(?: on| in)? (?<member>[^\s,]+)`,
      fields: { member: words },
    }),
  },
  md_flush_error: {
    printer: `${MD} md_end_flush()`,
    releases: 'since 6.7',
    examples: ['md: sdq2 flush io error -5'],
    opens: [{ form: 'line', literals: ['md: '], test: (text) => / flush io error -\d+$/.test(text) }],
    start: /md: \S+ flush io error/,
    reads: [/^(?<level>md): (?<member>\S+) (?<what>flush io error) (?<errno>-\d+)/],
    fields: { level: words, member: words, what: words, errno: int },
  },
  md_do_sync: {
    printer: `${MD} md_do_sync()`,
    examples: ['md: md9: recovery interrupted.', 'md: md9: resync interrupted.'],
    opens: [{ form: 'line', literals: ['md: '], test: (text) => /^md: md\w*: [\w-]+ interrupted\.$/.test(text) }],
    start: /md: md\w*: [\w-]+ interrupted\./,
    reads: [/^(?<level>md): (?<device>md\w*): (?<what>[\w-]+ interrupted)/],
    fields: { level: words, device: words, what: words },
  },
  raid5_mismatch: {
    printer: 'drivers/md/raid5.c handle_parity_checks5(), handle_parity_checks6()',
    releases: 'since 4.9',
    examples: ['md9: mismatch sector in range 81920-81928'],
    ...sentence(subject(String.raw`(?<device>md\w*): `, { device: words }), 'mismatch sector in range', {
      tail: String.raw` (?<sector>\d+)-`,
      fields: { sector: int },
    }),
  },
  raid10_recovery: {
    printer: 'drivers/md/raid10.c raid10_sync_request()',
    examples: ['md/raid10:md9: insufficient working devices for recovery.'],
    ...sentence(ARRAY, ['insufficient working devices for recovery']),
  },

  bch_count_io_errors: {
    printer: 'drivers/md/bcache/io.c bch_count_io_errors(), bch_count_backing_io_errors()',
    examples: [
      'bcache: bch_count_io_errors() sdq: IO error on writing btree, recovering.',
      'bcache: bch_count_backing_io_errors() sdq: IO error on backing device, unrecoverable',
    ],
    ...sentence(subject(String.raw`bcache: (?:\w+\(\) )?(?<device>[\w-]+): `, { device: words }, 'bcache: '), 'IO error on', {
      tail: ' (?<operation>[a-z ]+)',
      fields: { operation: words },
    }),
  },
  bch_count_io_errors_too_many: {
    printer: 'drivers/md/bcache/io.c bch_count_io_errors(), super.c bch_cached_dev_error(), request.c',
    examples: [
      'bcache: bch_count_io_errors() sdq: too many IO errors writing btree',
      'bcache: bch_cache_set_error() error on 01234567-89ab-cdef-0123-456789abcdef: sdq: too many IO errors writing btree, disabling caching',
      'bcache: bch_cached_dev_error() stop bcache9: too many IO errors on backing device sdq',
      'bcache: conditional_stop_bcache_device() stop_when_cache_set_failed of bcache9 is "auto" and cache is dirty, stop it to avoid potential data corruption.',
    ],
    opens: [
      {
        form: 'line',
        literals: ['bcache: '],
        test: (text) => /: too many IO errors |and cache is dirty, stop it/.test(text),
      },
    ],
    start: /bcache: [^\n]*(?:: too many IO errors |and cache is dirty, stop it)/,
    reads: [
      /^bcache: (?:\w+\(\) )?(?:error on (?<set>[0-9a-f-]{36}): )?(?<device>[\w-]+): (?<what>too many IO errors)/,
      /^bcache: (?:\w+\(\) )?stop (?<device>[\w-]+): (?<what>too many IO errors) on backing device (?<member>\S+)/,
      /of (?<device>[\w-]+) is "\w+" and (?<what>cache is dirty, stop it)/,
    ],
    fields: { set: words, device: words, member: words, what: words },
  },
  bch_cache_set_error: {
    printer: 'drivers/md/bcache/super.c bch_cache_set_error()',
    releases: 'names the function since 5.10',
    examples: [
      'bcache: bch_cache_set_error() error on 01234567-89ab-cdef-0123-456789abcdef: io error reading bucket 17, disabling caching',
    ],
    opens: [{ form: 'line', literals: ['bcache: '], test: (text) => /\berror on [0-9a-f-]{36}: (?!.*: too many IO errors)/.test(text) }],
    start: /bcache: (?:\w+\(\) )?error on [0-9a-f-]{36}: /,
    reads: [/error on (?<set>[0-9a-f-]{36}): (?<what>.*?)(?: \d[^,]*)?(?:, disabling caching)?$/],
    fields: { set: words, what: words },
  },
  bch_detached: {
    printer: 'drivers/md/bcache/super.c cached_dev_detach_finish(), request.c',
    examples: ['bcache: cached_dev_detach_finish() Caching disabled for sdq'],
    ...sentence(BCACHE, ['Caching disabled for', 'I/O disabled on cached dev'], {
      tail: String.raw` (?<device>\S+)`,
      fields: { device: words },
    }),
  },
});
