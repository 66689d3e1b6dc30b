import { overview } from '../../machine/overview/overview.ts';
import { partArguments } from './arguments.ts';
import { overviewText } from './overview-text.ts';
import type { Part } from './part.ts';
import { DIS_PART } from './part-dis.ts';
import { FILE_PARTS } from './parts-files.ts';
import { RAW_PARTS } from './parts-raw.ts';
import { BT_PART, FOREACH_PART } from './parts-stacks.ts';
import { SYSTEM_PARTS } from './parts-system.ts';
import { PS_PART, STUCK_PART } from './parts-tasks.ts';
import { WORK_PARTS } from './parts-work.ts';

const OVERVIEW_PART: Part = {
  name: 'overview',
  usage: '[overview]',
  about: 'what died and where, who is stuck on whom, where the memory is, what the dump lacks',
  answer(inspection, args) {
    partArguments('overview', args, []);
    const found = overview(inspection);
    return { rows: [found], columns: [], text: () => overviewText(found, inspection.kernel.memory.pageSize) };
  },
  // what the CPUs did is all that is left
  withoutTypes: (stacks, dump) => BT_PART.withoutTypes!(stacks, dump, ['-a']),
};

/** Everything that can be asked, in the order of `--help`. */
export const PARTS: readonly Part[] = [
  OVERVIEW_PART,
  PS_PART,
  BT_PART,
  FOREACH_PART,
  STUCK_PART,
  ...SYSTEM_PARTS,
  ...FILE_PARTS,
  ...WORK_PARTS,
  ...RAW_PARTS,
  DIS_PART,
];
