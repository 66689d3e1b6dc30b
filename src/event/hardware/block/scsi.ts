import { SCSI_LINES as SCSI } from '../../../../grammars/hardware/block/scsi-lines.ts';
import { hostByteName, senseCodeName, senseKeyName } from '../../../decode/scsi.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

/** What the midlayer adds to a result, in one line or several. */
const AROUND = [
  SCSI.scsi_print_result,
  SCSI.scsi_device_alone,
  SCSI.scsi_print_sense_hdr,
  SCSI.scsi_print_sense,
  SCSI.scsi_print_command,
  SCSI.scsi_result_alone,
  SCSI.scsi_command_alone,
] as const;
const FOLD = ['address', 'device'];

interface Result {
  readonly device?: string;
  readonly host?: string;
  readonly senseKey?: string;
  readonly sense?: string;
  readonly asc?: string;
  readonly ascq?: string;
  readonly what?: string;
}
/** Names of what a kernel without CONFIG_SCSI_CONSTANTS prints as numbers. */
const NAMES = {
  hostName: ({ host }: Result) => (host?.startsWith('0x') ? hostByteName(host) : undefined),
  senseName: ({ senseKey }: Result) => (senseKey?.startsWith('0x') ? senseKeyName(senseKey) : undefined),
  senseText: ({ asc, ascq }: Result) => (asc === undefined ? undefined : senseCodeName(asc, ascq ?? '0x0')),
};
type Names = { readonly [K in keyof typeof NAMES]?: string | undefined };

/** What says most: the sense data, else the host's byte, unless it is DID_OK. */
function reason(told: Result & Names): string {
  const sense = told.sense ?? told.senseText;
  const key = told.senseName ?? told.senseKey;
  const host = told.hostName ?? told.host;
  return plain(sense ?? key ?? told.what ?? (host === undefined || host === 'DID_OK' ? 'command failed' : host));
}
const on = ({ device }: Result): string => (device === undefined ? '' : ` on ${device}`);
/** Sense keys of commands that were carried out, or failed through no fault of the medium. */
const MILD = /^(?:No Sense|Recovered Error|Unit Attention|Illegal Request|Completed)$/;
const severity = (told: Result & Names) => (MILD.test(told.senseName ?? told.senseKey ?? '') ? ('warning' as const) : ('error' as const));

const failed = { derive: NAMES, severity, title: (told: Result & Names) => `SCSI error${on(told)}: ${reason(told)}`, fold: FOLD };
const says = (told: Result) => `SCSI${told.device === undefined ? '' : ` ${told.device}`}: ${plain(told.what ?? 'error')}`;

export const SCSI_RULES = [
  rule([SCSI.scsi_print_result, ...AROUND], failed),
  rule([SCSI.scsi_io_completion, ...AROUND], { ...failed, weak: true }),
  rule([SCSI.scsi_print_sense_hdr, ...AROUND], { ...failed, weak: true }),
  rule([SCSI.scsi_finish_command_2_6, ...AROUND], failed),
  rule([SCSI.sd_print_result, ...AROUND], {
    derive: NAMES,
    title: (told) => `SCSI${told.device === undefined ? '' : ` ${told.device}`}: ${plain(told.what ?? 'command failed')}${because(told)}`,
    fold: FOLD,
  }),
  ...each([SCSI.scsi_prep_state_check, SCSI.scsi_eh_offline_sdevs, SCSI.sd_setup_offline], { title: says, fold: FOLD, outcome: 'gone' }),
  ...each([SCSI.scsi_softirq_done, SCSI.sd_setup_read_write], { title: says, fold: FOLD }),
  rule([SCSI.scsi_abort], { title: says, fold: FOLD, severity: 'warning', outcome: 'reset' }),
  rule([SCSI.scsi_abort_fails], { title: says, fold: FOLD }),
  ...each([SCSI.scsi_report_sense_warning, SCSI.sd_spinup_disk, SCSI.alua_rtpg], { title: says, fold: FOLD, severity: 'warning' }),
];

function because(told: Result & Names): string {
  const host = told.hostName ?? told.host;
  return host === undefined || host === 'DID_OK' ? '' : ` (${host})`;
}
