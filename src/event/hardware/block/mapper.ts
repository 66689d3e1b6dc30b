import { MAPPER_LINES as DM } from '../../../../grammars/hardware/block/mapper-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

const says = ({ target, what }: { readonly target?: string; readonly what?: string }): string =>
  `device-mapper ${target ?? ''}: ${plain(what ?? 'error')}`;
const FOLD = ['device', 'member'];

export const MAPPER_RULES = [
  rule([DM.fail_path], { title: says, fold: FOLD, outcome: 'degraded' }),
  rule([DM.queue_if_no_path_timeout], { title: says, fold: ['mapped'] }),
  // dmeventd is notified, and has time to extend the pool
  rule([DM.check_low_water_mark], { title: says, severity: 'warning' }),
  rule([DM.set_pool_mode], { title: says, outcome: 'stopped' }),
  rule([DM.metadata_operation_failed], { title: says }),
  rule([DM.verity_handle_err], { title: ({ what }) => `device-mapper verity: ${plain(what ?? 'block')} is corrupted` }),
  rule([DM.integrity_metadata], { title: says }),
  rule([DM.mirror_fails], { title: says, fold: FOLD }),
  rule([DM.snapshot_invalid], { title: says, outcome: 'gone' }),
  ...each([DM.dm_error], { title: says }),
];
