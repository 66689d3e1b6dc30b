import { plain, type Rules } from './old-rule.ts';

export const BLOCK_RULES: Rules = {
  blk_print_req_error: { kind: 'block-error', severity: 'error', title: '{error} error on {device}[ ({operation})]', fold: ['device'] },
  buffer_io_error: {
    kind: 'block-error',
    severity: 'error',
    title: (f) => `Buffer I/O error on ${f.device ?? 'a device'}${f.what === undefined ? '' : `, ${plain(f.what)}`}`,
  },
  end_buffer_write: { kind: 'block-error', severity: 'error', title: 'Lost page write[ on {device}]' },
  ata_eh_link_report: {
    kind: 'block-error',
    severity: 'error',
    title: (f) =>
      `${f.port ?? 'ata'}: exception${f.command === undefined ? '' : `, failed command ${plain(f.command)}`}${f.error === undefined ? '' : ` (${plain(f.error)})`}`,
    fold: ['port', 'link'],
    derive: (f) => ({ frozen: f.frozen !== undefined }),
  },
  ata_eh_trouble: {
    kind: 'block-error',
    severity: (f) => (/limiting|slow/.test(f.what ?? '') ? 'warning' : 'error'),
    title: (f) => `${f.port ?? 'ata'}: ${plain(f.what ?? 'error')}`,
    fold: ['port', 'link'],
  },
  scsi_print_result: {
    kind: 'block-error',
    severity: 'error',
    title: (f) =>
      `SCSI error${f.device === undefined ? '' : ` on ${f.device}`}: ${plain(f.sense ?? f.senseKey ?? f.host ?? 'command failed')}`,
    fold: ['address', 'device'],
  },
  scsi_trouble: {
    kind: 'block-error',
    severity: 'error',
    title: (f) => `SCSI${f.device === undefined ? '' : ` ${f.device}`}: ${plain(f.what ?? 'error')}`,
    fold: ['address', 'device'],
  },
  nvme_timeout: { kind: 'block-error', severity: 'error', title: 'nvme: I/O timeout on {device}' },
  nvme_log_error: {
    kind: 'block-error',
    severity: 'error',
    title: (f) => `nvme: ${plain(f.error ?? 'error')} on ${f.device ?? 'a device'} (${plain(f.operation ?? 'command')})`,
  },
  nvme_reset_work: {
    kind: 'block-error',
    severity: (f) => (/^(?:failed to|Could not|Abort status|Ignoring|reset controller)/.test(f.what ?? '') ? 'warning' : 'error'),
    title: (f) => `nvme: ${plain(f.what ?? 'controller error')} (${f.device ?? 'nvme'})`,
  },
  mmc_error: {
    kind: 'block-error',
    severity: 'error',
    title: (f) => `mmc: ${f.what === undefined ? '' : 'error '}${plain(f.what ?? f.said ?? f.rest ?? 'error')} on ${f.device ?? 'a card'}`,
  },
  md_error: {
    kind: 'block-error',
    severity: (f) => (/^(?:read error corrected|redirecting|kicking)/.test(f.what ?? '') ? 'warning' : 'error'),
    title: (f) =>
      `md: ${plain(f.what ?? 'error')}${f.member === undefined ? '' : ` on ${f.member}`}${f.device === undefined ? '' : ` (${f.device})`}`,
    fold: ['device', 'member'],
  },
  dm_error: {
    kind: 'block-error',
    severity: 'error',
    title: (f) => `device-mapper ${f.target ?? ''}: ${plain(f.what ?? 'error')}`,
    fold: ['device'],
  },
  nbd_error: { kind: 'block-error', severity: 'error', title: (f) => `${f.device ?? 'nbd'}: ${plain(f.what ?? 'error')}` },
  loop_error: { kind: 'block-error', severity: 'error', title: 'loop: write error' },
  dasd_error: {
    kind: 'block-error',
    severity: 'error',
    title: (f) => `${f.device ?? 'dasd'}: ${plain(f.what ?? 'error')}`,
    unless: (f) => f.errno === undefined && !/error|fail|No path/i.test(f.what ?? ''),
  },
};
