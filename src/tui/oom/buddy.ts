import type { Event, OomZone } from '../../event/event.ts';
import { pad } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import type { TabRow } from '../event/tab.ts';
import { bar } from '../line/bar.ts';
import { cutRight, type Span, span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { labelled } from './labelled.ts';
import { zoneName } from './watermarks.ts';

/** Cells of a zone: blocks, bar, migrate types, gap. */
const BLOCKS = 7;
const TYPES = 5;
const AROUND = BLOCKS + 1 + 1 + TYPES + 2;
const BAR = { least: 5, most: 12 };
/** ` order  block kB `. */
const ORDER = 17;

type Block = NonNullable<OomZone['buddy']>[number];

/** Free blocks by order, zones beside each other: what a request of an order could have had. */
export function buddyRows(event: Event, width: number): TabRow[] {
  const zones = (event.oom?.zones ?? []).filter(({ buddy }) => (buddy?.length ?? 0) > 0);
  if (zones.length === 0) return [];
  // the last zone needs no gap behind it
  const room = width - ORDER + 2;
  const beside = Math.max(1, Math.min(zones.length, Math.floor(room / (AROUND + BAR.least))));
  const bars = Math.min(BAR.most, Math.floor(room / beside) - AROUND);
  const rows: TabRow[] = [];
  for (let i = 0; i < zones.length; i += beside) {
    if (i > 0) rows.push({ line: [] });
    rows.push(...groupRows(zones.slice(i, i + beside), bars, event));
  }
  const order = event.oom?.trigger?.order ?? 0;
  const asked = order > 0 ? `▸ order ${order} was asked for, smaller blocks cannot serve it; ` : '';
  rows.push(...labelled('', `${asked}blocks, their share of what is free in the zone, migrate types`, width, { role: 'dim' }));
  return rows;
}

function groupRows(zones: readonly OomZone[], bars: number, event: Event): TabRow[] {
  const zoneCells = AROUND + bars;
  const wanted = Math.max(event.oom?.trigger?.order ?? 0, 0);
  const orders = [...new Set(zones.flatMap(({ buddy = [] }) => buddy.map(({ order }) => order)))].sort((a, b) => a - b);
  const sizeOf = (order: number): number | undefined =>
    zones.flatMap(({ buddy = [] }) => buddy).find((block) => block.order === order)?.sizeKb;
  // of a zone's records the last is its free blocks'
  const seq = event.sources?.[`oom.zones.${event.oom?.zones?.indexOf(zones[0]!)}`]?.at(-1);
  return [
    {
      line: [
        span(' order  block kB '.padEnd(ORDER), 'dim'),
        ...zones.map((zone) => span(pad(cutRight(printable(zoneName(zone)), zoneCells - 2), zoneCells), 'label')),
      ],
      section: true,
    },
    ...orders.map((order): TabRow => {
      const kb = sizeOf(order);
      const asked = order === wanted && wanted > 0;
      const small = order < wanted;
      return {
        line: [
          span(
            `${asked ? '▸' : ' '}${`${order}`.padStart(5)}  ${(kb === undefined ? '–' : count(kb)).padStart(8)} `,
            small ? 'dim' : undefined,
          ),
          ...zones.flatMap((zone, i) => blockCell(zone, order, { bars, small, end: i === zones.length - 1 })),
        ],
        seq,
      };
    }),
    {
      line: [
        span(' free kB'.padEnd(ORDER), 'dim'),
        ...zones.map((zone) => (zone.buddyTotalKb === undefined ? '–' : count(zone.buddyTotalKb)).padStart(BLOCKS).padEnd(zoneCells)),
      ],
      seq,
    },
  ];
}

/** `      3 ████     UME  `: the bar is what these blocks hold of all that is free in the zone. */
function blockCell({ buddy = [] }: OomZone, order: number, { bars, small, end }: { bars: number; small: boolean; end: boolean }): Span[] {
  const block = buddy.find((one) => one.order === order);
  if (block === undefined) return [span(' '.repeat(AROUND + bars))];
  const kb = (one: Block): number => one.count * one.sizeKb;
  const whole = buddy.reduce((total, one) => total + kb(one), 0);
  const text = `${count(block.count).padStart(BLOCKS)} ${bar(kb(block) / whole, bars).padEnd(bars)} ${pad(cutRight(printable(block.types ?? ''), TYPES), TYPES)}  `;
  return [span(end ? text.trimEnd() : text, small || block.count === 0 ? 'dim' : undefined)];
}
