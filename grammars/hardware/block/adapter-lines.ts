import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { starts } from '../opens.ts';
import { sentence, subject } from '../sentence.ts';

/** qla2xxx ql_log(): driver, PCI function, message number, host: `qla2xxx [0000:81:00.1]-500b:10: `. */
const QLA = subject(String.raw`(?<driver>qla2xxx|qla4xxx) \[(?<device>[0-9a-f:.]+)\]-(?<code>[0-9a-f]{4}):(?<host>\d+)?:? ?`, {
  driver: words,
  device: words,
  code: aside(hex),
  host: int,
});
/** lpfc: driver, PCI function, host, message number: `lpfc 0000:3b:00.0: 0:1305 `. */
const LPFC = subject(
  String.raw`(?<driver>lpfc) (?<device>[0-9a-f:.]+): (?<host>\d+):(?:\(\d+\):)?\d{4} `,
  {
    driver: words,
    device: words,
    host: int,
  },
  'lpfc ',
);
/** ioc_info() of mpt3sas: the adapter's own name: `mpt3sas_cm0: `. */
const MPT = subject(String.raw`(?<device>mpt[23]sas(?:_cm)?\d+): `, { device: words });
/** PCI drivers of RAID adapters: `megaraid_sas 0000:03:00.0: `. */
const ADAPTER = subject(
  String.raw`(?<driver>megaraid_sas|hpsa|smartpqi|aacraid|pm80xx|mpi3mr|arcmsr\d*|3w-sas|isci|mvsas|fnic|zfcp) (?<device>[\w:.]+): `,
  {
    driver: words,
    device: words,
  },
);
const ZFCP = subject(String.raw`(?<driver>zfcp) (?<device>[\w.]+): `, { driver: words, device: words }, 'zfcp ');
/** aacraid's error handler names no device: drivers/scsi/aacraid/linit.c AAC_DRIVERNAME. */
const AACRAID = subject('(?<driver>aacraid): ', { driver: words }, 'aacraid: ');
/** What the firmware tells of its disks (PD) and arrays (VD), with its class. */
const MEGARAID_EVENT = /megaraid_sas [0-9a-f:.]+: \d+ \((?:boot \+ )?\d+s\/0x[0-9a-f]{4}\/(?:WARN|CRIT|FATAL|DEAD)\) - /;
/** A remote port of the Fibre Channel transport: ` rport-10:0-3: `. */
const RPORT = subject(String.raw`\s*(?<device>rport-\d+:\d+-\d+): `, { device: words });
/** A connection or session of the iSCSI transport: ` connection2:0: `. */
const ISCSI = subject(String.raw`\s*(?<device>(?:connection|session)\d+(?::\d+)?): `, { device: words });

/** Adapters and transports between the SCSI midlayer and its disks. */
export const ADAPTER_LINES = lines({
  qla2x00_async_event: {
    printer: 'drivers/scsi/qla2xxx/qla_isr.c qla2x00_async_event()',
    examples: ['qla2xxx [0000:5e:00.0]-500b:7: LOOP DOWN detected (2 7 0 0).'],
    ...sentence(QLA, 'LOOP DOWN detected'),
  },
  qla2x00_fatal: {
    printer: 'drivers/scsi/qla2xxx/qla_isr.c qla2x00_async_event(), qla24xx_process_atio_queue()',
    examples: [
      'qla2xxx [0000:5e:00.0]-5004:7: Unrecoverable Hardware Error: adapter marked OFFLINE!',
      'qla2xxx [0000:5e:00.0]-8035:7: ISP error recover failed - board disabled.',
      'qla2xxx [0000:5e:00.0]-5064:7: Recoverable Fatal error: Chip reset required.',
    ],
    ...sentence(QLA, [
      'Unrecoverable Hardware Error',
      'ISP error recover failed',
      'Recoverable Fatal error',
      'Unrecoverable Fatal error',
      'HW State: FAILED',
    ]),
  },
  qla2x00_mailbox_command: {
    printer: 'drivers/scsi/qla2xxx/qla_mbx.c qla2x00_mailbox_command(), qla_init.c qla2x00_abort_isp_cleanup()',
    examples: [
      'qla2xxx [0000:5e:00.0]-101e:7: Mailbox cmd timeout occurred, cmd=0x54, mb[0]=0x54. Scheduling ISP abort ',
      'qla2xxx [0000:5e:00.0]-00af:7: Performing ISP error recovery - ha=00000000a1b2c3d4.',
    ],
    ...sentence(QLA, ['Mailbox cmd timeout occurred', 'Performing ISP error recovery']),
  },
  qla2xxx_eh: {
    printer: 'drivers/scsi/qla2xxx/qla_os.c qla2xxx_eh_abort(), __qla2xxx_eh_generic_reset()',
    examples: [
      'qla2xxx [0000:5e:00.0]-800f:7: DEVICE RESET FAILED: Task management failed nexus=7:0:1 cmd=00000000a1b2c3d4.',
      'qla2xxx [0000:5e:00.0]-8017:7: ADAPTER RESET FAILED nexus=7:0:1.',
    ],
    ...sentence(QLA, ['DEVICE RESET FAILED', 'TARGET RESET FAILED', 'BUS RESET FAILED', 'ADAPTER RESET FAILED']),
  },
  qla2xxx_eh_resets: {
    printer: 'drivers/scsi/qla2xxx/qla_os.c qla2xxx_eh_device_reset(), qla2xxx_eh_host_reset()',
    examples: ['qla2xxx [0000:5e:00.0]-8009:7: DEVICE RESET ISSUED nexus=7:0:1 cmd=00000000a1b2c3d4.'],
    ...sentence(QLA, ['DEVICE RESET ISSUED', 'TARGET RESET ISSUED', 'BUS RESET ISSUED', 'ADAPTER RESET ISSUED']),
  },
  lpfc_mbx_issue_link_down: {
    printer: 'drivers/scsi/lpfc/lpfc_els.c, lpfc_hbadisc.c lpfc_mbx_cmpl_read_topology()',
    examples: [
      'lpfc 0000:3b:00.0: 0:1305 Link Down Event x2 received Data: x2 x20 x80110 x0 x0',
      'lpfc 0000:3b:00.0: 0:(0):0203 Devloss timeout on WWPN 50:00:09:72',
    ],
    ...sentence(LPFC, ['Link Down Event', 'Devloss timeout', 'Adapter Hardware Error', 'PCI channel Permanent Failure']),
  },
  lpfc_eh: {
    printer: 'drivers/scsi/lpfc/lpfc_scsi.c lpfc_device_reset_handler(), lpfc_target_reset_handler(), lpfc_host_reset_handler()',
    examples: ['lpfc 0000:3b:00.0: 0:(0):0713 SCSI layer issued Device Reset (1, 2) return x2002'],
    ...sentence(LPFC, ['SCSI layer issued Device Reset', 'SCSI layer issued Target Reset', 'SCSI layer issued Host Reset']),
  },
  fc_timeout_deleted_rport: {
    printer: 'drivers/scsi/scsi_transport_fc.c fc_timeout_deleted_rport()',
    examples: [' rport-7:0-4: blocked FC remote port time out: removing target and saving binding'],
    ...sentence(RPORT, 'blocked FC remote port time out', { tail: ': (?<action>.+)', fields: { action: words } }),
  },
  iscsi_conn_error_event: {
    printer: 'drivers/scsi/scsi_transport_iscsi.c iscsi_conn_error_event()',
    examples: [' connection3:0: detected conn error (1022)'],
    ...sentence(ISCSI, 'detected conn error', { tail: String.raw` \((?<error>\d+)\)`, fields: { error: int } }),
  },
  iscsi_check_transport_timeouts: {
    printer: 'drivers/scsi/libiscsi.c iscsi_check_transport_timeouts()',
    examples: [' connection3:0: ping timeout of 5 secs expired, recv timeout 5, last rx 4295108641, last ping 4295109892, now 4295111143'],
    ...sentence(ISCSI, 'ping timeout', { tail: String.raw` of (?<seconds>\d+) secs`, fields: { seconds: int } }),
  },
  session_recovery_timedout: {
    printer: 'drivers/scsi/scsi_transport_iscsi.c session_recovery_timedout()',
    examples: [' session3: session recovery timed out after 120 secs'],
    ...sentence(ISCSI, 'session recovery timed out', { tail: String.raw` after (?<seconds>\d+) secs`, fields: { seconds: int } }),
  },
  mpt3sas_reset: {
    printer: 'drivers/scsi/mpt3sas/mpt3sas_base.c _base_diag_reset(), mpt3sas_scsih.c scsih_host_reset()',
    examples: [
      'mpt3sas_cm3: diag reset: FAILED',
      'mpt3sas_cm3: Blocking the host reset',
      'mpt3sas_cm3: attempting host reset! scmd(0x00000000a1b2c3d4)',
      'mpt3sas_cm3: sending diag reset !!',
    ],
    ...sentence(MPT, [
      'diag reset: FAILED',
      'host reset: FAILED',
      'attempting host reset',
      'sending diag reset',
      'SAS host is non-operational',
      'Blocking the host reset',
    ]),
  },
  mpt3sas_log_info: {
    printer: 'drivers/scsi/mpt3sas/mpt3sas_base.c _base_sas_log_info()',
    examples: ['mpt3sas_cm3: log_info(0x31120303): originator(PL), code(0x12), sub_code(0x0303)'],
    opens: [{ form: 'line', literals: ['log_info(0x'], at: 'message', test: (text) => /^mpt[23]sas/.test(text) }],
    start: /mpt[23]sas\S*: log_info\(0x/,
    reads: [
      new RegExp(
        [
          String.raw`^(?<device>mpt[23]sas(?:_cm)?\d+): (?<what>log_info)\((?<logInfo>0x[0-9a-f]+)\): `,
          String.raw`originator\((?<originator>\w+)\), code\((?<code>0x[0-9a-f]+)\), sub_code\((?<subCode>0x[0-9a-f]+)\)`,
        ].join(''),
      ),
    ],
    fields: { device: words, what: words, logInfo: hex, originator: words, code: hex, subCode: hex },
  },
  megasas_decode_evt: {
    printer: 'drivers/scsi/megaraid/megaraid_sas_base.c megasas_decode_evt()',
    releases: 'from the class CRIT on, unless the parameter event_log_level says another',
    examples: [
      'megaraid_sas 0000:3b:00.0: 4711 (612345678s/0x0001/FATAL) - VD 00/0 is now OFFLINE',
      'megaraid_sas 0000:3b:00.0: 4711 (boot + 12s/0x0002/WARN) - Predictive failure: PD 03(e0x20/s3)',
    ],
    opens: [{ form: 'line', literals: ['megaraid_sas '], test: (text) => MEGARAID_EVENT.test(text) }],
    start: MEGARAID_EVENT,
    reads: [/^(?<driver>megaraid_sas) (?<device>[0-9a-f:.]+): \d+ \([^)/]*\/[^)/]*\/(?<class>\w+)\) - (?<what>.*)/],
    fields: { driver: words, device: words, class: words, what: words },
  },
  adapter_offline: {
    printer: 'drivers/scsi/{megaraid,hpsa,smartpqi,aacraid}: adapters that give up',
    examples: [
      'megaraid_sas 0000:3b:00.0: cannot recover from previous reset failures',
      'megaraid_sas 0000:3b:00.0: IO/DCMD timeout is detected, forcibly FAULT Firmware',
      'hpsa 0000:3b:00.0: controller lockup detected: LUN:0000 CDB:00',
      'smartpqi 0000:3b:00.0: controller offline: reason code 0x1 (firmware lockup)',
      'smartpqi 0000:3b:00.0: controller is offline: status code 0x14803',
      'megaraid_sas 0000:3b:00.0: Reset not supported, killing adapter scsi7.',
    ],
    ...sentence(ADAPTER, [
      'cannot recover from previous reset failures',
      'IO/DCMD timeout is detected',
      'controller lockup detected',
      'controller offline',
      'Reset not supported, killing adapter',
      'controller is offline',
      'failed to do reset',
      'Failed to transition controller to ready',
    ]),
  },
  aac_eh: {
    printer: 'drivers/scsi/aacraid/linit.c aac_eh_abort(), aac_eh_dev_reset(), aac_eh_bus_reset()',
    releases: 'the LUN on the same line or the next since 4.14',
    examples: [
      'aacraid: Host adapter abort request (7,0,12,0)',
      'aacraid: Host adapter abort request.',
      'aacraid: Host device reset request. SCSI hang ?',
      'aacraid: Host bus reset request. SCSI hang ?',
    ],
    ...sentence(
      AACRAID,
      [
        'Host adapter abort request',
        'Host device reset request',
        'Host target reset request',
        'Host bus reset request',
        'Host adapter reset request',
      ],
      { form: 'adapter', tail: String.raw` \((?<lun>\d+,\d+,\d+,\d+)\)`, fields: { lun: words } },
    ),
  },
  aac_outstanding: {
    printer: 'drivers/scsi/aacraid/linit.c aac_eh_abort()',
    examples: ['aacraid: Outstanding commands on (7,0,12,0):'],
    ...starts('adapter-field', ['aacraid: Outstanding commands on ']),
    reads: [/Outstanding commands on \((?<lun>\d+,\d+,\d+,\d+)\)/],
    fields: { lun: words },
  },
  aac_dead: {
    printer: 'drivers/scsi/aacraid/commsup.c aac_check_health()',
    examples: ['aacraid0: Host adapter is dead (or got a PCI error) -3', 'aacraid0: Host adapter BLINK LED 0xef'],
    ...sentence(subject(String.raw`(?<driver>aacraid)(?<host>\d*): `, { driver: words, host: int }), [
      'Host adapter is dead',
      'Host adapter BLINK LED',
    ]),
  },
  raid_aens: {
    printer: 'drivers/scsi/3w-9xxx.c twa_aen_queue_event(), 3w-sas.c; arcmsr/arcmsr_hba.c arcmsr_abort()',
    examples: [
      '3w-9xxx: scsi7: ERROR: (0x04:0x0009): Drive timeout detected:port=3.',
      'arcmsr7: abort device command of scsi id = 0 lun = 1',
    ],
    opens: [
      { form: 'line', literals: ['ERROR: (0x0'], at: 'message', test: (text) => text.startsWith('3w-') },
      {
        form: 'line',
        literals: ['abort device command of scsi id', 'executing bus reset eh'],
        at: 'message',
        test: (text) => text.startsWith('arcmsr'),
      },
    ],
    start: /(?:3w-\w+: (?:scsi\d+: )?ERROR: \(0x|arcmsr\d*: (?:abort device command of scsi id|executing bus reset eh))/,
    reads: [
      /^(?<driver>3w-\w+): (?:scsi(?<host>\d+): )?ERROR: \(0x(?<code>\w+:0x\w+)\): (?<what>[^:]+)(?::port=(?<port>\d+))?/,
      /^(?<driver>arcmsr)(?<host>\d*): (?<what>abort device command|executing bus reset)(?: of scsi id = (?<target>\d+))?/,
    ],
    fields: { driver: words, host: int, code: words, what: words, port: int, target: int },
  },
  zfcp_fsf_link_down: {
    printer:
      'drivers/s390/scsi/zfcp_fsf.c zfcp_fsf_link_down_info_eval(), zfcp_fsf_status_read_link_down(), zfcp_erp.c zfcp_erp_strategy_check_port()',
    examples: [
      'zfcp 0.0.1900: There is no light signal from the local fibre channel cable',
      'zfcp 0.0.1900: The link between the FCP adapter and the FC fabric is down',
      'zfcp 0.0.1900: ERP failed for remote port 0x500507630300c562',
    ],
    ...sentence(ZFCP, [
      ...['There is no light signal from the local fibre channel cable', 'The link between the FCP adapter and the FC fabric is down'],
      ...['The FCP adapter could not log in to the fibre channel fabric', 'The error threshold for checksum statistics has been exceeded'],
      ...['ERP failed for remote port', 'ERP failed for LUN'],
    ]),
  },
  zfcp_fsf_unrecoverable: {
    printer:
      'drivers/s390/scsi/zfcp_fsf.c zfcp_fsf_fsfstatus_qual_eval(), zfcp_erp.c zfcp_erp_strategy_check_adapter(), zfcp_qdio.c zfcp_qdio_open()',
    examples: [
      'zfcp 0.0.1900: ERP cannot recover an error on the FCP device',
      'zfcp 0.0.1900: The FCP adapter reported a problem that cannot be recovered',
      'zfcp 0.0.1900: All paths over this FCP device are disused because of excessive bit errors',
    ],
    ...sentence(ZFCP, [
      ...['ERP cannot recover an error on the FCP device', 'The FCP adapter reported a problem that cannot be recovered'],
      ...['All paths over this FCP device are disused', 'Setting up the QDIO connection to the FCP adapter failed'],
    ]),
  },
  adapter_resets: {
    printer: 'drivers/scsi/{megaraid,hpsa,smartpqi,aacraid}: resets',
    examples: [
      'megaraid_sas 0000:3b:00.0: pending commands remain after waiting, will reset adapter scsi7.',
      'smartpqi 0000:3b:00.0: resetting scsi 7:0:0:0',
      'aacraid 0000:3b:00.0: Host bus reset request. SCSI hang ?',
      'zfcp 0.0.1900: A QDIO problem occurred',
    ],
    ...sentence(ADAPTER, [
      'pending commands remain after waiting',
      'resetting scsi',
      'Host adapter abort request',
      'Host bus reset request',
      'A QDIO problem occurred',
    ]),
  },
});
