import { aside, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { sentence, subject } from '../sentence.ts';

/** sdev_prefix_printk(), scmd_printk() of drivers/scsi/scsi_logging.c: `[sda] tag#0 ` since 3.18, without the tag before. */
const HEAD = String.raw`(?:s[drgt]|ses|osst|scsi|ch) (?<address>\d+:\d+:\d+:\d+): (?:\[(?<device>\w+)\] )?(?:tag#\d+ )?`;
const SCSI = subject(HEAD, { address: words, device: words });
const BARE = HEAD.replace(/\(\?<\w+>/g, '(?:');
const said = (source: string): RegExp => new RegExp(`${BARE}${source}`);
const LOGGING = 'drivers/scsi/scsi_logging.c';
const DRIVERS = ['sd ', 'sr ', 'sg ', 'st ', 'ses ', 'scsi '];

/** Where the message begins behind `sd 2:0:7:0: [sdm] tag#3 `; -1 where the line is none of SCSI's. Costs no pattern: many lines are looked at. */
function messageAt(text: string): number {
  let at = text.indexOf(': ');
  if (at < 0 || at > 40 || text.indexOf(':') === at) return -1;
  at += 2;
  if (text.charCodeAt(at) === 0x5b) {
    const end = text.indexOf(']', at);
    if (end < 0) return -1;
    at = end + 1;
    while (text.charCodeAt(at) === 0x20) at++;
  }
  if (!text.startsWith('tag#', at)) return at;
  const end = text.indexOf(' ', at);
  return end < 0 ? -1 : end + 1;
}
/** How the messages begin that mean trouble: disks say more of themselves at every boot. */
const TROUBLE = anyOf(
  String.raw`^(?:(?:[A-Z_]+|UNKNOWN\([^)]*\)) )?Result: |^Unhandled |^(?:CDB:)?\s*$|^CDB|^Sense Key|^Add\. Sense|^ *(?:<<vendor>>)? *ASC=`,
  String.raw`^SCSI error: |^[A-Z][\w /]*(?:\(\d+\))? failed: |^rejecting I\/O|^(?:scsi: )?[Dd]evice offlined|^timing out command`,
  String.raw`^attempting (?:task|device|target)|^(?:task abort|device reset|target reset)|^Warning! Received|^Unit Not Ready`,
  String.raw`^reservation conflict|^access beyond|^Medium access timeout|^device offline|^alua: `,
);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The message of a SCSI line, where it may be trouble. */
const trouble = (text: string): string | undefined => {
  const at = messageAt(text);
  // sizes, which each disk has at boot
  if (at < 0 || isDigit(text.charCodeAt(at))) return undefined;
  const message = text.slice(at);
  return TROUBLE.test(message) ? message : undefined;
};
const opens = (form: string, test: (message: string) => boolean) => [{ form, literals: DRIVERS, part: trouble, test }];

const FIELDS = { address: words, device: words } as const;
const LINE = { grammar: 'scsi', name: 'line', mode: 'scsi' } as const;
/** The device had a line of its own from 3.11 to 3.17 where a continuation was flushed: the next line has the message alone. */
const ALONE = { grammar: 'scsi', name: 'line', mode: 'scsi-text' } as const;
const RESULT = { host: words, driver: words, age: int, disposition: aside(words) } as const;
const further = (literals: readonly string[], test?: (text: string) => boolean) => [
  { form: 'scsi-alone', literals, ...(test === undefined ? {} : { test }) },
];

/** What the midlayer prints of a command that failed. */
export const SCSI_LINES = lines({
  scsi_print_result: {
    printer: `${LOGGING} scsi_print_result()`,
    releases:
      '`FAILED Result:` since 3.18; cmd_age since 5.10; numbers without CONFIG_SCSI_CONSTANTS; no driver byte of meaning since 5.14',
    examples: [
      'sd 4:0:2:0: [sdq] tag#17 FAILED Result: hostbyte=DID_TIME_OUT driverbyte=DRIVER_OK cmd_age=31s',
      'sd 4:0:2:0: [sdq] tag#17 UNKNOWN(0x2003) Result: hostbyte=0x04 driverbyte=0x00',
      'sd 4:0:2:0: [sdq]  Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE',
    ],
    start: said(String.raw` ?(?:(?:[A-Z_]+|UNKNOWN\([^)]*\)) )?Result: `),
    opens: opens('scsi', (message) => /^(?:(?:[A-Z_]+|UNKNOWN\([^)]*\)) )?Result: /.test(message)),
    rule: LINE,
    fields: { ...FIELDS, tag: aside(int), ...RESULT },
  },
  scsi_io_completion: {
    printer: 'drivers/scsi/scsi_lib.c scsi_io_completion()',
    releases: 'until 3.17: the result stands behind it',
    examples: ['sd 4:0:2:0: [sdq] Unhandled sense code', 'sd 4:0:2:0: [sdq] Unhandled error code'],
    start: said('Unhandled '),
    opens: opens('scsi', (message) => message.startsWith('Unhandled ')),
    rule: LINE,
    fields: FIELDS,
  },
  scsi_device_alone: {
    printer: `${LOGGING} sdev_printk() of a line whose rest was flushed`,
    releases: '3.11 to 3.17',
    examples: ['sd 4:0:2:0: [sdq] ', 'sd 4:0:2:0: [sdq] CDB: '],
    start: said(String.raw`(?:CDB:)?\s*$`),
    opens: opens('scsi-field', (message) => /^(?:CDB:)?\s*$/.test(message)),
    rule: LINE,
    fields: FIELDS,
  },
  scsi_print_sense_hdr: {
    printer: `${LOGGING} scsi_print_sense_hdr()`,
    examples: [
      'sd 4:0:2:0: [sdq] tag#17 Sense Key : Hardware Error [deferred] [descriptor] ',
      'sd 4:0:2:0: [sdq] tag#17 Sense Key : 0x4 [current] ',
    ],
    start: said('Sense Key'),
    // the result before it may be cut off: these two keys are never what a disk answers while it is found
    opens: [
      ...opens('scsi-sense', (message) => /^Sense Key : (?:Medium Error|Hardware Error|0x[34])\b/.test(message)),
      ...opens('scsi-field', (message) => message.startsWith('Sense Key')),
    ],
    rule: LINE,
    fields: { ...FIELDS, senseKey: words },
  },
  scsi_print_sense: {
    printer: `${LOGGING} scsi_print_sense_hdr()`,
    examples: ['sd 4:0:2:0: [sdq] tag#17 Add. Sense: Internal target failure', 'sd 4:0:2:0: [sdq] tag#17 ASC=0x44 <<vendor>>ASCQ=0x0 '],
    start: said(String.raw`(?:Add\. Sense: | *(?:<<vendor>>)? *ASC=)`),
    opens: opens('scsi-field', (message) => /^(?:Add\. Sense: | *(?:<<vendor>>)? *ASC=)/.test(message)),
    rule: LINE,
    fields: { sense: words, asc: words, ascq: words },
  },
  scsi_print_command: {
    printer: `${LOGGING} scsi_print_command()`,
    releases: 'the name is missing without CONFIG_SCSI_CONSTANTS; `Read(10): 28` until 3.17',
    examples: [
      'sd 4:0:2:0: [sdq] tag#17 CDB: Write(16) 8a 00 00 00 00 01 d1 c0 be af 00 00 00 01 00 00',
      'sd 4:0:2:0: [sdq] tag#17 CDB: opcode=0x2a 2a 00 00 04 00 00 00 00 80 00',
      'sd 4:0:2:0: [sdq] CDB: Write(10): 2a 00 00 04 00 00 00 00 80 00',
    ],
    start: said('CDB'),
    opens: opens('scsi-field', (message) => message.startsWith('CDB')),
    rule: LINE,
    fields: { cdb: words, bytes: aside(words) },
  },
  scsi_result_alone: {
    printer: `${LOGGING} scsi_print_result(), behind the device's own line`,
    releases: '3.11 to 3.17',
    examples: [
      'Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE',
      'Sense Key : Medium Error [current] [descriptor]',
      'Add. Sense: Unrecovered read error',
    ],
    start: /(?:Result: hostbyte=|Sense Key : |Add\. Sense: )/,
    opens: further(['Result: hostbyte=', 'Sense Key : ', 'Add. Sense: ']),
    rule: ALONE,
    fields: { host: words, driver: words, senseKey: words, sense: words },
  },
  scsi_command_alone: {
    printer: `${LOGGING} scsi_print_command(), behind the device's own line`,
    releases: '3.11 to 3.17',
    examples: ['Read(10): 28 00 00 04 00 00 00 00 80 00', 'cdb[0]=0x28: 28 00 00 04 00 00 00 00 80 00'],
    start: /(?:Read|Write|Verify|Synchronize Cache|Unmap)[\w/ ]*(?:\(\d+\))?: [0-9a-f]{2} |cdb\[0\]=0x/,
    opens: further(['Read(', 'Write(', 'Verify(', 'cdb[0]=0x'], (text) => /: [0-9a-f]{2} [0-9a-f]{2} /.test(text)),
    rule: ALONE,
    fields: { cdb: words, bytes: aside(words) },
  },
  sense_buffer: {
    printer: `${LOGGING} scsi_dump_sense_buffer()`,
    examples: ['Descriptor sense data with sense descriptors (in hex):', '        72 03 11 04 00 00 00 0c 00 0a 80 00 00 00 00 00 '],
    start: /Descriptor sense data|[0-9a-f]{2}(?: [0-9a-f]{2}){3,15}\s*$/,
    opens: further(['Descriptor sense data', '        72 ', '        70 ']),
  },
  scsi_finish_command_2_6: {
    printer: 'drivers/scsi/scsi_lib.c scsi_io_completion()',
    releases: 'until 2.6.22',
    examples: ['sd 4:0:2:0: SCSI error: return code = 0x08000002'],
    start: said('SCSI error: return code = '),
    opens: opens('scsi', (message) => message.startsWith('SCSI error: return code = ')),
    reads: [new RegExp(`^${HEAD}(?<what>SCSI error)`)],
    fields: { ...FIELDS, what: words },
  },

  sd_print_result: {
    printer: 'drivers/scsi/sd.c sd_print_result()',
    examples: [
      'sd 4:0:2:0: [sdq] Synchronize Cache(10) failed: Result: hostbyte=DID_BAD_TARGET driverbyte=DRIVER_OK',
      'sd 4:0:2:0: [sdq] Read Capacity(16) failed: Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK',
      'sd 4:0:2:0: [sdq] Start/Stop Unit failed: Result: hostbyte=0x01 driverbyte=DRIVER_OK',
    ],
    start: said(String.raw`[A-Z][\w /]*(?:\(\d+\))? failed: Result: `),
    opens: opens('scsi', (message) => /^[A-Z][\w /]*(?:\(\d+\))? failed: Result: /.test(message)),
    reads: [
      new RegExp(`${HEAD}(?<what>[A-Z][\\w /]*(?:\\(\\d+\\))? failed): Result: hostbyte=(?<host>\\w+)(?: driverbyte=(?<driver>\\w+))?`),
      new RegExp(`${HEAD}(?<what>[A-Z][\\w /]*(?:\\(\\d+\\))? failed)`),
    ],
    fields: { ...FIELDS, what: words, host: words, driver: words },
  },
  scsi_prep_state_check: {
    printer: 'drivers/scsi/scsi_lib.c scsi_device_state_check()',
    releases: 'scsi_prep_state_check() until 5.5',
    examples: ['sd 4:0:2:0: rejecting I/O to offline device', 'sd 4:0:2:0: [sdq] rejecting I/O to dead device'],
    ...sentence(SCSI, ['rejecting I/O to offline device', 'rejecting I/O to dead device']),
    opens: opens('line', (message) => /^rejecting I\/O to (?:offline|dead)/.test(message)),
  },
  scsi_eh_offline_sdevs: {
    printer: 'drivers/scsi/scsi_error.c scsi_eh_offline_sdevs(), sd.c sd_eh_action()',
    examples: [
      'sd 4:0:2:0: [sdq] tag#17 Medium access timeout failure. Offlining disk!',
      'sd 4:0:2:0: Device offlined - not ready after error recovery',
      'scsi 4:0:2:0: Device offlined - not ready after error recovery',
    ],
    ...sentence(SCSI, ['Device offlined', 'scsi: Device offlined', 'Medium access timeout failure']),
    opens: opens('line', (message) => /^(?:(?:scsi: )?[Dd]evice offlined|Medium access timeout)/.test(message)),
  },
  scsi_softirq_done: {
    printer: 'drivers/scsi/scsi_lib.c scsi_complete()',
    releases: 'scsi_softirq_done() until 5.13',
    examples: ['sd 4:0:2:0: [sdq] tag#17 timing out command, waited 180s'],
    ...sentence(SCSI, 'timing out command', { tail: String.raw`, waited (?<seconds>\d+)s`, fields: { seconds: int } }),
    opens: opens('line', (message) => message.startsWith('timing out command')),
  },
  scsi_abort: {
    printer: 'the abort handlers of drivers: mpt3sas, megaraid_sas, aacraid, fnic…',
    examples: [
      'sd 4:0:2:0: attempting task abort! scmd(0x00000000a1b2c3d4)',
      'sd 4:0:2:0: [sdq] attempting device reset! scmd(0x00000000a1b2c3d4)',
      'sd 4:0:2:0: [sdq] task abort on host 4, 00000000a1b2c3d4', // vmw_pvscsi
    ],
    ...sentence(SCSI, ['attempting task abort', 'attempting device reset', 'attempting target reset', 'task abort on host']),
    opens: opens('line', (message) => /^(?:attempting (?:task abort|device reset|target reset)|task abort on host \d)/.test(message)),
  },
  scsi_abort_fails: {
    printer: 'the abort handlers of drivers: mpt3sas, megaraid_sas…',
    examples: ['sd 4:0:2:0: task abort: FAILED scmd(0x00000000a1b2c3d4)', 'sd 4:0:2:0: device reset: FAILED scmd(0x00000000a1b2c3d4)'],
    ...sentence(SCSI, ['task abort: FAILED', 'device reset: FAILED', 'target reset: FAILED']),
    opens: opens('line', (message) => /^(?:task abort|device reset|target reset): FAILED/.test(message)),
  },
  scsi_report_sense: {
    printer: 'drivers/scsi/scsi_error.c scsi_report_sense()',
    examples: ['sd 4:0:2:0: Power-on or device reset occurred', 'sd 4:0:2:0: [sdq] tag#17 Power-on or device reset occurred'],
    start: said('Power-on or device reset occurred'),
  },
  scsi_report_sense_warning: {
    printer: 'drivers/scsi/scsi_error.c scsi_report_sense()',
    examples: ['sd 4:0:2:0: Warning! Received an indication that the LUN reached a thin provisioning soft threshold.'],
    start: said('Warning! Received an indication that the LUN reached'),
    opens: opens('line', (message) => message.startsWith('Warning! Received an indication that the LUN reached')),
    reads: [new RegExp(`^${HEAD}Warning! Received an indication that (?<what>the LUN reached[^.]*)`)],
    fields: { ...FIELDS, what: words },
  },
  sd_spinup_disk: {
    printer: 'drivers/scsi/sd.c sd_spinup_disk(), sd_done(); drivers/scsi/scsi_error.c',
    examples: ['sd 4:0:2:0: [sdq] Unit Not Ready', 'sd 4:0:2:0: [sdq] tag#17 reservation conflict'],
    ...sentence(SCSI, ['Unit Not Ready', 'reservation conflict']),
    opens: opens('line', (message) => /^(?:Unit Not Ready|reservation conflict)/.test(message)),
  },
  sd_setup_read_write: {
    printer: 'drivers/scsi/sd.c sd_setup_read_write_cmnd()',
    examples: ['sd 4:0:2:0: [sdq] tag#17 access beyond end of device'],
    ...sentence(SCSI, 'access beyond end of device'),
    opens: opens('line', (message) => message.startsWith('access beyond end of device')),
  },
  sd_setup_offline: {
    printer: 'drivers/scsi/sd.c sd_setup_read_write_cmnd()',
    examples: ['sd 4:0:2:0: [sdq] tag#17 device offline or changed'],
    ...sentence(SCSI, 'device offline or changed'),
    opens: opens('line', (message) => message.startsWith('device offline or changed')),
  },
  alua_rtpg: {
    printer: 'drivers/scsi/device_handler/scsi_dh_alua.c alua_rtpg(), alua_stpg()',
    examples: ['sd 4:0:2:0: alua: rtpg failed', 'sd 4:0:2:0: alua: stpg failed'],
    ...sentence(SCSI, ['alua: rtpg failed', 'alua: stpg failed']),
    opens: opens('line', (message) => /^alua: (?:rtpg|stpg) failed/.test(message)),
  },
  scsi_line: {
    printer: 'drivers/scsi: whatever else a device or its driver says',
    examples: ['sd 4:0:2:0: [sdq] tag#17 killing request', 'sd 4:0:2:0: [sdq] Write Protect is off'],
    start: new RegExp(BARE),
  },
});
