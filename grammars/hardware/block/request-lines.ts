import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, starts } from '../opens.ts';

/** blk_errors[] of block/blk-core.c: what a request ended with. */
const ERRORS = [
  'I/O',
  'timeout',
  'critical space allocation',
  'recoverable transport',
  'critical target',
  'critical nexus', // until 6.4
  'reservation conflict', // since 6.5
  'critical medium',
  'protection',
  'kernel resource',
  'device resource',
  'nonblocking retry',
  'dm internal retry',
  'open zones exceeded',
  'active zones exceeded',
  'device offline',
  'operation not supported',
  'duration limit exceeded', // since 6.7
  'invalid',
];

/** Requests that failed, whoever printed the reason before. */
export const REQUEST_LINES = lines({
  blk_print_req_error: {
    printer: 'block/blk-mq.c blk_print_req_error()',
    releases:
      'end_request() until 3.17, blk_update_request() since, print_req_error() 4.15 to 5.1; names itself until 5.17; op and flags since 4.20, phys_seg since 5.2',
    examples: [
      'critical medium error, dev sdq, sector 77824 op 0x0:(READ) flags 0x80700 phys_seg 3 prio class 2',
      'blk_update_request: I/O error, dev sdq, sector 77824 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 0',
      'print_req_error: I/O error, dev sdq, sector 77824',
      'end_request: I/O error, dev sdq, sector 77824',
    ],
    ...says(
      'line',
      ERRORS.map((error) => `${error} error, dev `),
    ),
    rule: { grammar: 'disk', name: 'request', mode: 'request' },
    fields: { error: words, device: words, sector: int, op: hex, operation: words, flags: hex, segments: int, prio: int },
  },
  buffer_io_error: {
    printer: 'fs/buffer.c buffer_io_error()',
    releases: '`on dev` since 4.1, `on device` before; what was lost stands in the line since 3.19',
    examples: [
      'Buffer I/O error on dev sdq1, logical block 9728, lost async page write',
      'Buffer I/O error on device sdq1, logical block 9728',
    ],
    ...starts('line', ['Buffer I/O error on dev']),
    reads: [/on dev(?:ice)? (?<device>\S+?), logical block (?<block>\d+)(?:, (?<what>.*))?/, /on dev(?:ice)? (?<device>[^\s,]+)/],
    fields: { device: words, block: int, what: words },
  },
  end_buffer_write_sync: {
    printer: 'fs/buffer.c end_buffer_write_sync(), end_buffer_async_write()',
    releases: 'until 3.18',
    examples: ['lost page write due to I/O error on sdq1'],
    ...starts('line', ['lost page write due to ']),
    reads: [/I\/O error on (?<device>\S+)/],
    fields: { device: words },
  },
  end_swap_bio_write: {
    printer: 'mm/page_io.c end_swap_bio_write(), end_swap_bio_read()',
    examples: ['Write-error on swap-device (8:18:262152)', 'Read-error on swap-device (8:18:262152)', 'Read-error on swap-device'],
    ...starts('line', ['Write-error on swap-device', 'Read-error on swap-device']),
    reads: [
      /^(?<operation>Write|Read)-error on swap-device \((?<device>\d+:\d+):(?<sector>\d+)\)/,
      /^(?<operation>Write|Read)-error on swap-device/,
    ],
    fields: { operation: words, device: words, sector: int },
  },
  ___ratelimit: {
    printer: 'lib/ratelimit.c ___ratelimit() for the functions above',
    examples: ['buffer_io_error: 29 callbacks suppressed', 'blk_update_request: 3 callbacks suppressed'],
    opens: [
      {
        form: 'suppressed',
        literals: [
          'buffer_io_error: ',
          'blk_update_request: ',
          'blk_print_req_error: ',
          'print_req_error: ',
          'end_swap_bio_write: ',
          'bio_check_eod: ',
          'scsi_io_completion_action: ',
          'nvme_log_error: ',
        ],
        test: (text) => /: \d+ callbacks suppressed/.test(text),
      },
    ],
    start: /\w+: \d+ callbacks suppressed/,
    reads: [/^(?<of>\w+): (?<suppressed>\d+) callbacks suppressed/],
    fields: { of: words, suppressed: int },
  },
  bio_check_eod: {
    printer: 'block/blk-core.c bio_check_eod()',
    releases: 'the task since 5.18; `handle_bad_sector()` until 5.3',
    examples: ['attempt to access beyond end of device', 'java: attempt to access beyond end of device'],
    ...says('beyond', ['attempt to access beyond end of device']),
    reads: [/^(?<comm>.{1,15}): (?<what>attempt to access beyond end of device)/, /(?<what>attempt to access beyond end of device)/],
    fields: { comm: aside(words), what: words },
  },
  bio_check_eod_where: {
    printer: 'block/blk-core.c bio_check_eod()',
    examples: ['sdq1: rw=2049, want=976773176, limit=976773168', 'sdq1: rw=524288, sector=976773168, nr_sectors = 8 limit=976773168'],
    opens: [{ form: 'beyond-field', literals: ['rw='], at: 'message', test: (text) => / ?limit=\d/.test(text) }],
    start: /[\w-]{1,32}: rw=\d+, /,
    reads: [
      /^(?<device>[\w-]+): rw=\d+, want=(?<sector>\d+), limit=(?<limit>\d+)/,
      /^(?<device>[\w-]+): rw=\d+, sector=(?<sector>\d+), nr_sectors = (?<sectors>\d+) limit=(?<limit>\d+)/,
    ],
    fields: { device: words, sector: int, sectors: int, limit: int },
  },
  t10_pi_verify: {
    printer: 'block/t10-pi.c t10_pi_verify(), ext_pi_crc64_verify()',
    examples: ['sdq: guard tag error at sector 77824 (rcvd 1a2b, want 3c4d)', 'sdq: ref tag error at location 77824 (rcvd 12)'],
    ...says('line', ['guard tag error at sector ', 'ref tag error at location ']),
    reads: [/^(?<device>[\w-]+): (?<what>guard tag error|ref tag error) at (?:sector|location) (?<sector>\d+)/],
    fields: { device: words, what: words, sector: int },
  },
  is_gpt_valid: {
    printer: 'block/partitions/efi.c find_valid_gpt()',
    examples: ['Primary GPT is invalid, using alternate GPT.', 'Alternate GPT is invalid, using primary GPT.'],
    ...starts('line', ['Primary GPT is invalid', 'Alternate GPT is invalid']),
    reads: [/^(?<what>(?:Primary|Alternate) GPT is invalid)/],
    fields: { what: words },
  },
  blk_check_partition: {
    printer: 'block/partitions/core.c check_partition()',
    examples: [' sdq: unable to read partition table', 'sdq: unable to read partition table'],
    ...says('line', ['unable to read partition table']),
    reads: [/^\s*(?<device>\w+): (?<what>unable to read partition table)/],
    fields: { device: words, what: words },
  },
});
