import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { sentence, subject } from '../sentence.ts';

/** ata_dev_printk(), ata_link_printk(), ata_port_printk() of include/linux/libata.h: `ata3.00: `, `ata3: `; `ata3.15: ` behind a multiplier. */
const PORT = String.raw`ata\d+(?:\.\d+)?: `;
const ATA = subject(String.raw`(?<port>ata\d+)(?:\.(?<link>\d+))?: `, { port: words, link: int });
const port = (...said: readonly string[]): RegExp => new RegExp(`${PORT}${anyOf(...said).source}`);
const trouble = { form: 'ata-trouble' } as const;
/** The errno in the words behind: ` (errno=-5)`. */
const ERRNO = { form: 'ata-trouble', tail: String.raw`.*?errno=(?<errno>-\d+)`, fields: { errno: int } } as const;
/** err_mask or Emask, AC_ERR_* of include/linux/libata.h. */
const EMASK = { form: 'ata-trouble', tail: String.raw`.*?(?:err_|E)mask=0x(?<errMask>[0-9a-f]+)`, fields: { errMask: hex } } as const;

const EH = 'drivers/ata/libata-eh.c';
const ATA_LINE = { grammar: 'ata', name: 'line', mode: 'ata' } as const;
/** What controllers add to an exception, and what is said of a device that comes back. */
const ADDS = [
  'irq_stat 0x', // ahci, sata_sil24
  'BMDMA stat 0x',
  'edma_err_cause', // sata_mv
  'port_status 0x', // sata_promise
  'dev_stat 0x',
  'CPB ', // sata_nv
  'configured for ',
  'device reported invalid CHS sector',
  'retrying FLUSH ',
  'sense data available but port frozen',
  'link online but ',
  'waking up from sleep',
];

/** What libata's error handler prints of one port or device: an exception, its commands, what it tries, and how that ends. */
export const ATA_LINES = lines({
  ata_eh_link_report: {
    printer: `${EH} ata_eh_link_report()`,
    examples: [
      'ata7.00: exception Emask 0x10 SAct 0x7800 SErr 0x400100 action 0x6 frozen',
      'ata7: exception Emask 0x50 SAct 0x0 SErr 0x4890800 action 0xe t4',
    ],
    opens: [{ form: 'ata', literals: ['exception Emask '], at: 'message', test: (text) => text.startsWith('ata') }],
    start: port('exception Emask '),
    rule: ATA_LINE,
    fields: { port: words, link: int, emask: hex, sact: hex, serr: hex, action: hex, frozen: aside(words), tries: int },
  },
  ata_eh_report_serror: {
    printer: `${EH} ata_eh_link_report()`,
    examples: ['ata7: SError: { UnrecovData Handshk }'],
    opens: [{ form: 'ata-field', literals: ['SError: {'], at: 'message' }],
    start: port('SError: '),
    rule: ATA_LINE,
    fields: { serror: words },
  },
  ata_eh_report_command: {
    printer: `${EH} ata_eh_link_report()`,
    releases: 'since 2.6.33',
    examples: ['ata7.00: failed command: WRITE FPDMA QUEUED'],
    // the line before it, the exception, may be cut off
    opens: [{ form: 'ata-trouble', literals: ['failed command: '], at: 'message', test: (text) => text.startsWith('ata') }],
    start: port('failed command: '),
    rule: ATA_LINE,
    fields: { port: words, link: int, command: words },
  },
  ata_eh_report_cmd: {
    printer: `${EH} ata_eh_link_report()`,
    examples: ['ata7.00: cmd 61/40:58:00:28:1c/05:00:3a:00:00/40 tag 11 ncq dma 688128 out'],
    opens: [{ form: 'ata-field', literals: ['cmd '], at: 'message', test: (text) => text.startsWith('ata') }],
    start: port(String.raw`cmd [0-9a-f]{2}\/`),
    rule: ATA_LINE,
    fields: { cmd: words, tag: int, protocol: words, bytes: int },
  },
  ata_eh_report_result: {
    printer: `${EH} ata_eh_link_report(): the second line of a record`,
    examples: [
      '         res 41/40:00:78:41:02/00:00:0a:00:00/00 Emask 0x409 (media error) <F>',
      'res 40/00:00:00:00:00/00:00:00:00:00/00 Emask 0x4 (timeout)',
    ],
    opens: [{ form: 'ata-result', literals: ['         res ', 'res '], test: (text) => /^\s*res [0-9a-f]{2}\/.*Emask 0x/.test(text) }],
    start: /res [0-9a-f]{2}\//,
    rule: { grammar: 'ata', name: 'line', mode: 'ata-text' },
    fields: { res: words, resEmask: hex, error: words },
  },
  ata_eh_report_status: {
    printer: `${EH} ata_eh_link_report()`,
    examples: ['ata7.00: status: { DRDY ERR }'],
    opens: [{ form: 'ata-field', literals: ['status: {'], at: 'message', test: (text) => text.startsWith('ata') }],
    start: port('status: '),
    rule: ATA_LINE,
    fields: { status: words },
  },
  ata_eh_report_error: {
    printer: `${EH} ata_eh_link_report()`,
    examples: ['ata7.00: error: { UNC }'],
    opens: [{ form: 'ata-trouble', literals: ['error: {'], at: 'message', test: (text) => text.startsWith('ata') }],
    start: port('error: '),
    rule: ATA_LINE,
    fields: { port: words, link: int, errors: words },
  },

  ata_exec_internal: {
    printer: 'drivers/ata/libata-core.c ata_exec_internal()',
    releases: '`after N msecs` since 6.0',
    examples: ['ata7.00: qc timeout after 5000 msecs (cmd 0xa1)', 'ata7.00: qc timeout (cmd 0xec)'],
    ...sentence(ATA, 'qc timeout', {
      form: 'ata-trouble',
      tail: String.raw`(?: after (?<ms>\d+) msecs)? \(cmd 0x(?<opcode>[0-9a-f]+)\)`,
      fields: { ms: int, opcode: hex },
    }),
  },
  ata_dev_read_id: {
    printer: 'drivers/ata/libata-core.c ata_dev_read_id()',
    examples: ['ata7.00: failed to IDENTIFY (I/O error, err_mask=0x5)'],
    ...sentence(ATA, 'failed to IDENTIFY', EMASK),
  },
  ata_dev_revalidate: {
    printer: 'drivers/ata/libata-core.c ata_dev_revalidate()',
    examples: ['ata7.00: revalidation failed (errno=-5)'],
    ...sentence(ATA, 'revalidation failed', ERRNO),
  },
  ata_dev_same_device: {
    printer: 'drivers/ata/libata-core.c ata_dev_same_device(), ata_dev_revalidate()',
    examples: [
      "ata7.00: model number mismatch 'DISK XYZ' != 'DISK ABC'",
      "ata7.00: serial number mismatch 'S1' != 'S2'",
      'ata7.00: n_sectors mismatch 3907029168 != 268435455',
      'ata7.00: class mismatch 1 != 3',
    ],
    ...sentence(ATA, ['model number mismatch', 'serial number mismatch', 'n_sectors mismatch', 'class mismatch'], trouble),
  },
  ata_eh_reset: {
    printer: `${EH} ata_eh_reset(), ata_do_reset(), sata_link_hardreset()`,
    examples: [
      'ata7: softreset failed (device not ready)',
      'ata7: hardreset failed (port not ready)',
      'ata7: COMRESET failed (errno=-16)',
      'ata7: prereset failed (errno=-19)',
      'ata7: SRST failed (errno=-16)',
      'ata7: reset failed (errno=-32), retrying in 8 secs',
    ],
    ...sentence(
      ATA,
      ['softreset failed', 'hardreset failed', 'COMRESET failed', 'prereset failed', 'SRST failed', 'reset failed (errno='],
      ERRNO,
    ),
  },
  ata_eh_reset_gives_up: {
    printer: `${EH} ata_eh_reset(), ata_eh_recover(), ata_scsi_port_error_handler()`,
    examples: [
      'ata7: reset failed, giving up',
      'ata7: EH pending after 5 tries, giving up',
      'ata7: failed to recover link after 3 tries, disabling',
      'ata7: failed to recover some devices, retrying in 5 secs',
    ],
    ...sentence(ATA, ['reset failed, giving up', 'EH pending after', 'failed to recover link', 'failed to recover some devices'], trouble),
  },
  ata_dev_disable: {
    printer: 'drivers/ata/libata-eh.c ata_dev_disable()',
    releases: '`disabled` until 5.15',
    examples: ['ata7.00: disable device', 'ata7.00: disabled'],
    ...sentence(ATA, ['disable device', 'disabled'], trouble),
    opens: [
      {
        form: 'ata-trouble',
        literals: ['disable device', 'disabled'],
        at: 'message',
        test: (text) => /^ata\d+(?:\.\d+)?: (?:disable device|disabled)$/.test(text),
      },
    ],
  },
  ata_dev_configure_semb: {
    printer: 'drivers/ata/libata-core.c ata_dev_read_id()',
    examples: ['ata7.00: IDENTIFY failed on device w/ SEMB sig, disabled', 'ata7.00: unsupported device, disabling'],
    ...sentence(ATA, ['IDENTIFY failed on device w/ SEMB sig', 'unsupported device, disabling'], trouble),
  },
  ata_down_xfermask_limit: {
    printer: 'drivers/ata/libata-core.c ata_down_xfermask_limit(), sata_down_spd_limit()',
    examples: ['ata7: limiting SATA link speed to 1.5 Gbps', 'ata7.00: limiting speed to UDMA/33:PIO4'],
    ...sentence(ATA, ['limiting SATA link speed', 'limiting speed'], {
      form: 'ata-trouble',
      tail: ' to (?<limit>.+)',
      fields: { limit: words },
    }),
  },
  ata_eh_speed_down: {
    printer: `${EH} ata_eh_speed_down()`,
    releases: '`excessive errors` since 2.6.22',
    examples: ['ata7.00: NCQ disabled due to excessive errors'],
    ...sentence(ATA, 'NCQ disabled', trouble),
  },
  ata_wait_ready: {
    printer: 'drivers/ata/libata-core.c ata_wait_ready()',
    releases: '`port is slow to respond` until 2.6.24',
    examples: ['ata7: link is slow to respond, please be patient (ready=-19)'],
    ...sentence(ATA, ['link is slow to respond', 'port is slow to respond', 'device not ready (errno'], trouble),
  },
  ata_sff_lost_interrupt: {
    printer: 'drivers/ata/libata-sff.c ata_sff_lost_interrupt()',
    examples: ['ata7: lost interrupt (Status 0x58)'],
    ...sentence(ATA, 'lost interrupt', trouble),
  },
  ata_qc_complete_multiple: {
    printer: 'drivers/ata/libata-sata.c ata_qc_complete_multiple()',
    examples: ['ata7: illegal qc_active transition (00000400->00000001)'],
    ...sentence(ATA, 'illegal qc_active transition', trouble),
  },
  ata_hpa_resize: {
    printer: 'drivers/ata/libata-core.c ata_hpa_resize()',
    examples: [
      'ata7.00: HPA support seems broken, skipping HPA handling',
      'ata7.00: device aborted resize (976773168 -> 976771055), skipping HPA handling',
      'ata7.00: failed to set max address (err_mask=0x1)',
      'ata7.00: failed to re-read IDENTIFY data after HPA resizing',
    ],
    ...sentence(
      ATA,
      ['HPA support seems broken', 'device aborted resize', 'failed to set max address', 'failed to re-read IDENTIFY data'],
      trouble,
    ),
  },
  ata_dev_set_mode: {
    printer: 'drivers/ata/libata-core.c ata_dev_set_xfermode(), libata-eh.c atapi_eh_tur(), sata_scr_read(), libata-pmp.c',
    examples: [
      'ata7.00: failed to set xfermode (err_mask=0x40)',
      'ata7.00: TEST_UNIT_READY failed (err_mask=0x5)',
      'ata7.15: failed to read PMP GSCR[0] (Emask=0x100)',
      'ata7: failed to read SCR 1 (Emask=0x40)',
      'ata7.00: FLUSH failed Emask 0x4',
      'ata7: failed to read log page 10h (errno=-5)',
    ],
    ...sentence(
      ATA,
      [
        'failed to set xfermode',
        'TEST_UNIT_READY failed',
        'failed to read PMP',
        'failed to read SCR',
        'FLUSH failed',
        'failed to read log page',
        'failed to resume link',
      ],
      EMASK,
    ),
  },
  ata_dev_configure_diagnostics: {
    printer: 'drivers/ata/libata-core.c ata_dev_print_features(), ata_dev_configure()',
    examples: [
      'ata7.00: Drive reports diagnostics failure. This may indicate a drive',
      'ata7.00: WARNING: device requires firmware update to be fully functional',
    ],
    ...sentence(ATA, ['Drive reports diagnostics failure', 'WARNING: device requires firmware update'], trouble),
  },
  ata_port_detach: {
    printer: `${EH} ata_eh_detach_dev(), ata_eh_handle_dev_fail()`,
    examples: ['ata7.00: detaching (SCSI 6:0:0:0)'],
    opens: [{ form: 'ata-field', literals: ['detaching (SCSI '], at: 'message' }],
    start: port(String.raw`detaching \(SCSI `),
    reads: [/detaching \(SCSI (?<scsi>\d+:\d+:\d+:\d+)\)/],
    fields: { scsi: words },
  },
  ata_eh_reset_begins: {
    printer: `${EH} ata_eh_reset()`,
    examples: ['ata7: hard resetting link', 'ata7: soft resetting link'],
    opens: [{ form: 'ata-field', literals: ['hard resetting link', 'soft resetting link'], at: 'message' }],
    start: port('(?:hard|soft) resetting link'),
    reads: [/(?<reset>hard|soft) resetting link/],
    fields: { reset: words },
  },
  sata_print_link_status: {
    printer: 'drivers/ata/libata-core.c sata_print_link_status()',
    examples: ['ata7: SATA link up 1.5 Gbps (SStatus 113 SControl 310)', 'ata7: SATA link down (SStatus 0 SControl 300)'],
    opens: [{ form: 'ata-field', literals: ['SATA link '], at: 'message' }],
    start: port('SATA link '),
    reads: [/SATA link up (?<linkSpeed>[\d.]+ Gbps)/, /(?<lost>SATA link down)/],
    fields: { linkSpeed: words, lost: aside(words) },
  },
  ata_scsi_port_error_handler: {
    printer: `${EH} ata_scsi_port_error_handler()`,
    examples: ['ata7: EH complete'],
    opens: [{ form: 'ata-field', literals: ['EH complete'], at: 'message' }],
    start: port('EH complete'),
    reads: [/(?<done>EH complete)/],
    fields: { done: aside(words) },
  },
  ata_line: {
    printer: 'drivers/ata: what a controller adds (irq_stat, edma_err…), how a device is configured',
    examples: ['ata7.00: irq_stat 0x40000001', 'ata7.00: configured for UDMA/133', 'ata7: BMDMA stat 0x25'],
    opens: [{ form: 'ata-field', literals: ADDS, at: 'message', test: (text) => /^ata\d+(?:\.\d+)?: /.test(text) }],
    start: new RegExp(PORT),
  },
});
