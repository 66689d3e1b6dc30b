import type { Fleet } from '../../fleet/fleet.ts';
import { wrap } from '../text/cells.ts';
import type { IncidentTextOptions } from '../text/incident-text.ts';
import { printable } from '../text/printable.ts';
import { groupTable } from './group-table.ts';
import { groupLines } from './group-text.ts';
import { count, dayText, namesText } from './words.ts';

export interface FleetTextOptions extends IncidentTextOptions {
  /** The table alone, and where to find the rest. */
  readonly page?: boolean | undefined;
}

const MORE = 'More: lastkmsg incidents --format text DIR, lastkmsg tui DIR, --all';
/** Rows of the table of a page. */
const PAGE_ROWS = 10;

/** Signatures of the table; of a fleet with more, the rest are single. */
const ROWS = 30;
/** Signatures that are told in full. */
const TOLD = 5;
const UNREADABLE = 20;
const QUIET = 4;

/**
 * Many inputs for people: how many, the table of signatures, what is known of the most frequent, what shows nothing, what could not be
 * read and why. Fits the width. Ends with a newline.
 */
export function fleetText(fleet: Fleet, options: FleetTextOptions): string {
  const { width, paint } = options;
  const told = (text: string): string[] => wrap(printable(text), width);
  const { groups, quiet, copies, unreadable } = fleet;
  const most = options.page ? PAGE_ROWS : ROWS;
  const blocks: string[][] = [
    [
      ...told(headText(fleet, options)).map((line) => paint('title', line)),
      ...(copies.length === 0 ? [] : told(copiesText(fleet))),
      ...(quiet.length === 0 ? [] : told(quietText(fleet))),
    ],
    groups.length === 0 ? [] : groupTable(groups.slice(0, most), options).trimEnd().split('\n'),
    groups.length > most ? told(`and ${groups.length - most} more signatures: lastkmsg incidents --format fleet-json prints them all`) : [],
    ...(options.page ? [] : groups.slice(0, TOLD).map((group) => groupLines(group, fleet.read, options))),
    unreadable.length === 0
      ? []
      : [
          paint('warning', `${count(unreadable.length, 'input')} could not be read`),
          ...unreadable.slice(0, UNREADABLE).flatMap(({ reason }) => wrap(printable(reason), width - 2).map((line) => `  ${line}`)),
          ...(unreadable.length > UNREADABLE ? [`  and ${unreadable.length - UNREADABLE} more`] : []),
        ],
  ];
  if (options.page) blocks.push(wrap(paint('muted', MORE), width));
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.map((line) => line.trimEnd()).join('\n'));
  return `${text.join('\n\n')}\n`;
}

function headText({ inputs, unreadable, lossy, hosts, groups, first, last, undated, read }: Fleet, { time }: IncidentTextOptions): string {
  const days = [first, last].map((iso) => (iso === undefined ? undefined : dayText(iso, time)));
  const from = days[0] === days[1] ? days[0] : days.join(' to ');
  return [
    count(inputs, 'input'),
    unreadable.length > 0 ? `${unreadable.length} unreadable` : undefined,
    lossy > 0 ? `${lossy} with loss` : undefined,
    hosts.length > 0 ? count(hosts.length, 'host') : undefined,
    count(groups.length, 'signature'),
    from === undefined ? undefined : `${from}${undated > 0 && undated < read ? ` (${undated} without a date)` : ''}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

const copiesText = ({ copies }: Fleet): string =>
  `${count(copies.length, 'log')} ${copies.length === 1 ? 'is' : 'are'} the text of a dump beside ${copies.length === 1 ? 'it' : 'them'}, not counted again`;

const quietText = ({ quiet }: Fleet): string =>
  `${count(quiet.length, 'input')} ${quiet.length === 1 ? 'shows' : 'show'} no incident: ${namesText(
    quiet.map(({ source }) => source),
    QUIET,
  )}`;
