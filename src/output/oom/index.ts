import type { Event } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { wrap } from '../text/cells.ts';
import type { TextOptions } from '../text/event-table.ts';
import { printable } from '../text/printable.ts';
import { recordsList } from '../text/records.ts';
import type { Section } from '../text/sections.ts';
import { limitLines, memoryLines } from './memory.ts';
import { taskLines } from './tasks.ts';
import { zoneLines } from './zones.ts';

const bullets = (items: readonly string[], width: number): string[] =>
  items.flatMap((item) => wrap(item, Math.max(20, width - 6)).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`));

/** An OOM event in full: why, with the records each claim rests on; tables of memory, cgroup limits, zones, top tasks; what to try. */
export function oomSections(event: Event, { width, paint }: TextOptions): Section[] {
  const { oom } = event;
  if (!oom) return [];
  const why = (oom.cause?.evidence ?? []).map(
    (item) => `${printable(item.text)}${item.inferred ? ' (inferred)' : ''}${recordsList(item.records)}`,
  );
  const choice = oom.victimChoice?.limitPages;
  const sections: Section[] = [
    { title: 'Why (records in brackets)', lines: bullets(why, width) },
    { title: oom.usage?.scope === 'cgroup' ? 'Memory of the cgroup' : 'Memory', ...memoryLines(event) },
    { title: 'Limits', ...limitLines(event) },
    { title: 'Zones', ...zoneLines(event) },
    {
      title: `Tasks by badness${choice === undefined ? '' : ` (pages; oom_score_adj in thousandths of ${countText(choice)})`}`,
      ...taskLines(event),
    },
    { title: 'Try', lines: bullets((oom.cause?.tryNext ?? []).map(printable), width) },
    { title: 'Missing', lines: bullets((oom.missing ?? []).map(printable), width).map((line) => paint('guess', line)) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}
