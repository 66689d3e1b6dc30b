import type { Fleet } from '../../fleet/fleet.ts';
import { printable } from '../../output/text/printable.ts';
import type { FleetData } from '../data/fleet.ts';
import { pattern } from '../data/scan.ts';
import { stepWindow } from '../data/window.ts';
import type { Command } from '../keys/table.ts';
import { between, type Line, plainText, span } from '../line/line.ts';
import { count, counted } from '../line/numbers.ts';
import { beside, bodyHeight, linesOf, MEDIUM, MIDDLING, rule, TALL, titled, viewport, WIDE } from '../screens/layout.ts';
import { go, here, isOfStore, type List, notice, type Screen, type Searched, type Step, type View, type Yank } from '../screens/screen.ts';
import { type FleetPlace, logPlace, timelinePlace } from '../state/place.ts';
import { fleetMarkdown } from '../yank.ts';
import { daysLine } from './days.ts';
import { detailLines, entriesOf } from './detail.ts';
import { dayOf, fleetLine, groupHeads } from './group-line.ts';
import { type FleetRow, rowsOf, sortOf, words } from './rows.ts';

const dataOf = (view: View): FleetData => view.fleet!;

function shown(view: View, place: FleetPlace): { readonly fleet: Fleet; readonly rows: readonly FleetRow[] } {
  const { fleet } = dataOf(view);
  const key = `${place.sort} ${place.filtering ? JSON.stringify(place.filters) : ''}`;
  return { fleet, rows: view.memo.of(fleet, 'fleet-rows', key, () => rowsOf(fleet, place)) };
}

/** Lines of the panes: days (with their rule), what is unusual, the inputs; the list takes the rest. */
function panes({ rows }: View['size']): {
  readonly head: number;
  readonly days: number;
  readonly detail: number;
  readonly entries: number;
} {
  const lines = linesOf({ columns: 0, rows });
  if (lines >= TALL) return { head: 2, days: 2, detail: 5, entries: 6 };
  return lines >= 20 ? { head: 2, days: 0, detail: 5, entries: 3 } : { head: 1, days: 0, detail: 2, entries: 1 };
}

/** The row of the list that the lower panes are about: in the dumps pane the cursor is below. */
const chosenRow = (place: FleetPlace): number => (place.pane === 'signatures' ? place.cursor : place.group);

/** What is unusual and the inputs stand beside the signatures, not below them. */
const isWide = ({ size }: View): boolean => size.columns >= WIDE && linesOf(size) >= MIDDLING;
/** Cells of the signatures where they do. */
const leftOf = ({ size: { columns } }: View): number => Math.round(columns * 0.58);

function heights(view: View): { readonly list: number; readonly entries: number } {
  const { head, days, detail, entries } = panes(view.size);
  const whole = bodyHeight(view.size, head) - days;
  if (isWide(view)) return { list: whole - 1, entries: whole - detail - 2 };
  return { list: Math.max(1, bodyHeight(view.size, head) - days - 1 - 1 - detail - 1 - entries), entries };
}

function list(view: View, place: FleetPlace): List {
  const { fleet, rows } = shown(view, place);
  const { days, detail } = panes(view.size);
  const { list: height, entries } = heights(view);
  if (place.pane === 'signatures') return { count: rows.length, cursor: place.cursor, height, from: days + 1 };
  return {
    count: entriesOf(fleet, rows[place.group], place.variants).count,
    cursor: place.cursor,
    height: entries,
    from: days + 1 + (isWide(view) ? 0 : height + 1) + detail + 1,
  };
}

function body(view: View, place: FleetPlace): Line[] {
  const { columns } = view.size;
  const { fleet, rows } = shown(view, place);
  const { days, detail } = panes(view.size);
  const { list: height, entries: entryLines } = heights(view);
  const row = Math.min(chosenRow(place), Math.max(0, rows.length - 1));
  const entries = entriesOf(fleet, rows[row], place.variants, isWide(view) ? columns - leftOf(view) - 1 : columns);
  const inDumps = place.pane === 'dumps';
  const signatures: List = { count: rows.length, cursor: row, height };
  const members: List = { count: entries.count, cursor: inDumps ? place.cursor : -1, height: entryLines };
  const about = detailLines(fleet, rows[row]).slice(0, detail);
  const upper = (width: number): Line[] => [
    groupHeads(width, sortOf(place)),
    ...viewport(signatures, inDumps ? place.groupTop : place.top, width, (i) => fleetLine(fleet, rows[i]!, width)),
  ];
  const lower = (width: number): Line[] => [
    titled([span('What is unusual about it', 'title')], width),
    ...about,
    ...new Array<Line>(detail - about.length).fill([]),
    titled([span(place.variants ? 'Its variants' : 'The inputs that show it', 'title'), ' [Tab]'], width),
    ...viewport(members, inDumps ? place.top : 0, width, (i) => entries.entry(i).line),
  ];
  return [
    ...(days > 0 ? [daysLine(fleet, place.window, columns), rule(columns)] : []),
    ...(isWide(view)
      ? beside(upper(leftOf(view)), lower(columns - leftOf(view) - 1), leftOf(view), columns)
      : [...upper(columns), ...lower(columns)]),
  ];
}

/** Name of the input to open: under the cursor, or the newest of the signature under it. */
function inputName(view: View, place: FleetPlace): string | undefined {
  const { fleet, rows } = shown(view, place);
  const row = rows[chosenRow(place)];
  const entries = entriesOf(fleet, row, place.variants);
  return entries.count === 0 ? undefined : entries.entry(place.pane === 'dumps' ? place.cursor : 0).source;
}

function act(view: View, place: FleetPlace, command: Command): Step | undefined {
  switch (command) {
    case 'open':
    case 'log': {
      if (isOfStore(view)) return command === 'open' && place.pane === 'signatures' ? here(otherPane(place)) : notice(NOT_HERE);
      const name = inputName(view, place);
      const source = view.sources.findIndex((each) => each.name === name);
      if (source < 0) return notice('nothing to open');
      return go(command === 'open' ? timelinePlace(source) : logPlace(source, 0));
    }
    case 'tab-next':
    case 'tab-previous':
      return here(otherPane(place));
    case 'previous':
    case 'next':
      return otherSignature(view, place, command === 'next' ? 1 : -1);
    case 'variants':
      return here({ ...place, variants: !place.variants, ...(place.pane === 'dumps' ? { cursor: 0, top: 0 } : {}) });
    case 'sort':
      return here({ ...place, sort: place.sort + 1, pane: 'signatures', cursor: 0, top: 0 });
    case 'zoom-in':
    case 'zoom-out':
    case 'pan-left':
    case 'pan-right':
      return here({ ...place, window: stepWindow(place.window, command) });
    default:
      return undefined;
  }
}

const otherPane = (place: FleetPlace): FleetPlace =>
  place.pane === 'signatures'
    ? { ...place, pane: 'dumps', group: place.cursor, groupTop: place.top, cursor: 0, top: 0 }
    : { ...place, pane: 'signatures', cursor: place.group, top: place.groupTop };

/** Over a store, where Enter leads to the inputs that show a signature, and no further. */
const NOT_HERE = 'a store has answers, not inputs';

function otherSignature(view: View, place: FleetPlace, by: 1 | -1): Step {
  const { rows } = shown(view, place);
  const row = chosenRow(place) + by;
  if (row < 0 || row >= rows.length) return notice(by > 0 ? 'the last signature' : 'the first signature');
  return here(place.pane === 'signatures' ? { ...place, cursor: row } : { ...place, group: row, cursor: 0, top: 0 });
}

function search(view: View, place: FleetPlace): Searched {
  const { rows } = shown(view, place);
  return {
    key: `fleet ${rows.length} ${place.sort} ${place.filters.join('\n')} ${place.filtering} ${dataOf(view).done}`,
    count: () => rows.length,
    test: (query) => {
      const re = pattern(query);
      return (row) => {
        const item = rows[row];
        return item?.kind === 'group' && re.test(words(item.group));
      };
    },
    at: chosenRow(place),
    goTo: (row) => ({ ...place, pane: 'signatures', cursor: row }),
  };
}

function yank(view: View, place: FleetPlace, all: boolean): Yank | undefined {
  const { fleet, rows } = shown(view, place);
  if (all) return { text: fleetMarkdown(fleet), what: 'the table as Markdown' };
  const row = rows[chosenRow(place)];
  if (row === undefined) return undefined;
  if (place.pane === 'dumps')
    return { text: entriesOf(fleet, row, place.variants).entry(place.cursor).source, what: 'the name of the input' };
  return {
    text: plainText(fleetLine(fleet, row, 200))
      .trim()
      .replace(/ {2,}/g, '  '),
    what: 'the row',
  };
}

/** Many inputs: what they have in common, what is unusual about it, and which to open. */
export const fleetScreen: Screen<FleetPlace> = {
  list,
  moved: (_view, place, cursor) => ({ ...place, cursor }),
  head: (view) => {
    const data = dataOf(view);
    const { fleet } = data;
    const { columns } = view.size;
    const parts = [
      counted(data.total, 'input'),
      fleet.hosts.length > 0 ? counted(fleet.hosts.length, 'host') : '',
      counted(fleet.groups.length, 'signature'),
      fleet.unreadable.length > 0 ? `${count(fleet.unreadable.length)} unreadable` : '',
    ].filter((part) => part !== '');
    const right =
      data.done < data.total ? `reading ${count(data.done)} of ${count(data.total)}…` : `${dayOf(fleet.first)}…${dayOf(fleet.last)}`;
    const line = between(
      [' ', span('lastkmsg', 'title'), `  ${printable(data.name)}  `, parts.join(columns >= MEDIUM ? ' · ' : ' ')],
      [right, ' '],
      columns,
    );
    return panes(view.size).head > 1 ? [line, rule(columns)] : [line];
  },
  body,
  position: (view, place) => {
    const { count: all, cursor } = list(view, place);
    const { fleet, rows } = shown(view, place);
    const hidden = fleet.groups.length - rows.filter(({ kind }) => kind === 'group').length;
    return `sort: ${sortOf(place)}  ${all === 0 ? 0 : cursor + 1}/${all}${hidden > 0 ? ` (${hidden} hidden)` : ''}`;
  },
  back: (place) => (place.variants ? { ...place, variants: false, cursor: place.pane === 'dumps' ? 0 : place.cursor } : undefined),
  act,
  search,
  yank,
};
