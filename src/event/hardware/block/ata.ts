import { ATA_LINES as ATA } from '../../../../grammars/hardware/block/ata-lines.ts';
import { sectorOf } from '../../../decode/taskfile.ts';
import { plain } from '../plain.ts';
import { type Outcome, rule } from '../rule.ts';

/** Lines that stand around an exception, whichever names the report. */
const AROUND = [
  ATA.ata_eh_report_serror,
  ATA.ata_eh_report_command,
  ATA.ata_eh_report_cmd,
  ATA.ata_eh_report_result,
  ATA.ata_eh_report_status,
  ATA.ata_eh_report_error,
  ATA.ata_eh_reset_begins,
  ATA.sata_print_link_status,
  ATA.ata_scsi_port_error_handler,
  ATA.ata_down_xfermask_limit,
  ATA.ata_port_detach,
] as const;
const FOLD = ['port', 'link'];

interface Ended {
  readonly done?: string;
  readonly lost?: string;
  readonly reset?: string;
}
/** `EH complete` follows everything, even a link that stayed down. */
const outcome = ({ done, lost, reset }: Ended): Outcome | undefined =>
  lost !== undefined ? 'gone' : done !== undefined ? 'recovered' : reset !== undefined ? 'reset' : undefined;

interface Command {
  readonly command?: string;
  readonly error?: string;
}
const failed = ({ command, error }: Command): string =>
  `${command === undefined ? '' : `, failed command ${plain(command)}`}${error === undefined ? '' : ` (${plain(error)})`}`;

interface Taskfile {
  readonly res?: string;
  readonly errors?: string;
  readonly command?: string;
}
/** The drive names a sector that it could not read or find. */
const sector = ({ res, errors, command }: Taskfile): number | undefined =>
  res !== undefined && /UNC|IDNF|AMNF/.test(errors ?? '') ? sectorOf(res, /EXT|FPDMA/.test(command ?? 'EXT')) : undefined;

/** Sentences of the error handler that no exception precedes. */
const TROUBLE = [
  ATA.ata_exec_internal,
  ATA.ata_dev_read_id,
  ATA.ata_dev_revalidate,
  ATA.ata_dev_same_device,
  ATA.ata_eh_reset,
  ATA.ata_dev_set_mode,
  ATA.ata_sff_lost_interrupt,
  ATA.ata_qc_complete_multiple,
] as const;
const SLOWER = [
  ATA.ata_down_xfermask_limit,
  ATA.ata_eh_speed_down,
  ATA.ata_wait_ready,
  ATA.ata_hpa_resize,
  ATA.ata_dev_configure_diagnostics,
] as const;
const says = ({ port, what }: { readonly port?: string; readonly what?: string }): string =>
  `${port ?? 'ata'}: ${plain((what ?? 'error').replace(/ \(errno=$/, ''))}`;

export const ATA_RULES = [
  rule([ATA.ata_eh_link_report, ...AROUND], {
    derive: { frozen: (told): boolean => told.frozen !== undefined, sector },
    title: (told) => `${told.port ?? 'ata'}: exception${failed(told)}`,
    fold: FOLD,
    outcome,
  }),
  rule([ATA.ata_dev_disable, ATA.ata_eh_link_report, ...AROUND], {
    derive: { sector },
    strong: true,
    title: (told) => `${told.port ?? 'ata'}: device disabled${failed(told)}`,
    fold: FOLD,
    outcome: 'gone',
  }),
  rule([ATA.ata_eh_report_command, ...AROUND], {
    derive: { sector },
    title: (told) => `${told.port ?? 'ata'}${failed(told).replace(/^,/, ':')}`,
    fold: FOLD,
    weak: true,
    outcome,
  }),
  rule([ATA.ata_eh_report_error, ...AROUND], {
    derive: { sector },
    title: '{port}: error[ ({errors})]',
    fold: FOLD,
    weak: true,
    outcome,
  }),
  rule([ATA.ata_dev_configure_semb], { title: says, fold: FOLD, outcome: 'gone' }),
  rule([ATA.ata_eh_reset_gives_up, ...AROUND], { title: says, fold: FOLD, outcome: 'gone' }),
  ...TROUBLE.map((row) => rule([row, ...AROUND], { title: says, fold: FOLD, weak: true, outcome })),
  ...SLOWER.map((row) =>
    rule([row, ...AROUND], {
      severity: 'warning',
      title: says,
      fold: FOLD,
      weak: true,
      outcome: row === ATA.ata_down_xfermask_limit || row === ATA.ata_eh_speed_down ? 'degraded' : outcome,
    }),
  ),
];
