import type { FleetGroup } from '../../fleet/fleet.ts';
import { cut, wrap } from '../text/cells.ts';
import type { IncidentTextOptions } from '../text/incident-text.ts';
import { printable } from '../text/printable.ts';
import { largest } from '../text/rows.ts';
import { bareTable, type Cell, GAP } from '../text/table.ts';
import { dayText } from './words.ts';

const HEAD = ['INPUTS', 'HOSTS', 'KIND', 'SIGNATURE', 'FIRST', 'LAST', 'KERNELS'];
const HOSTS = 1;
const MOST_LINES = 3;
/** A release of a distribution: `6.1.0-28-amd64`. */
const MOST_KERNEL = 14;

/** A row for each signature, fit to the width. Ends with a newline. */
export function groupTable(groups: readonly FleetGroup[], { width, paint, time }: IncidentTextOptions): string {
  const days = groups
    .flatMap(({ first, last }) => [first, last])
    .map((wall) => (wall === undefined ? undefined : dayText(wall.time, time)));
  const years = new Set(days.map((day) => day?.slice(0, 4)).filter((year) => year !== undefined));
  // a year that is the same everywhere says nothing
  const dayOf = (i: number): string => days[i]?.slice(years.size > 1 ? 0 : 5) ?? '-';
  const rows = groups.map((group, n) => [
    `${group.inputs}`,
    group.hosts.length === 0 ? '-' : `${group.hosts.length}`,
    group.family,
    printable(group.title),
    dayOf(2 * n),
    dayOf(2 * n + 1),
    kernelsText(group),
  ]);
  // a column that says nothing of anything is room for the signature
  const kept = HEAD.map((_, i) => i).filter((i) => i !== HOSTS || rows.some((row) => row[i] !== '-'));
  const head = kept.map((i) => HEAD[i]!);
  const signature = head.indexOf('SIGNATURE');
  const widths = kept.map((i, at) =>
    at === signature
      ? 0
      : largest(
          rows.map((row) => row[i]!.length),
          HEAD[i]!.length,
        ),
  );
  const room = Math.max(20, width - widths.reduce((sum, w) => sum + w + GAP, 0) + GAP);
  widths[signature] = room;
  const header = head.map((name): Cell => ({ lines: [name], paint: (line) => paint('muted', line) }));
  const cells = rows.map((row, n) =>
    kept.map((i): Cell => {
      const text = row[i]!;
      if (HEAD[i] === 'KIND') return { lines: [text], paint: (line) => paint(groups[n]!.severity, line) };
      return HEAD[i] === 'SIGNATURE'
        ? { lines: wrap(cut(text, room * MOST_LINES), room), paint: (line) => paint('title', line) }
        : { lines: [text] };
    }),
  );
  const numbers = head.flatMap((name, at) => (name === 'INPUTS' || name === 'HOSTS' ? [at] : []));
  return bareTable([header, ...cells], widths, numbers);
}

/** The release where there is one, else how many. */
function kernelsText({ kernels }: FleetGroup): string {
  const [first, ...others] = kernels;
  if (first === undefined) return '-';
  return others.length > 0 ? `${kernels.length}` : cut(printable(first.name), MOST_KERNEL);
}
