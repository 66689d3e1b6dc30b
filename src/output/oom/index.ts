import type { Event, OomEvidence } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { wrap } from '../text/cells.ts';
import type { TextOptions } from '../text/event-table.ts';
import { printable } from '../text/printable.ts';
import { recordsText } from '../text/records.ts';
import type { Section } from '../text/sections.ts';
import { limitLines, memoryLines } from './memory.ts';
import { taskLines } from './tasks.ts';
import { zoneLines } from './zones.ts';

/** ` [381–384, 442]`: the records behind a claim. */
const recordsOf = ({ records }: OomEvidence): string => (records?.length ? ` [${recordsText(records)}]` : '');

const bullets = (items: readonly string[], width: number): string[] =>
  items.flatMap((item) => wrap(item, Math.max(20, width - 6)).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`));

/** An OOM event in full: why, with the records each claim rests on; tables of memory, cgroup limits, zones, top tasks; what to try. */
export function oomSections({ oom }: Event, { width, paint }: TextOptions): Section[] {
  if (!oom) return [];
  const why = (oom.cause?.evidence ?? []).map((item) => `${printable(item.text)}${item.inferred ? ' (inferred)' : ''}${recordsOf(item)}`);
  const choice = oom.victimChoice?.limitPages;
  const sections: Section[] = [
    { title: 'Why (records in brackets)', lines: bullets(why, width) },
    { title: oom.usage?.scope === 'cgroup' ? 'Memory of the cgroup' : 'Memory', lines: memoryLines(oom) },
    { title: 'Limits', lines: limitLines(oom) },
    { title: 'Zones', lines: zoneLines(oom) },
    {
      title: `Tasks by badness${choice === undefined ? '' : ` (pages; oom_score_adj in thousandths of ${countText(choice)})`}`,
      lines: taskLines(oom),
    },
    { title: 'Try', lines: bullets((oom.cause?.tryNext ?? []).map(printable), width) },
    { title: 'Missing', lines: bullets((oom.missing ?? []).map(printable), width).map((line) => paint('guess', line)) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}
