import type { Event, Oom, OomEvidence, OomZone } from '../../event/event.ts';
import { wrap } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { recordOf } from '../event/record-of.ts';
import type { TabRow } from '../event/tab.ts';
import { span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import type { Role } from '../theme/roles.ts';
import { type Droppable, fitting, headRow, tableRow } from './fit.ts';
import { recordsTail } from './labelled.ts';
import { numberIn, type PageUnit, pageUnit } from './units.ts';

export const zoneName = ({ node, name }: OomZone): string => `${node === undefined ? '' : `Node ${node} `}${name}`;

/** Between which watermarks the free pages are. */
function levelOf({ freeKb, minKb, lowKb, highKb }: OomZone): { readonly text: string; readonly role?: Role } {
  if (freeKb === undefined || minKb === undefined) return { text: 'unknown' };
  if (freeKb < minKb) return { text: 'below min', role: 'fatal' };
  if (lowKb !== undefined && freeKb < lowKb) return { text: 'below low', role: 'degraded' };
  if (highKb !== undefined && freeKb < highKb) return { text: 'below high', role: 'degraded' };
  return { text: 'above high' };
}

/** `███│··│··│`: free pages as a bar, the three watermarks as strokes on the same scale. @tested */
export function gauge({ freeKb = 0, minKb, lowKb, highKb }: OomZone, width: number): string {
  const marks = [minKb, lowKb, highKb].filter((kb) => kb !== undefined);
  const scale = Math.max(freeKb, ...marks);
  if (scale <= 0 || width < 4) return '';
  const at = (kb: number): number => Math.min(width - 1, Math.max(0, Math.round((kb / scale) * width) - 1));
  const line = Array.from<unknown, string>({ length: width }, (_, i) => (i < Math.round((freeKb / scale) * width) ? '█' : ' '));
  for (const kb of marks) line[at(kb)] = '│';
  return line.join('').trimEnd();
}

/** Least cells of the gauge, and when it gives way. */
const GAUGE = 14;
const GAUGE_DROP = 30;

type ZoneColumn = Droppable & { readonly text: (zone: OomZone) => string };

function columnsOf(zones: readonly OomZone[], width: number): readonly ZoneColumn[] {
  const number = (head: string, key: string, drop: number): ZoneColumn => {
    const text = (zone: OomZone): string => {
      const kb = numberIn(zone[key]);
      return kb === undefined ? '–' : count(kb);
    };
    return { head, drop, align: 'right', text, width: Math.max(head.length, ...zones.map((zone) => text(zone).length)) };
  };
  const name = (zone: OomZone): string => printable(zoneName(zone));
  const columns: readonly ZoneColumn[] = [
    { head: 'zone', width: Math.min(20, Math.max(4, ...zones.map((zone) => name(zone).length))), drop: 0, text: name },
    number('free kB', 'freeKb', 0),
    number('min kB', 'minKb', 0),
    number('low kB', 'lowKb', 10),
    number('high kB', 'highKb', 5),
    number('managed kB', zones.some((zone) => zone.managedKb !== undefined) ? 'managedKb' : 'presentKb', 40),
    { head: '', width: 'above high'.length, drop: 0, text: (zone) => levelOf(zone).text },
    { head: '│ min low high', width: GAUGE, drop: GAUGE_DROP, text: () => '' },
  ];
  return fitting(columns, width - 2);
}

/** Why the request could not be served from this zone: the claim of src/event/oom, which names the zone first. */
const claimOf = (zone: OomZone, { cause }: Oom): OomEvidence | undefined =>
  cause?.evidence.find(({ text }) => text.startsWith(`${zoneName(zone)}: `));

function belowRows(zone: OomZone, oom: Oom, unit: PageUnit, width: number, seq: number | undefined): TabRow[] {
  const claim = claimOf(zone, oom);
  const said =
    claim === undefined ? [] : wrap(`${printable(claim.text.slice(zoneName(zone).length + 2))}  ${recordsTail(claim.records)}`, width - 5);
  const reserve = zone.lowmemReserve ?? [];
  const kept = reserve.some((pages) => pages > 0)
    ? wrap(`lowmem_reserve ${unit.name}: ${reserve.map((pages) => count(unit.of(pages))).join('  ')}`, width - 5)
    : [];
  return [...said, ...kept].map((text) => ({ line: ['    ', span(text, 'dim')], seq: claim?.records?.[0] ?? seq }));
}

/** Each zone's free memory against its watermarks, and what that means for the request. */
export function zoneRows(event: Event, width: number): TabRow[] {
  const { oom = {} } = event;
  const zones = oom.zones ?? [];
  if (zones.length === 0) return [];
  const columns = columnsOf(zones, width);
  const last = columns.at(-1)!;
  const drawn =
    last.drop === GAUGE_DROP
      ? { ...last, width: Math.min(40, width - 2 - columns.slice(0, -1).reduce((n, c) => n + c.width + 2, 0)) }
      : undefined;
  const shown = drawn === undefined ? columns : [...columns.slice(0, -1), drawn];
  const unit = pageUnit(oom);
  return [
    { line: headRow(shown) },
    ...zones.flatMap((zone, at) => {
      const level = levelOf(zone);
      const seq = recordOf(event, `oom.zones.${at}`);
      const values = shown.map((column) => {
        if (column === drawn) return gauge(zone, drawn.width);
        return column.head === '' ? span(level.text, level.role) : column.text(zone);
      });
      return [{ line: tableRow(shown, values), seq }, ...belowRows(zone, oom, unit, width, seq)];
    }),
  ];
}
