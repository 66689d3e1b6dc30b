import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { starts } from '../opens.ts';
import { sentence, subject } from '../sentence.ts';

const NBD = subject(String.raw`block (?<device>nbd\d+): `, { device: words });
const RESULT = { tail: String.raw` \(result (?<errno>-\d+)\)`, fields: { errno: int } } as const;
const DRBD = subject(String.raw`(?:block )?(?<device>drbd(?:\d+| [^\s:]+))(?: [^\s:]+)?: `, { device: words });

/** Block devices whose disk is elsewhere: a server, a file, a hypervisor. */
export const VIRTUAL_LINES = lines({
  nbd_xmit: {
    printer: 'drivers/block/nbd.c nbd_handle_reply(), nbd_send_cmd()',
    examples: ['block nbd7: Receive control failed (result -104)', 'block nbd7: Send data failed (result -32)'],
    ...sentence(
      NBD,
      ['Receive control failed', 'Receive data failed', 'Send control failed', 'Send data failed', 'Send disconnect failed'],
      RESULT,
    ),
  },
  nbd_xmit_timeout: {
    printer: 'drivers/block/nbd.c nbd_xmit_timeout(), nbd_handle_cmd()',
    examples: [
      'block nbd7: Connection timed out',
      'block nbd7: Dead connection, failed to find a fallback',
      'block nbd7: Possible stuck request 00000000a1b2c3d4: control (read@4096,4096B). Runtime 30 seconds',
      'block nbd7: Other side returned error (5)',
    ],
    ...sentence(NBD, ['Connection timed out', 'Dead connection', 'Possible stuck request', 'Other side returned error']),
  },
  loop_write_error: {
    printer: 'drivers/block/loop.c lo_write_bvec()',
    releases: 'until 6.13',
    examples: ['loop: Write error at byte offset 77824, length 4096.'],
    ...starts('line', ['loop: Write error at byte offset ']),
    reads: [/byte offset (?<at>\d+), length (?<bytes>\d+)/],
    fields: { at: int, bytes: int },
  },
  rbd_obj_handle_request: {
    printer: 'drivers/block/rbd.c rbd_img_handle_request()',
    examples: ['rbd: rbd7: write at objno 17 4096~8192 result -108', 'rbd7: read result -5'],
    opens: [{ form: 'line', literals: ['rbd'], test: (text) => /^(?:rbd: )?rbd\d+: \w[^\n]* result -\d+/.test(text) }],
    start: /(?:rbd: )?rbd\d+: \w[^\n]* result -/,
    reads: [
      /^(?:rbd: )?(?<device>rbd\d+): (?<what>\w+) .*result (?<errno>-\d+)/,
      /^(?:rbd: )?(?<device>rbd\d+): (?<what>\w+) result (?<errno>-\d+)/,
    ],
    fields: { device: words, what: words, errno: int },
  },
  rbd_watch: {
    printer: 'drivers/block/rbd.c rbd_watch_errcb(), rbd_acquire_lock()',
    examples: ['rbd: rbd7: encountered watch error: -107', 'rbd: rbd7: failed to acquire lock: -108'],
    ...sentence(subject(String.raw`rbd: (?<device>rbd\d+): `, { device: words }), ['encountered watch error', 'failed to acquire lock'], {
      tail: String.raw`: (?<errno>-\d+)`,
      fields: { errno: int },
    }),
  },
  dasd_error: {
    printer: 'drivers/s390/block/dasd_3990_erp.c, dasd_eckd.c, dasd.c',
    examples: [
      'dasd-eckd 0.0.4711: An error occurred in the DASD device driver, reason=09',
      'dasd-eckd 0.0.4711: No path left',
      'dasd-eckd 0.0.4711: I/O error return code -5',
    ],
    opens: [{ form: 'line', literals: ['dasd'], test: (text) => /^dasd-\w+ \S+: .*(?:error|fail|No path|No operational)/i.test(text) }],
    start: /dasd-\w+ \S+: [^\n]*(?:[Ee]rror|[Ff]ail|No path|No operational)/,
    reads: [/(?<device>\d+\.\d+\.[0-9a-f]+): (?<what>.*)/],
    fields: { device: words, what: words },
  },
  blkif_interrupt: {
    printer: 'drivers/block/xen-blkfront.c blkif_interrupt()',
    examples: ['blkfront: xvdq: write op failed', 'blkfront: xvdq: empty flush diskcache op failed'],
    opens: [{ form: 'line', literals: ['blkfront: '], test: (text) => / op failed$/.test(text) }],
    start: /blkfront: \w+: [\w -]+ op failed/,
    reads: [/^blkfront: (?<device>\w+): (?<what>[\w -]+ op failed)/],
    fields: { device: words, what: words },
  },
  zram_read: {
    printer: 'drivers/block/zram/zram_drv.c zram_read_page()',
    examples: ['zram: Decompression failed! err=-22, page=4711'],
    ...sentence(subject(String.raw`(?<driver>zram): `, { driver: words }), ['Decompression failed', 'Compression failed'], {
      tail: String.raw`! err=(?<errno>-\d+)`,
      fields: { errno: int },
    }),
  },
  drbd_state: {
    printer: 'drivers/block/drbd/drbd_state.c print_state_change()',
    examples: ['block drbd7: disk( UpToDate -> Failed )', 'drbd r0: conn( Connected -> NetworkFailure )'],
    opens: [
      {
        form: 'line',
        literals: ['disk( ', 'conn( ', 'peer( '],
        at: 'message',
        test: (text) => /drbd\S* ?.*-> (?:Failed|NetworkFailure|Timeout|BrokenPipe|ProtocolError) \)/.test(text),
      },
    ],
    start: /(?:block )?drbd[^\n]{0,64}: (?:disk|conn|peer)\( /,
    reads: [
      /^(?:block )?(?<device>drbd(?:\d+| [^\s:]+))(?: [^\s:]+)?: .*?(?<what>(?:disk|conn)\( \w+ -> (?:Failed|NetworkFailure|Timeout|BrokenPipe|ProtocolError) \))/,
    ],
    fields: { device: words, what: words },
  },
  drbd_receiver: {
    printer: 'drivers/block/drbd/drbd_receiver.c, drbd_worker.c',
    examples: ['drbd r0: PingAck did not arrive in time.', 'block drbd7: Split-Brain detected but unresolved, dropping connection!'],
    ...sentence(DRBD, ['PingAck did not arrive in time', 'Split-Brain detected but unresolved', 'Local IO failed']),
  },
});
