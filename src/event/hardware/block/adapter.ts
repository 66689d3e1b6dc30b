import { ADAPTER_LINES as ADAPTER } from '../../../../grammars/hardware/block/adapter-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

interface Told {
  readonly driver?: string;
  readonly device?: string;
  readonly what?: string;
}
/** Adapters are named by their driver, with the words that it prints. */
const adapter = ({ driver, device, what }: Told): string => `${driver ?? device ?? 'adapter'}: ${plain(what ?? 'error')}`;
const iscsi = ({ what }: Told): string => `iscsi: ${plain(what ?? 'error')}`;

export const ADAPTER_RULES = [
  // a link may come back before its remote ports time out
  ...each([ADAPTER.qla2x00_async_event, ADAPTER.lpfc_mbx_issue_link_down], { title: adapter, severity: 'warning' }),
  rule([ADAPTER.zfcp_fsf_link_down], { title: adapter, severity: ({ what }) => (what?.startsWith('ERP failed') ? 'error' : 'warning') }),
  ...each([ADAPTER.qla2x00_fatal, ADAPTER.adapter_offline, ADAPTER.zfcp_fsf_unrecoverable], { title: adapter, outcome: 'gone' }),
  // a driver that is loaded resets its adapter as well: what went wrong before is said on its own
  rule([ADAPTER.mpt3sas_reset], {
    title: adapter,
    // mpt3sas_dead_ioc_thread() removes the adapter
    outcome: ({ what }) => (what === 'SAS host is non-operational' ? 'gone' : 'reset'),
    severity: ({ what }) => (what === 'sending diag reset' ? 'info' : 'error'),
  }),
  ...each([ADAPTER.qla2x00_mailbox_command, ADAPTER.adapter_resets], { title: adapter, outcome: 'reset' }),
  rule([ADAPTER.aac_eh, ADAPTER.aac_outstanding], { title: adapter, fold: ['driver', 'lun'] }),
  rule([ADAPTER.megasas_decode_evt], {
    title: ({ what }) => `megaraid_sas: ${plain((what ?? '').replace(/\b([PV]D) [0-9a-f]\S*/g, '$1'))}`,
    // CRIT is also what asks for attention, such as a battery that charges
    severity: ({ class: said, what }) =>
      /^(?:FATAL|DEAD)$/.test(said ?? '') || (said === 'CRIT' && /offline|degraded|fail|error|lost|discard/i.test(what ?? ''))
        ? 'error'
        : 'warning',
    outcome: ({ what }) => (what?.endsWith('OFFLINE') ? 'stopped' : undefined),
    fold: ['device', 'what'],
  }),
  rule([ADAPTER.raid_aens], { title: adapter, fold: ['driver', 'host'] }),
  rule([ADAPTER.aac_dead], { title: adapter, fold: ['driver', 'host'], outcome: 'gone' }),
  rule([ADAPTER.qla2xxx_eh], { title: adapter }),
  rule([ADAPTER.lpfc_eh], { title: adapter, severity: 'warning', outcome: 'reset' }),
  rule([ADAPTER.qla2xxx_eh_resets], { title: adapter, severity: 'warning', outcome: 'reset' }),
  rule([ADAPTER.fc_timeout_deleted_rport], { title: 'FC remote port timed out ({device})', outcome: 'gone' }),
  rule([ADAPTER.iscsi_conn_error_event], { title: iscsi }),
  rule([ADAPTER.iscsi_check_transport_timeouts], { title: iscsi }),
  rule([ADAPTER.session_recovery_timedout], { title: iscsi, outcome: 'gone' }),
  rule([ADAPTER.mpt3sas_log_info], {
    title: ({ originator, code }) =>
      `mpt3sas: log info, originator ${originator ?? '?'}${code === undefined ? '' : `, code ${code.slice(2)}`}`,
    // the firmware's own log, which the driver prints for every aborted or retried command: what came of it is said on its own
    severity: 'info',
    fold: ['device', 'logInfo'],
  }),
];
