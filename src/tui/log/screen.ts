import { printable } from '../../output/text/printable.ts';
import { clockOf } from '../data/clock.ts';
import { LogRows } from '../data/log-rows.ts';
import { bytePattern, filterTest, type Scan } from '../data/scan.ts';
import type { Source } from '../data/source.ts';
import type { Command } from '../keys/table.ts';
import { fill, type Line, span } from '../line/line.ts';
import { count, counted } from '../line/numbers.ts';
import { breadcrumb, hostOf } from '../screens/header.ts';
import { bodyHeight, MEDIUM, rule, viewport } from '../screens/layout.ts';
import { go, here, type List, notice, type Screen, type Searched, type Step, type View, type Yank } from '../screens/screen.ts';
import { eventPlace, type LogPlace } from '../state/place.ts';
import { boundLine } from './bound-line.ts';
import { minimap } from './minimap.ts';
import { recordLine, TIME_HEADS, TIME_WIDTH } from './record-line.ts';

const HEAD = 2;
/** Column heads above the records; rule and the line about the cursor's record below. */
const AROUND = 3;

const sourceOf = ({ sources }: View, { source }: LogPlace): Source => sources[source]!;

/** The records that the filters let through, as far as they were looked at; undefined where nothing is filtered. */
function filterOf(view: View, place: LogPlace): Scan | undefined {
  if (!place.filtering || place.filters.length === 0) return undefined;
  const { records } = sourceOf(view, place);
  return view.scans.use(
    'filter',
    `${place.source} ${JSON.stringify(place.filters)}`,
    () => records.count,
    () => {
      const test = filterTest(place.filters, bytePattern);
      return (row) => test(records.text(row));
    },
  );
}

function rowsOf(view: View, place: LogPlace): LogRows {
  const source = sourceOf(view, place);
  const scan = filterOf(view, place);
  const key = `${source.version} ${scan?.upTo ?? ''} ${scan?.key ?? ''} ${[...place.unfolded].join(' ')}`;
  return view.memo.of(source, 'log-rows', key, () => new LogRows(source, place.unfolded, scan?.found, scan?.upTo));
}

const list = (view: View, place: LogPlace): List => {
  const rows = rowsOf(view, place);
  return { count: rows.count, cursor: rows.rowOf(place.at), height: Math.max(1, bodyHeight(view.size, HEAD) - AROUND), from: 1 };
};

function moved(view: View, place: LogPlace, cursor: number): LogPlace {
  const rows = rowsOf(view, place);
  const row = rows.at(cursor);
  // the end of a log that grows is where one waits for more
  const following = sourceOf(view, place).following && cursor === rows.count - 1;
  return row === undefined ? place : { ...place, at: row.row, following };
}

/** Cells of the columns, from the log that is shown. */
function widths(view: View, source: Source): { numbers: number; caller: number } {
  const { records } = source;
  return {
    numbers: `${Math.max(0, records.seq(records.count - 1))}`.length + 1,
    caller: records.hasCallers && view.size.columns >= MEDIUM + 12 ? 8 : 0,
  };
}

function body(view: View, place: LogPlace): Line[] {
  const { columns } = view.size;
  const source = sourceOf(view, place);
  const rows = rowsOf(view, place);
  const listed = list(view, place);
  const { numbers, caller } = widths(view, source);
  // the last column is the map's
  const width = columns - 1;
  const chosen = source.records.owner(place.at);
  const clock = view.time === 'utc' ? clockOf(source, source.eventAt(place.at)?.boot ?? source.events.at(-1)?.boot ?? 0) : undefined;
  const head = [
    'rec'.padStart(numbers),
    '  L ',
    view.time === 'none' ? '' : ` ${TIME_HEADS[view.time].padStart(TIME_WIDTH[view.time])}`,
    caller > 0 ? ` ${'caller'.padEnd(caller)}` : '',
    ' message',
  ].join('');
  const draw = (screenRow: number): Line => {
    const row = rows.at(screenRow);
    if (row === undefined) return [];
    if (row.kind === 'record')
      return recordLine(source, row.row, {
        width,
        time: view.time,
        clock,
        numbers,
        caller,
        chosen,
        left: place.left,
        query: view.query,
      });
    const text =
      row.kind === 'fold'
        ? `⋯  ${source.events[row.event]?.id} continues: ${counted(row.count, 'line')} folded — [o] unfold`
        : `⋯  ${counted(row.count, 'line')} hidden by filter — [F] toggle filters`;
    return [span(`${' '.repeat(numbers + 1)}${text}`, 'dim')];
  };
  const seen = [rows.at(place.top)?.row ?? 0, rows.at(Math.min(rows.count, place.top + listed.height) - 1)?.row ?? 0] as const;
  const map = minimap(view, source, listed.height, ...seen);
  const lines = viewport(listed, place.top, width, draw).map((line, i): Line => [...fill(line, width), map[i]!]);
  if (rows.count === 0) lines[0] = [span(emptyText(source), 'guess')];
  return [[span(head, 'dim')], ...lines, rule(columns), boundLine(source, place.at, clock, columns)];
}

const emptyText = ({ following, status }: Source): string =>
  following || status === 'reading'
    ? ' No line has arrived yet: they are shown as they come. [q] goes back'
    : ' This log has no lines. [q] goes back';

function act(view: View, place: LogPlace, command: Command): Step | undefined {
  const source = sourceOf(view, place);
  const event = source.eventAt(place.at);
  switch (command) {
    case 'open':
      return event === undefined ? notice('this record belongs to no event') : go(eventPlace(place.source, event.id));
    case 'left':
    case 'right':
      return here({ ...place, left: Math.max(0, place.left + (command === 'left' ? -16 : 16)) });
    case 'previous':
    case 'next':
      return otherEvent(source, place, command === 'next' ? 1 : -1);
    case 'section-previous':
    case 'section-next': {
      const rows = event && source.rowsOf(event);
      if (rows === undefined) return notice('this record belongs to no event');
      return here({ ...place, at: command === 'section-previous' ? rows[0] : rows[1] });
    }
    case 'error-next':
    case 'error-previous':
      return otherLevel(source, place, command === 'error-next' ? 1 : -1, 0, 3);
    case 'warning-next':
    case 'warning-previous':
      return otherLevel(source, place, command === 'warning-next' ? 1 : -1, 4, 4);
    case 'unfold':
      return unfold(view, place);
    default:
      return undefined;
  }
}

/** Unfolds or folds the report under the cursor; at the end of a growing log the cursor is pinned there. */
function unfold(view: View, place: LogPlace): Step {
  const source = sourceOf(view, place);
  const listed = list(view, place);
  if (place.following) return here({ ...place, following: false });
  const row = rowsOf(view, place).at(listed.cursor);
  const event = row?.kind === 'fold' ? source.events[row.event] : source.eventAt(place.at);
  if (event === undefined) {
    return notice(
      source.following
        ? 'nothing to unfold: G and o follow'
        : 'nothing to unfold here, and this log does not grow (lastkmsg tui -w follows)',
    );
  }
  const unfolded = new Set(place.unfolded);
  if (!unfolded.delete(event.id)) unfolded.add(event.id);
  return here({ ...place, unfolded });
}

function otherEvent(source: Source, place: LogPlace, by: 1 | -1): Step {
  const mine = source.records.owner(place.at);
  let found: number | undefined;
  for (const [i, event] of source.events.entries()) {
    const row = source.records.rowOf(event.records.first);
    if (row < 0 || i === mine || (by > 0 ? row <= place.at : row >= place.at)) continue;
    if (found === undefined || (by > 0 ? row < found : row > found)) found = row;
  }
  return found === undefined ? notice(by > 0 ? 'no event after this' : 'no event before this') : here({ ...place, at: found });
}

/** The next record of such a level that does not directly follow another one. */
function otherLevel({ records }: Source, place: LogPlace, by: 1 | -1, from: number, to: number): Step {
  const is = (row: number): boolean => {
    const level = records.level(row);
    return level !== undefined && level >= from && level <= to;
  };
  let row = place.at;
  while (is(row)) row += by;
  while (row >= 0 && row < records.count && !is(row)) row += by;
  if (row >= 0 && row < records.count) return here({ ...place, at: row });
  return notice(`no ${to < 4 ? 'error' : 'warning'} ${by > 0 ? 'after' : 'before'} this`);
}

function search(view: View, place: LogPlace): Searched {
  const { records } = sourceOf(view, place);
  return {
    key: `log ${place.source}`,
    count: () => records.count,
    test: (query) => {
      const re = bytePattern(query);
      return (row) => re.test(records.text(row));
    },
    at: place.at,
    // a match in a folded report unfolds it
    goTo: (row) => {
      const event = sourceOf(view, place).eventAt(row);
      const folded = event !== undefined && rowsOf(view, place).at(rowsOf(view, place).rowOf(row))?.kind === 'fold';
      return { ...place, at: row, following: false, unfolded: folded ? new Set([...place.unfolded, event.id]) : place.unfolded };
    },
  };
}

/** Lines copied at once, at most. */
const YANK_MOST = 5000;

function yank(view: View, place: LogPlace, all: boolean): Yank | undefined {
  const source = sourceOf(view, place);
  const { records } = source;
  const line = (row: number): string => {
    const time = records.time(row);
    return `${time === undefined ? '' : `[${time.toFixed(6).padStart(12)}] `}${printable(records.text(row))}`;
  };
  const event = all ? source.eventAt(place.at) : undefined;
  if (event === undefined) return records.count === 0 ? undefined : { text: line(place.at), what: `record ${records.seq(place.at)}` };
  const rows = source.rowsOf(event);
  if (rows === undefined) return undefined;
  const index = source.indexOf(event.id);
  const own = Array.from({ length: Math.min(YANK_MOST, rows[1] - rows[0] + 1) }, (_, i) => rows[0] + i).filter(
    (row) => records.owner(row) === index,
  );
  return { text: own.map(line).join('\n'), what: `the ${counted(own.length, 'line')} of ${event.id}` };
}

/** The log itself: a gutter binds each record to its event, long reports fold, filters hide and say how many. */
export const logScreen: Screen<LogPlace> = {
  list,
  moved,
  head: (view, place) => {
    const source = sourceOf(view, place);
    const rows = rowsOf(view, place);
    const scan = filterOf(view, place);
    const shown = source.records.count - rows.hidden;
    const filtered =
      place.filters.length === 0
        ? ''
        : place.filtering
          ? `${count(shown)} of ${counted(source.records.count, 'line')} (filter: ${printable(place.filters.join(' & '))}${scan && !scan.done ? ', looking…' : ''})`
          : 'filters off';
    const follow = source.following ? (place.following ? 'follow ●' : 'follow ○ [G]') : '';
    const right = [hostOf(source), follow].filter(Boolean).join('  ');
    return [
      breadcrumb(
        ['Timeline', span('Log', 'title'), counted(source.records.records, 'record'), filtered].filter((part) => part !== ''),
        right,
        view.size.columns,
      ),
      rule(view.size.columns),
    ];
  },
  body,
  position: (view, place) => {
    const { records } = sourceOf(view, place);
    return records.count === 0 ? 'empty' : `${records.seq(place.at)}`;
  },
  act,
  search,
  yank,
};
