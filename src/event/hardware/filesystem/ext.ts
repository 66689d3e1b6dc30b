import { EXT_LINES as EXT } from '../../../../grammars/hardware/filesystem/ext4-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

interface Told {
  readonly fs?: string;
  readonly level?: string;
  readonly device?: string;
  readonly function?: string;
  readonly what?: string;
}
/** A complaint with its level and, mostly, the function that noticed: what is on the disk is wrong; the function is not to blame. */
const complains = ({ fs, level, device, function: name, what }: Told): string =>
  `${fs ?? 'EXT'}-fs ${level ?? 'error'}${device === undefined ? '' : ` (device ${device})`}${name === undefined ? `: ${plain(what ?? '')}` : ` in ${name}`}`;
const says = ({ fs, device, what }: Told): string => `${fs ?? 'EXT'}-fs (${device ?? '?'}): ${plain(what ?? '')}`;
const FOLD = ['device', 'function'];
const bySeverity = ({ level }: Told) => (level === 'warning' ? ('warning' as const) : ('error' as const));
const journal = ({ fs, device, what }: Told): string =>
  `${fs ?? 'JBD2'}: ${plain(what ?? 'error')}${device === undefined ? '' : ` on ${device}`}`;

export const EXT_RULES = [
  // only a warning to the kernel, but the data to be written are lost
  rule([EXT.ext4_end_bio], { title: complains, fold: FOLD }),
  rule([EXT.ext4_error], { title: complains, fold: FOLD, severity: bySeverity }),
  rule([EXT.ext4_error_bare], { title: complains, severity: bySeverity }),
  rule([EXT.print_daily_error_info], { title: says, severity: 'warning' }),
  rule([EXT.print_daily_error_info_when], {
    title: (told) => `${told.fs ?? 'EXT'}-fs (${told.device ?? '?'}): ${told.event ?? 'last'} error in ${told.function ?? '?'}`,
    severity: 'warning',
  }),
  rule([EXT.ext4_handle_error], { title: says, outcome: 'stopped' }),
  // a check that is due by count or date says nothing of the disk; errors and an unchecked journal do
  rule([EXT.ext4_setup_super], { title: says, severity: ({ what }) => (/mount count|checktime/.test(what ?? '') ? 'info' : 'warning') }),
  ...each([EXT.mpage_map_and_submit_extent, EXT.ext4_commit_super, EXT.ext4_fill_super, EXT.ext4_msg], { title: says }),
  rule([EXT.jbd2_journal_abort], { title: 'Aborting journal on device {device}', outcome: 'stopped' }),
  rule([EXT.jbd2_error], { title: journal }),
  rule([EXT.jbd2_recovery], {
    title: (told) =>
      told.transaction === undefined ? journal(told) : journal({ ...told, what: `${told.what ?? 'transaction'} is corrupt` }),
  }),
];
