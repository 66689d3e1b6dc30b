import type { Event } from '../../event/event.ts';
import { printable } from '../../output/text/printable.ts';
import { recordOf } from '../event/record-of.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../event/tab.ts';
import { verdictOf } from '../event/verdict.ts';
import { rule } from '../screens/layout.ts';
import { buddyRows } from './buddy.ts';
import { labelled } from './labelled.ts';
import { totalRows } from './totals.ts';
import { zoneRows } from './watermarks.ts';

/** What was asked for, and why it could not be had. */
function requestRows(context: EventContext, event: Event): TabRow[] {
  const { trigger } = event.oom ?? {};
  const order = trigger?.order;
  const asked = [
    order === undefined ? undefined : order < 0 ? 'by hand (SysRq-f)' : `order ${order}${order > 0 ? ` (${2 ** order} pages)` : ''}`,
    trigger?.gfpFlags?.join('|') ?? trigger?.gfpMask,
  ].filter((part) => part !== undefined);
  return [
    ...(asked.length === 0 ? [] : labelled('Request', asked.join(', '), context.width, { seq: recordOf(event, 'oom.trigger') })),
    ...labelled('Why', printable(verdictOf(context)), context.width, { role: 'guess' }),
  ];
}

function sections(context: EventContext): TabRow[] {
  const { event, width } = context;
  const { oom } = event;
  if (oom === undefined) return [];
  const blocks = [zoneRows(event, width), buddyRows(event, width), totalRows(event, width)].filter((rows) => rows.length > 0);
  if (blocks.length === 0) return [];
  return [requestRows(context, event), ...blocks].flatMap((rows, i) => [
    ...(i === 0 ? [] : [{ line: rule(width) }]),
    { ...rows[0]!, section: true },
    ...rows.slice(1),
  ]);
}

/** The machine's memory zone by zone: watermarks, free blocks, and why the request could not be served. */
export const zonesTab: Tab = {
  name: 'Zones',
  short: 'Zones',
  rows: (context) => {
    const { view, event, width } = context;
    const rows = view.memo.of(event, 'oom-zones', `${width}`, () => sections(context));
    return rows.length === 0 ? undefined : fixed(rows);
  },
};
