import { type Line, span } from '../line/line.ts';
import { linesOf, MIDDLING, titled, WIDE } from '../screens/layout.ts';
import type { EventContext } from './tab.ts';
import type { ShownTab } from './tabs/index.ts';

/** What the kernel printed: below each tab whose rows are few. */
const BELOW = 'Raw';
/** Tabs that stand at the right of one that leaves room for them, from the top. */
const BESIDE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({ Trace: ['Registers', 'Code', BELOW], Memory: ['Zones', BELOW] }),
);

const LEFT_SHARE = 0.5;

/** Cells of the tab in front where others stand beside it. */
export function leftWidth({ width, view }: EventContext, { tab }: ShownTab): number | undefined {
  const wide = width >= WIDE && linesOf(view.size) >= MIDDLING;
  return wide && BESIDE.get(tab.name) !== undefined ? Math.round(width * LEFT_SHARE) : undefined;
}

/** The lines at the right: each tab under its name, as whole as there is room. */
export function besideLines(context: EventContext, { tab }: ShownTab, tabs: readonly ShownTab[], height: number): Line[] {
  const right = BESIDE.get(tab.name) ?? [];
  const others = right.filter((name) => name !== BELOW && tabs.some((each) => each.tab.name === name));
  // what stands below as well is shown once where others fill the right
  return stacked(context, 'right', others.length > 0 ? others : right, tabs, height);
}

/** Fewer lines than this below a tab say nothing. */
const LEAST = 6;

/** The lines below a tab that leaves so many free. */
export const belowLines = (context: EventContext, { tab }: ShownTab, tabs: readonly ShownTab[], height: number): Line[] =>
  height < LEAST || tab.name === BELOW ? [] : stacked(context, 'below', [BELOW], tabs, height);

function stacked(
  context: EventContext,
  at: 'right' | 'below',
  names: readonly string[],
  tabs: readonly ShownTab[],
  height: number,
): Line[] {
  const { view, source, event, place, width } = context;
  const key = `${source.version} ${width} ${height} ${names} ${view.time} ${view.query} ${place.unreliable} ${place.left}`;
  return view.memo.of(event, `beside ${at}`, key, () => {
    const lines: Line[] = [];
    for (const name of names) {
      const index = tabs.findIndex((each) => each.tab.name === name);
      const rows = tabs[index]?.tab.rows(context);
      const room = height - lines.length - 1;
      if (rows === undefined || room < 2) continue;
      const head = rows.head ?? [];
      const own = Array.from({ length: Math.max(0, Math.min(rows.count, room - head.length)) }, (_, i) => rows.row(i).line);
      lines.push(titled([span(`[${index + 1}]`, 'key'), span(name, 'label')], width), ...head, ...own);
    }
    return lines.slice(0, height);
  });
}
