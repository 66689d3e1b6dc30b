import type { Frame, Severity } from '../event.ts';
import { type Fields, plain, type Rules } from './old-rule.ts';

/** What a message without a level must say to be an error. */
const TROUBLE =
  /error|corrupt|fail|inconsisten|invalid|bad |mismatch|wrong|abort|lost|unable|cannot|shut ?down|read-only|illegal|deadlock|not respond|damaged|broken|hung|timed out/i;
/** What a mount says while it tries one file system after the other, or of an unclean shutdown that it repairs. */
const HARMLESS =
  /[Cc]an't find|Magic Mismatch|[Mm]ounted|(?<!Re)mounting (?!fs with errors)|[Rr]ecovery|recovering|[Oo]rphan|Quota mode|errors=|option|feature|deprecated|Ending clean|Starting recovery|Unmounting|First \d+ bytes|run xfs_repair|Please u(?:n)?mount|no filesystem|not mark|bogus number|orphan|cleaning|re-mounted|unmounting|enabling|disabling|using |turning on|checking UUID|has skinny|first mount|force (?:zstd|lzo|zlib)|loading|scanned by|shut down requested/i;

const guilty = (f: Fields): readonly Frame[] => (f.function === undefined ? [] : [{ symbol: f.function }]);
const level = (f: Fields): Severity => (/^(?:warning|info)$/i.test(f.level ?? '') ? 'warning' : 'error');
const trouble = (f: Fields): boolean => !TROUBLE.test(f.what ?? '') || HARMLESS.test(f.what ?? '');

export const FILESYSTEM_RULES: Rules = {
  ext4_error: {
    kind: 'filesystem-error',
    severity: level,
    title: (f) =>
      `${f.fs ?? 'EXT'}-fs ${f.level ?? 'error'}${f.device === undefined ? '' : ` (device ${f.device})`}${f.function === undefined ? `: ${plain(f.what ?? '')}` : ` in ${f.function}`}`,
    fold: ['device', 'function'],
    frames: guilty,
    event: (f) => (f.comm === undefined ? {} : { task: { comm: f.comm } }),
  },
  ext4_msg: {
    kind: 'filesystem-error',
    severity: (f) => (/warning|error count|running e2fsck/i.test(f.what ?? '') || f.event !== undefined ? 'warning' : 'error'),
    title: (f) =>
      `${f.fs ?? 'EXT'}-fs (${f.device ?? '?'}): ${f.event === undefined ? plain(f.what ?? '') : `${f.event} error in ${f.function ?? '?'}`}`,
    unless: (f) => f.event === undefined && trouble(f),
  },
  jbd2_journal_abort: { kind: 'filesystem-error', severity: 'error', title: 'Aborting journal on device {device}' },
  jbd2_error: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `${f.fs ?? 'JBD2'}: ${plain(f.what ?? 'error')}${f.device === undefined ? '' : ` on ${f.device}`}`,
    unless: trouble,
  },
  xfs_corruption_error: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) =>
      `XFS (${f.device ?? '?'}): ${plain(f.what ?? 'corruption')}${f.caller === undefined && f.verifier === undefined ? '' : ` in ${f.verifier ?? f.caller}`}`,
    fold: ['device', 'caller', 'verifier'],
    frames: (f) => (f.verifier === undefined && f.caller === undefined ? [] : [{ symbol: f.verifier ?? f.caller }]),
  },
  xfs_force_shutdown: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `XFS (${f.device ?? '?'}): shut down${f.reason === undefined ? '' : `: ${plain(f.reason)}`}`,
  },
  xfs_buf_ioerror_alert: {
    kind: 'filesystem-error',
    severity: 'error',
    title: 'XFS ({device}): metadata I/O error[ in {function}]',
    fold: ['device', 'function'],
  },
  xfs_printk: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `XFS${f.device === undefined ? '' : ` (${f.device})`}: ${plain(f.what ?? '')}`,
    unless: trouble,
  },
  __btrfs_handle_fs_error: {
    kind: 'filesystem-error',
    severity: level,
    title: (f) =>
      `BTRFS ${f.level ?? 'error'}${f.device === undefined ? '' : ` (device ${f.device})`}${
        f.function === undefined ? `: ${f.member === undefined ? plain(f.what ?? '') : 'device errors'}` : ` in ${f.function}`
      }`,
    fold: ['device', 'function', 'member'],
    frames: guilty,
    unless: (f) =>
      f.level === 'info' && !/forced readonly|corrupt \d|errs: (?!wr 0, rd 0, flush 0, corrupt 0, gen 0)/.test(f.text ?? f.what ?? ''),
  },
  btrfs_printk: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `BTRFS: ${plain(f.what ?? 'error')}`,
    unless: (f) => trouble(f) && f.device === undefined,
  },
  f2fs_printk: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `F2FS-fs (${f.device ?? '?'}): ${plain(f.what ?? '')}`,
    unless: trouble,
  },
  call_timeout: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `${f.service ?? 'nfs'}: server not responding`,
    fold: ['service', 'server'],
    unless: (f) => f.what === 'OK',
  },
  nfs_error: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `NFS: ${plain(f.what ?? 'error')}`,
    fold: ['server'],
    unless: trouble,
  },
  cifs_reconnect: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `CIFS: ${plain((f.what ?? 'error').replace(/\\\\\S+/g, 'SHARE'))}`,
    fold: ['server'],
    unless: (f) => !/has not responded|error|fail/i.test(f.what ?? ''),
  },
  ceph_error: {
    kind: 'filesystem-error',
    severity: 'error',
    title: (f) => `ceph: ${f.server ?? 'server'} ${plain(f.what ?? '')}`,
    fold: ['server'],
    unless: (f) => !/down|hung|error|fail|lost|closed/i.test(f.what ?? ''),
  },
  fs_error: {
    kind: 'filesystem-error',
    severity: level,
    title: (f) => `${f.fs ?? 'file system'}${f.device === undefined ? '' : ` (${f.device})`}: ${plain(f.what ?? '')}`,
    unless: (f) => f.level === undefined && trouble(f) && !/not properly unmounted/.test(f.what ?? ''),
  },
};
