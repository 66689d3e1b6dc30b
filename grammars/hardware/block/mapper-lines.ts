import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** DMERR() and its like: `device-mapper: multipath: 253:3: `; the mapped device by name since 5.11, by number before. */
const DM = subject(
  String.raw`device-mapper: (?<target>[\w -]+): (?:(?<device>\d+:\d+|dm-\d+|[\w.-]{1,128}): )?`,
  {
    target: words,
    device: words,
  },
  'device-mapper: ',
);
const TARGET = /^device-mapper: [\w -]+: /;
const FAILURE =
  /[Ff]ail|[Ee]rror|ERROR|corrupt|out-of-data|out of data|read-only mode|[Ii]nvalidating|abort|reached maximum errors|have failed/;
/** What is no failure of the mapped device: a table that does not fit, arguments, a log that is started anew. */
const HARMLESS = /ioctl|[Uu]nable to|table: \S+: \S+: |target parameters|arguments?|Loading firmware|verity-loadpin|corrected \d/;

/** The device mapper: targets, and the devices below them. */
export const MAPPER_LINES = lines({
  fail_path: {
    printer: 'drivers/md/dm-mpath.c fail_path()',
    examples: ['device-mapper: multipath: 253:9: Failing path 65:48.'],
    ...sentence(DM, 'Failing path', { tail: String.raw` (?<member>\d+:\d+)`, fields: { member: words } }),
  },
  reinstate_path: {
    printer: 'drivers/md/dm-mpath.c reinstate_path()',
    releases: 'since 4.5',
    examples: ['device-mapper: multipath: 253:9: Reinstating path 65:48.'],
    start: /device-mapper: multipath: \S+ Reinstating path /,
  },
  queue_if_no_path_timeout: {
    printer: 'drivers/md/dm-mpath.c queue_if_no_path_timeout_work()',
    releases: 'since 5.6',
    examples: ['device-mapper: multipath: queue_if_no_path timeout on 253:9, failing queued IO'],
    ...sentence(DM, 'queue_if_no_path timeout', { tail: String.raw` on (?<mapped>[^,\s]+)`, fields: { mapped: words } }),
  },
  check_low_water_mark: {
    printer: 'drivers/md/dm-thin.c check_low_water_mark(), check_for_metadata_space()',
    examples: ['device-mapper: thin: 253:9: reached low water mark for data device: sending event.'],
    ...sentence(DM, ['reached low water mark for data device', 'reached low water mark for metadata device']),
  },
  set_pool_mode: {
    printer: 'drivers/md/dm-thin.c set_pool_mode(), notify_of_pool_mode_change()',
    releases: '`switching pool to read-only mode` until 4.19',
    examples: [
      'device-mapper: thin: 253:9: switching pool to out-of-data-space (queue IO) mode',
      'device-mapper: thin: 253:9: switching pool to read-only mode',
      'device-mapper: thin: 253:9: switching pool to failure mode',
    ],
    opens: [
      {
        form: 'line',
        literals: ['device-mapper: '],
        test: (text) => /^device-mapper: thin: \S+ switching pool to (?!write mode)/.test(text),
      },
    ],
    start: /device-mapper: thin: \S+ switching pool to (?!write mode)/,
    reads: [/^device-mapper: (?<target>thin): (?<device>\S+): (?<what>switching pool to (?<mode>[\w-]+(?: space)?)[^\n]*?(?: mode)?)$/],
    fields: { target: words, device: words, what: words, mode: words },
  },
  metadata_operation_failed: {
    printer: 'drivers/md/dm-thin.c metadata_operation_failed(), abort_transaction(); dm-cache-target.c',
    examples: [
      "device-mapper: thin: 253:9: metadata operation 'dm_pool_commit_metadata' failed: error = -5",
      'device-mapper: cache: 253:9: aborting current metadata transaction',
    ],
    opens: [
      {
        form: 'line',
        literals: ['device-mapper: '],
        test: (text) => /^device-mapper: [\w -]+: \S+: (?:metadata operation '|[Aa]borting current metadata transaction)/.test(text),
      },
    ],
    start: /device-mapper: [\w -]+: \S+: (?:metadata operation '|[Aa]borting current metadata transaction)/,
    reads: [
      /^device-mapper: (?<target>[\w -]+): (?<device>\S+): (?<what>metadata operation '(?<operation>\w+)' failed)(?:: error = (?<errno>-\d+))?/,
      /^device-mapper: (?<target>[\w -]+): (?<device>\S+): (?<what>[Aa]borting current metadata transaction)/,
    ],
    fields: { target: words, device: words, what: words, operation: words, errno: int },
  },
  verity_handle_err: {
    printer: 'drivers/md/dm-verity-target.c verity_handle_err()',
    examples: ['device-mapper: verity: 8:2: data block 4711 is corrupted', 'device-mapper: verity: 8:2: metadata block 4711 is corrupted'],
    opens: [
      {
        form: 'line',
        literals: ['device-mapper: '],
        test: (text) => /^device-mapper: verity: \S+: (?:meta)?data block \d+ is corrupted/.test(text),
      },
    ],
    start: /device-mapper: verity: \S+: (?:meta)?data block \d+ is corrupted/,
    reads: [/^device-mapper: (?<target>verity): (?<device>\S+): (?<what>(?:meta)?data block) (?<block>\d+) is corrupted/],
    fields: { target: words, device: words, what: words, block: int },
  },
  integrity_metadata: {
    printer: 'drivers/md/dm-integrity.c integrity_metadata(), dm_integrity_io_error(); dm-crypt.c',
    examples: [
      'device-mapper: integrity: dm-9: Checksum failed at sector 0x4e20',
      'device-mapper: integrity: Checksum failed at sector 0x4e20',
      'device-mapper: crypt: dm-9: INTEGRITY AEAD ERROR, sector 4711',
    ],
    opens: [
      {
        form: 'line',
        literals: ['device-mapper: '],
        test: (text) => /^device-mapper: (?:integrity|crypt): (?:\S+: )?(?:Checksum failed|INTEGRITY AEAD ERROR)/.test(text),
      },
    ],
    start: /device-mapper: (?:integrity|crypt): (?:\S+: )?(?:Checksum failed|INTEGRITY AEAD ERROR)/,
    reads: [
      /^device-mapper: (?<target>\w+): (?:(?<device>\S+): )?(?<what>Checksum failed|INTEGRITY AEAD ERROR)(?:,| at) sector (?<sector>\d+)$/,
      /^device-mapper: (?<target>\w+): (?:(?<device>\S+): )?(?<what>Checksum failed|INTEGRITY AEAD ERROR)/,
    ],
    fields: { target: words, device: words, what: words, sector: int },
  },
  mirror_fails: {
    printer: 'drivers/md/dm-raid1.c fail_mirror(), read_callback(), rh_failed',
    examples: [
      'device-mapper: raid1: Read failure on mirror device 8:33. Trying alternative device.',
      'device-mapper: raid1: All sides of mirror have failed.',
      'device-mapper: raid1: All replicated volumes dead, failing I/O',
    ],
    ...sentence(DM, ['Read failure on mirror device', 'All sides of mirror have failed', 'All replicated volumes dead'], {
      tail: String.raw` (?<member>\d+:\d+)`,
      fields: { member: words },
    }),
  },
  snapshot_invalid: {
    printer: 'drivers/md/dm-snap.c __invalidate_snapshot()',
    examples: [
      'device-mapper: snapshots: Invalidating snapshot: Error reading/writing.',
      'device-mapper: snapshots: Invalidating snapshot: Unable to allocate exception.',
    ],
    ...sentence(DM, ['Invalidating snapshot: Error reading/writing', 'Invalidating snapshot: Unable to allocate exception']),
  },
  dm_error: {
    printer: 'drivers/md/dm-*.c DMERR(): whatever else a target fails at',
    examples: ['device-mapper: era: metadata_commit failed', 'device-mapper: cache: 253:9: could not commit metadata: error = -5'],
    opens: [
      { form: 'line', literals: ['device-mapper: '], test: (text) => TARGET.test(text) && FAILURE.test(text) && !HARMLESS.test(text) },
    ],
    start: /device-mapper: [\w -]+: (?=[^\n]*(?:[Ff]ail|[Ee]rror|ERROR|corrupt|[Ii]nvalidating|abort|reached maximum errors))/,
    reads: [
      /^device-mapper: (?<target>[\w -]+): (?:(?<device>\d+:\d+|dm-\d+): )?(?<what>.*?)(?: (?:at )?(?:sector |block )?(?:0x)?[0-9]+[:0-9]*.*)?$/,
    ],
    fields: { target: words, device: words, what: words },
  },
});
