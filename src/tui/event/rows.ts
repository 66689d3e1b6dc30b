import { filterTest } from '../data/scan.ts';
import { plainText } from '../line/line.ts';
import type { EventContext, TabRows } from './tab.ts';
import type { ShownTab } from './tabs/index.ts';

/** The rows of a tab that the filters let through. */
export function visibleRows({ view, source, event, place, width }: EventContext, { tab, rows }: ShownTab): TabRows {
  if (!place.filtering || place.filters.length === 0) return rows;
  const key = `${source.version} ${event.id} ${tab.name} ${width} ${place.sort} ${place.unreliable} ${JSON.stringify(place.filters)}`;
  const kept = view.memo.of(source, 'tab-filter', key, () => {
    const test = filterTest(place.filters);
    return Array.from({ length: rows.count }, (_, i) => i).filter((i) => test(plainText(rows.row(i).line)));
  });
  return { ...rows, count: kept.length, row: (index) => rows.row(kept[index] ?? -1) };
}
