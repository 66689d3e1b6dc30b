import { RAID_LINES as RAID } from '../../../../grammars/hardware/block/raid-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

interface Told {
  readonly what?: string;
  readonly member?: string;
  readonly device?: string;
}
const says = ({ what, member, device }: Told): string =>
  `md: ${plain(what ?? 'error')}${member === undefined ? '' : ` on ${member}`}${device === undefined ? '' : ` (${device})`}`;
const FOLD = ['device', 'member'];

export const RAID_RULES = [
  rule([RAID.raid1_error], { title: says, fold: FOLD, outcome: 'degraded' }),
  rule([RAID.raid10_exceeds], { title: says, fold: FOLD }),
  rule([RAID.raid5_too_many_errors], { title: says, fold: FOLD, outcome: 'degraded' }),
  ...each([RAID.raid5_cannot_continue], { title: says, fold: FOLD, outcome: 'stopped' }),
  ...each([RAID.raid5_dirty, RAID.md_do_sync, RAID.raid10_recovery], { title: says, fold: FOLD, severity: 'warning' }),
  ...each([RAID.raid1_end_read, RAID.raid5_end_read_request, RAID.super_written, RAID.md_import_device, RAID.md_flush_error], {
    title: says,
    fold: FOLD,
  }),
  ...each([RAID.raid1_reschedules, RAID.raid1_redirects], { title: says, fold: FOLD, severity: 'warning' }),
  rule([RAID.raid5_mismatch], { title: 'md: parity mismatch ({device})', severity: 'warning' }),
  rule([RAID.fix_read_error], { title: says, fold: FOLD, severity: 'warning', outcome: 'recovered' }),
  rule([RAID.md_kick_rdev], { title: says, fold: FOLD, severity: 'warning', outcome: 'degraded' }),

  rule([RAID.bch_count_io_errors], { title: 'bcache: I/O error on {device}[, {operation}]' }),
  ...each([RAID.bch_count_io_errors_too_many], { title: 'bcache: {what}[ ({device})]', outcome: 'stopped' }),
  rule([RAID.bch_cache_set_error], {
    title: ({ what }) => `bcache: cache set error, ${plain(what ?? 'unknown')}`,
    fold: ['set'],
    outcome: 'degraded',
  }),
  rule([RAID.bch_detached], { title: 'bcache: {what} {device}', severity: 'warning', outcome: 'degraded' }),
];
