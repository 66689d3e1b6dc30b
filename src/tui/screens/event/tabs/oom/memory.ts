import type { Oom } from '../../../../../event/event.ts';
import { printable } from '../../../../../output/text/printable.ts';
import { bar } from '../../../../line/bar.ts';
import { cutMiddle, span } from '../../../../line/line.ts';
import { count } from '../../../../line/numbers.ts';
import { ROOMY, rule } from '../../../layout.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../../tab.ts';
import { checkRows } from './checks.ts';
import { limitRows } from './limits.ts';
import { saidIn } from './said.ts';
import { numbersOf } from './tasks.ts';
import { topTaskRows } from './top-tasks.ts';
import { usageRows } from './usage.ts';
import { adviceRows, evidenceRows, whyRows } from './why.ts';

/** What the kernel itself holds, by cache or by the code that asked: the report lists the greatest. */
function kernelRows({ slabs = [], allocations = [] }: Oom, width: number): TabRow[] {
  const items = [
    ...slabs.map(({ name, totalKb = 0, usedKb }) => ({ name, kb: totalKb, more: usedKb === undefined ? '' : `${count(usedKb)} kB used` })),
    ...allocations.map(({ site, func, bytes, calls }) => ({
      name: func === undefined ? site : `${site} ${func}`,
      kb: Math.round(bytes / 1024),
      more: calls === undefined ? '' : `${count(calls)} calls`,
    })),
  ]
    .sort((a, b) => b.kb - a.kb)
    .slice(0, 15);
  const most = Math.max(...items.map(({ kb }) => kb));
  const names = Math.min(width >= 100 ? 50 : 24, Math.max(...items.map(({ name }) => name.length)));
  const digits = Math.max(...items.map(({ kb }) => count(kb).length));
  const room = Math.max(0, width - names - digits - 28);
  return items.map(({ name, kb, more }, i) => ({
    line: [
      ' ',
      span(cutMiddle(printable(name), names).padEnd(names), 'label'),
      `  ${count(kb).padStart(digits)} kB  `,
      bar(kb / most, room).padEnd(room),
      span(`  ${more}`, 'dim'),
    ],
    section: i === 0,
  }));
}

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
    kernelRows(oom, width),
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
