import { BTRFS_LINES as BTRFS } from '../../../../grammars/hardware/filesystem/btrfs-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

interface Told {
  readonly level?: string;
  readonly device?: string;
  readonly function?: string;
  readonly what?: string;
}
const lead = ({ level, device }: Told): string => `BTRFS ${level ?? 'error'}${device === undefined ? '' : ` (device ${device})`}`;
const says = (told: Told): string => `${lead(told)}: ${plain(told.what ?? '')}`;
const bySeverity = ({ level }: Told) => (level === 'warning' || level === 'info' ? ('warning' as const) : ('error' as const));

export const BTRFS_RULES = [
  rule([BTRFS.__btrfs_handle_fs_error], {
    title: (told) => `${lead(told)} in ${told.function ?? '?'}`,
    fold: ['device', 'function'],
    outcome: 'stopped',
  }),
  // the counters of old errors, which a mount prints as information
  rule([BTRFS.btrfs_dev_stat_print_on_error], {
    title: (told) => `${lead(told)}: device errors`,
    fold: ['device', 'member'],
    severity: bySeverity,
  }),
  // only a warning to the kernel, but the data are wrong unless another copy is right
  ...each([BTRFS.btrfs_print_data_csum_error, BTRFS.btrfs_verify_tree, BTRFS.btrfs_end_super_write], { title: says }),
  // -5 is EIO, -117 EUCLEAN: what is on the disk is wrong; anything else may be an option that it does not take
  rule([BTRFS.open_ctree], {
    title: (told) => `${lead(told)}: not mounted, ${told.what ?? 'open_ctree failed'}`,
    severity: ({ errno }) => (errno === -5 || errno === -117 ? 'error' : 'warning'),
  }),
  rule([BTRFS.btrfs_repairs], { title: says, severity: 'warning', outcome: 'recovered' }),
  rule([BTRFS.btrfs_forced_readonly], { title: says, outcome: 'stopped' }),
  rule([BTRFS.btrfs_missing_device], { title: (told) => `${lead(told)}: device ${told.devid ?? '?'} is missing`, outcome: 'degraded' }),
  rule([BTRFS.__btrfs_abort_transaction], { title: 'BTRFS: {what}', outcome: 'stopped' }),
  rule([BTRFS.btrfs_printk], { title: says, severity: bySeverity }),
];
