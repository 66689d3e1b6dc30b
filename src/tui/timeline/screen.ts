import type { Event } from '../../event/event.ts';
import { printable } from '../../output/text/printable.ts';
import { whereText } from '../../output/text/words.ts';
import { filterTest, pattern } from '../data/scan.ts';
import type { Source } from '../data/source.ts';
import { stepWindow } from '../data/window.ts';
import type { Command } from '../keys/table.ts';
import { type Line, plainText, span } from '../line/line.ts';
import { count, counted } from '../line/numbers.ts';
import { recordLine } from '../log/record-line.ts';
import { containerLine, titleLine } from '../screens/header.ts';
import { beside, bodyHeight, linesOf, MIDDLING, TALL, titled, viewport, WIDE } from '../screens/layout.ts';
import { go, here, type List, notice, type Screen, type Searched, type Step, type View, type Yank } from '../screens/screen.ts';
import { eventPlace, logPlace, machinePlace, type TimelinePlace } from '../state/place.ts';
import { incidentMarkdown } from '../yank.ts';
import { bannerLine } from './banner.ts';
import { emptyLines } from './empty.ts';
import { columnHeads, eventLine } from './event-line.ts';
import { incidentPane, incidentTitle } from './incident-pane.ts';
import { axisOf, stripFor, stripLines } from './strip-lines.ts';

const sourceOf = ({ sources }: View, { source }: TimelinePlace): Source => sources[source]!;

/** Heights of the panes; the list and the preview share what is left. */
function panes({ rows }: View['size']): { readonly head: number; readonly strip: number; readonly incident: number } {
  const lines = linesOf({ columns: 0, rows });
  if (lines >= TALL) return { head: 3, strip: 5, incident: 4 };
  return lines >= 20 ? { head: 3, strip: 3, incident: 3 } : { head: 2, strip: 1, incident: 2 };
}

/** What of an event a filter and a search look at. */
const words = (event: Event): string =>
  `${event.id} ${event.kind} ${event.severity} ${printable(event.title)} ${whereText(event)} ${event.completeness}`;

/** Indices of the events that the filters let through. */
function shown(view: View, place: TimelinePlace): readonly number[] {
  const source = sourceOf(view, place);
  const filters = place.filtering ? place.filters : [];
  return view.memo.of(source, 'timeline', `${source.events.length} ${JSON.stringify(filters)}`, () => {
    const test = filterTest(filters);
    return source.events.flatMap((event, i) => (filters.length === 0 || test(words(event)) ? [i] : []));
  });
}

const chosen = (view: View, place: TimelinePlace): Event | undefined =>
  sourceOf(view, place).events[shown(view, place)[place.cursor] ?? -1];

/** Rules and column heads around the list: above it (where there is room for a rule) and below it. */
const AROUND_TALL = 3;
const AROUND_LOW = 2;

function list(view: View, place: TimelinePlace): List {
  const { head, strip, incident } = panes(view.size);
  const { length } = shown(view, place);
  const tall = head > 2;
  const from = strip + (tall ? 2 : 1);
  if (isWide(view)) return { count: length, cursor: place.cursor, height: Math.max(1, bodyHeight(view.size, head) - from), from };
  const room = bodyHeight(view.size, head) - strip - incident - (tall ? AROUND_TALL : AROUND_LOW);
  // what the list does not need shows more of the log or of the incident
  const height = Math.min(Math.max(length, 3), tall ? room - 4 : room);
  return { count: length, cursor: place.cursor, height: Math.max(1, height), from };
}

/** Detail and log stand beside the list, not below it. */
const isWide = ({ size }: View): boolean => size.columns >= WIDE && linesOf(size) >= MIDDLING;
/** Cells of the list where they do. */
const LIST_SHARE = 0.52;

function body(view: View, place: TimelinePlace): Line[] {
  const { columns } = view.size;
  const source = sourceOf(view, place);
  const empty = emptyLines(source, columns);
  if (empty !== undefined) return empty;
  const { strip } = panes(view.size);
  const event = chosen(view, place);
  const chart = stripLines(view, source, place.window, strip, event === undefined ? -1 : source.indexOf(event.id));
  return [...chart, ...(isWide(view) ? sideBySide(view, place, event) : oneBelowOther(view, place, event))];
}

function oneBelowOther(view: View, place: TimelinePlace, event: Event | undefined): Line[] {
  const { columns } = view.size;
  const source = sourceOf(view, place);
  const { head, strip, incident } = panes(view.size);
  const listed = list(view, place);
  const tall = head > 2;
  const left = bodyHeight(view.size, head) - strip - listed.height - (tall ? AROUND_TALL : AROUND_LOW);
  // where there is no room for the log below, the incident has what is left
  const pane = tall ? incident : left;
  const preview = left - pane - 1;
  return [
    ...listLines(view, place, listed, tall),
    titled(incidentTitle(source, event), columns),
    ...padTo(incidentPane(source, event, columns, pane), pane),
    ...(preview > 0 ? [titled(previewTitle(event), columns), ...previewLines(view, source, event, preview)] : []),
  ];
}

function sideBySide(view: View, place: TimelinePlace, event: Event | undefined): Line[] {
  const { columns, rows } = view.size;
  const source = sourceOf(view, place);
  const listed = list(view, place);
  const left = Math.round(columns * LIST_SHARE);
  const narrow = (width: number): View => ({ ...view, size: { columns: width, rows } });
  const width = columns - left - 1;
  const lines = listed.height + 2;
  const pane = incidentPane(source, event, width, Math.max(3, lines >> 1));
  const preview = lines - pane.length - 2;
  const right = [
    titled(incidentTitle(source, event), width),
    ...pane,
    ...(preview > 0 ? [titled(previewTitle(event), width), ...previewLines(narrow(width), source, event, preview)] : []),
  ];
  return beside(listLines(narrow(left), place, listed, true), right, left, columns);
}

function listLines(view: View, place: TimelinePlace, listed: List, tall: boolean): Line[] {
  const { columns } = view.size;
  const source = sourceOf(view, place);
  const rows = shown(view, place);
  const seen = seenIn(view, source, place);
  const lines = viewport(listed, place.top, columns, (row) => {
    const line = eventLine(view, source, rows[row]!, rows[row - 1]);
    return seen(rows[row]!) ? line : [span(plainText(line), 'dim')];
  });
  if (rows.length === 0 && place.filters.length > 0)
    lines[0] = [span(` No event matches the filter ${printable(place.filters.join(' & '))}: [f] edits it, [F] turns it off`, 'guess')];
  return [...(tall ? [titled(listTitle(source, rows.length), columns)] : []), columnHeads(view, source), ...lines];
}

/** Whether an event lies in the part of the strip that is zoomed to: the others are dim. */
function seenIn(view: View, source: Source, { window: [from, to] }: TimelinePlace): (index: number) => boolean {
  if (to - from >= 1) return () => true;
  const axis = axisOf(view, source);
  return (index) => {
    const row = source.records.rowOf(source.events[index]!.records.first);
    const at = row < 0 ? -1 : axis.place(row);
    return at >= from && at <= to;
  };
}

const listTitle = ({ events, incidents }: Source, shown: number): Line => [
  span(shown < events.length ? `${count(shown)} of ${counted(events.length, 'event')}` : counted(events.length, 'event'), 'title'),
  ...(incidents.length === 0 ? [] : [` · ${counted(incidents.length, 'incident')}`]),
];

const previewTitle = (event: Event | undefined): Line =>
  event === undefined ? [span('Log', 'title'), ' at its end'] : [span('Log', 'title'), ` at ${event.id}`];

const padTo = (lines: readonly Line[], height: number): Line[] => [
  ...lines,
  ...new Array<Line>(Math.max(0, height - lines.length)).fill([]),
];

function previewLines({ size, time, query }: View, source: Source, event: Event | undefined, lines: number): Line[] {
  const rows = event && source.rowsOf(event);
  const found: Line[] = [];
  // while no event is known, the log's end
  for (let row = rows?.[0] ?? Math.max(0, source.records.count - lines); row < source.records.count && found.length < lines; row++) {
    found.push(
      recordLine(source, row, {
        width: size.columns,
        time: time === 'utc' ? 'boot' : time,
        numbers: `${source.records.seq(source.records.count - 1)}`.length + 1,
        caller: 0,
        chosen: event === undefined ? -1 : source.indexOf(event.id),
        left: 0,
        query,
      }),
    );
  }
  return found;
}

function act(view: View, place: TimelinePlace, command: Command): Step | undefined {
  const source = sourceOf(view, place);
  const event = chosen(view, place);
  const rows = event && source.rowsOf(event);
  switch (command) {
    case 'open':
      return event === undefined ? notice('no event to open') : go(eventPlace(place.source, event.id));
    case 'log':
      if (source.records.count === 0) return notice('there is no log to show');
      return go(logPlace(place.source, rows?.[0] ?? Math.max(0, source.records.count - 1), event ? [event.id] : []));
    case 'machine':
      return go(machinePlace(place.source));
    case 'previous':
    case 'next':
      return otherIncident(view, place, command === 'next' ? 1 : -1);
    case 'zoom-in':
    case 'zoom-out':
    case 'pan-left':
    case 'pan-right': {
      const at = rows === undefined ? undefined : stripFor(view, source, place.window).axis.place(rows[0]);
      return here({ ...place, window: stepWindow(place.window, command, at) });
    }
    default:
      return undefined;
  }
}

/** The first event of the next or previous incident. */
function otherIncident(view: View, place: TimelinePlace, by: 1 | -1): Step {
  const source = sourceOf(view, place);
  const rows = shown(view, place);
  const incidentAt = (row: number): string | undefined => source.incidentOf(source.events[rows[row]!]!.id)?.id;
  const mine = rows.length > 0 ? incidentAt(place.cursor) : undefined;
  let row = place.cursor + by;
  while (row >= 0 && row < rows.length && incidentAt(row) === mine) row += by;
  if (row < 0 || row >= rows.length) return notice(by > 0 ? 'the last incident' : 'the first incident');
  const other = incidentAt(row);
  if (other !== undefined) while (row > 0 && by < 0 && incidentAt(row - 1) === other) row--;
  return here({ ...place, cursor: row });
}

function search(view: View, place: TimelinePlace): Searched {
  const source = sourceOf(view, place);
  const rows = shown(view, place);
  return {
    key: `timeline ${place.source} ${rows.length} ${place.filters.join('\n')} ${place.filtering}`,
    count: () => rows.length,
    test: (query) => {
      const re = pattern(query);
      return (row) => re.test(words(source.events[rows[row]!]!));
    },
    at: place.cursor,
    goTo: (row) => ({ ...place, cursor: row }),
  };
}

function yank(view: View, place: TimelinePlace, all: boolean): Yank | undefined {
  const event = chosen(view, place);
  if (event === undefined) return undefined;
  const source = sourceOf(view, place);
  const incident = all ? source.incidentOf(event.id) : undefined;
  return incident === undefined
    ? { text: printable(event.title), what: `the title of ${event.id}` }
    : { text: incidentMarkdown(source, incident), what: `incident ${incident.id} as Markdown` };
}

/** Home: the log along time, its events, why they belong together, what is not proven, and the records of the one under the cursor. */
export const timelineScreen: Screen<TimelinePlace> = {
  list,
  moved: (_view, place, cursor) => ({ ...place, cursor }),
  head: (view, place) => {
    const source = sourceOf(view, place);
    const lines = [titleLine(source, view, chosen(view, place)), bannerLine(view, source)];
    return panes(view.size).head > 2 ? [...lines, containerLine(source, view)] : lines;
  },
  body,
  position: (view, place) => {
    const { length } = shown(view, place);
    const hidden = sourceOf(view, place).events.length - length;
    const [from, to] = place.window;
    const zoom = to - from < 1 ? `zoom ${Math.round(1 / (to - from))}× · ` : '';
    return `${zoom}${Math.min(place.cursor + 1, length)}/${length}${hidden > 0 ? ` (${hidden} hidden)` : ''}`;
  },
  act,
  search,
  yank,
};
