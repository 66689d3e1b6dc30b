import { type EventContext, fixed, type Tab, type TabRow } from '../event/tab.ts';
import { ROOMY, rule } from '../screens/layout.ts';
import { checkRows } from './checks.ts';
import { allocationsOf, heldRows, slabsOf } from './held.ts';
import { limitRows } from './limits.ts';
import { numbersOf } from './tasks.ts';
import { topTaskRows } from './top-tasks.ts';
import { usageRows } from './usage.ts';
import { adviceRows, evidenceRows, whyRows } from './why.ts';

function sections(context: EventContext): TabRow[] {
  const { event, width } = context;
  const { oom } = event;
  if (oom === undefined) return [];
  const numbers = numbersOf(context);
  const blocks = [
    [...usageRows(event, width), ...limitRows(event)],
    numbers === undefined ? [] : topTaskRows(event, numbers, width, width >= ROOMY ? 5 : 3),
    [...whyRows(context, numbers), ...checkRows(oom, width), ...adviceRows(event, width)],
    heldRows('unreclaimable slab caches', slabsOf(event), width),
    heldRows('memory held by allocation site', allocationsOf(event), width),
    evidenceRows(event, width),
  ].filter((rows) => rows.length > 0);
  return blocks.flatMap((rows, i) => [...(i === 0 ? [] : [{ line: rule(width) }]), { ...rows[0]!, section: true }, ...rows.slice(1)]);
}

/** Where the memory went, who held it, why that task died, whether the numbers agree, what to try. */
export const memoryTab: Tab = {
  name: 'Memory',
  short: 'Mem',
  rows: (context) => {
    const { view, event, width } = context;
    const rows = view.memo.of(event, 'oom-memory', `${width}`, () => sections(context));
    return rows.length === 0 ? undefined : fixed(rows);
  },
};
