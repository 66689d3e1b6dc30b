import { XFS_LINES as XFS } from '../../../../grammars/hardware/filesystem/xfs-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

interface Told {
  readonly device?: string;
  readonly what?: string;
}
const who = ({ device }: Told): string => `XFS${device === undefined ? '' : ` (${device})`}`;
const says = (told: Told): string => `${who(told)}: ${plain(told.what ?? '')}`;
/** The check that failed is a name where the kernel's macro gave it one (`XFS_WANT_CORRUPTED_GOTO`). */
const named = (check: string | undefined): string | undefined => (check !== undefined && /^[A-Z_]{6,}$/.test(check) ? check : undefined);

export const XFS_RULES = [
  rule([XFS.xfs_error_report, XFS.xfs_corruption_error], {
    title: (told) => {
      const at = told.caller ?? named(told.check) ?? told.file;
      return `${says(told)}${at === undefined ? '' : ` in ${at}`}`;
    },
    fold: ['device', 'caller', 'check'],
  }),
  rule([XFS.xfs_corruption_error], { title: says, weak: true }),
  rule([XFS.xfs_verifier_error], {
    title: (told) => `${says(told)}${told.verifier === undefined ? '' : ` in ${told.verifier}`}`,
    fold: ['device', 'verifier'],
  }),
  ...each([XFS.xfs_log_check_lsn, XFS.xfs_log_mount, XFS.xlog_recover, XFS.xlog_ioend, XFS.xfs_data_lost, XFS.xfs_inode_corrupt], {
    title: says,
  }),
  rule([XFS.xfs_shutdown_reason, XFS.xfs_force_shutdown], {
    title: (told) => `${who(told)}: shut down${told.reason === undefined ? '' : `: ${plain(told.reason)}`}`,
    // an administrator may ask for it (FS_IOC_SHUTDOWN, xfs_io -c shutdown)
    severity: ({ reason }) => (reason?.startsWith('User initiated') ? 'warning' : 'error'),
    outcome: 'stopped',
  }),
  rule([XFS.xfs_force_shutdown, XFS.xfs_shutdown_reason], { title: (told) => `${who(told)}: shut down`, weak: true, outcome: 'stopped' }),
  rule([XFS.xfs_buf_ioerror_alert], { title: 'XFS ({device}): metadata I/O error[ in {function}]', fold: ['device', 'function'] }),
  ...each([XFS.xfs_buf_retries], { title: says, severity: 'warning' }),
  rule([XFS.kmem_alloc], { title: 'XFS: {what}' }),
  rule([XFS.xfs_printk], { title: says }),
];
