import { type EventContext, fixed, type Tab, type TabRow } from '../event/tab.ts';
import { ROOMY, rule } from '../screens/layout.ts';
import { checkRows } from './checks.ts';
import { allocationsOf, heldRows, slabsOf } from './held.ts';
import { limitRows } from './limits.ts';
import { saidIn } from './said.ts';
import { numbersOf } from './tasks.ts';
import { topTaskRows } from './top-tasks.ts';
import { usageRows } from './usage.ts';
import { adviceRows, evidenceRows, whyRows } from './why.ts';

function sections(context: EventContext): TabRow[] {
  const { event, width } = context;
  const { oom } = event;
  if (oom === undefined) return [];
  const said = saidIn(context);
  const numbers = numbersOf(context);
  const blocks = [
    [...usageRows(oom, said, width), ...limitRows(oom, said)],
    numbers === undefined ? [] : topTaskRows(numbers, said, width, width >= ROOMY ? 5 : 3),
    [...whyRows(context, numbers, said), ...checkRows(oom, width), ...adviceRows(event, width)],
    heldRows('unreclaimable slab caches', slabsOf(oom), said, width),
    heldRows('memory held by allocation site', allocationsOf(oom), said, width),
    evidenceRows(event, width),
  ].filter((rows) => rows.length > 0);
  return blocks.flatMap((rows, i) => [...(i === 0 ? [] : [{ line: rule(width) }]), { ...rows[0]!, section: true }, ...rows.slice(1)]);
}

/** Where the memory went, who held it, why that task died, whether the numbers agree, what to try. */
export const memoryTab: Tab = {
  name: 'Memory',
  short: 'Mem',
  rows: (context) => {
    const { view, event, source, width } = context;
    const key = `${width} ${source.rowsOf(event)}`;
    const rows = view.memo.of(event, 'oom-memory', key, () => sections(context));
    return rows.length === 0 ? undefined : fixed(rows);
  },
};
