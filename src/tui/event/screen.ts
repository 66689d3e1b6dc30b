import { printable } from '../../output/text/printable.ts';
import { uptimeText } from '../../output/text/uptime.ts';
import { pattern } from '../data/scan.ts';
import type { Command } from '../keys/table.ts';
import { cutRight, type Line, plainText, type Span, span, widthOf } from '../line/line.ts';
import { breadcrumb, hostOf } from '../screens/header.ts';
import { beside, bodyHeight, linesOf, MEDIUM, MIDDLING, rule, TALL, viewport } from '../screens/layout.ts';
import { go, here, type List, notice, type Screen, type Searched, type Step, type View, type Yank } from '../screens/screen.ts';
import { type EventPlace, eventPlace, logPlace, machinePlace } from '../state/place.ts';
import { lookOf } from '../theme/looks.ts';
import { eventMarkdown } from '../yank.ts';
import { belowLines, besideLines, leftWidth } from './beside.ts';
import { factLines } from './facts.ts';
import { nextStepLines } from './next-steps.ts';
import { visibleRows } from './rows.ts';
import type { EventContext, TabRows } from './tab.ts';
import { type ShownTab, shownTabs } from './tabs/index.ts';
import { headlineOf } from './verdict.ts';

const HEAD = 3;

/** Everything a tab draws from; the event is there: places are made from events. */
function contextOf(view: View, place: EventPlace): EventContext {
  const source = view.sources[place.source]!;
  const event = source.event(place.event) ?? source.events[0]!;
  return { view, source, event, incident: source.incidentOf(event.id), place, width: view.size.columns };
}

interface Shown {
  readonly tabs: readonly ShownTab[];
  readonly active: number;
  readonly rows: TabRows;
  readonly facts: readonly Line[];
  readonly steps: readonly Line[];
  readonly list: List;
  /** Cells of the tab in front and what stands beside it, on a wide terminal. */
  readonly left: number;
  readonly right: readonly Line[] | undefined;
}

function shown(view: View, place: EventPlace): Shown {
  const context = contextOf(view, place);
  const tabs = shownTabs(context);
  const active = Math.min(place.tab, tabs.length - 1);
  const front = tabs[active]!;
  const left = leftWidth(context, front);
  const rows = left === undefined ? visibleRows(context, front) : narrowRows({ ...context, width: left }, front);
  const room = bodyHeight(view.size, HEAD);
  const lines = linesOf(view.size);
  const facts = factLines(context);
  const steps = nextStepLines(context, lines >= TALL ? 4 : lines >= MIDDLING ? 2 : 0);
  const above = rows.head?.length ?? 0;
  const height = Math.max(1, room - facts.length - 1 - above - (steps.length > 0 ? steps.length + 1 : 0));
  const from = facts.length + 1 + above;
  const right = left === undefined ? undefined : besideLines({ ...context, width: context.width - left - 1 }, front, tabs, height + above);
  return {
    tabs,
    active,
    rows,
    facts,
    steps,
    list: { count: rows.count, cursor: place.cursor, height, from },
    left: left ?? context.width,
    right,
  };
}

/** The rows of the tab in front, made for less than the whole width. */
function narrowRows(context: EventContext, front: ShownTab): TabRows {
  const { view, source, event, place, width } = context;
  const key = [source.version, width, view.size.rows, view.time, view.query, place.left, place.sort, place.unreliable].join(' ');
  const rows = view.memo.of(event, 'narrow', `${front.tab.name} ${key}`, () => front.tab.rows(context)) ?? front.rows;
  return visibleRows(context, { tab: front.tab, rows });
}

/** `─[1]Trace──[2]Registers──…`: as long as there is room for; many tabs on a narrow terminal have short names and stand close. */
function tabBar(tabs: readonly ShownTab[], active: number, columns: number): Line {
  const bar = (name: 'name' | 'short', before: string, after: string): Line =>
    tabs.flatMap(({ tab }, i): (string | Span)[] => [
      span(before, 'dim'),
      span(`[${i + 1}]${tab[name]}`, i === active ? 'selected' : 'label'),
      span(after, 'dim'),
    ]);
  const bars = [...(columns >= MEDIUM ? [bar('name', '─', '─')] : []), bar('short', '─', '─'), bar('short', '─', '')];
  const line = bars.find((each) => widthOf(each) <= columns) ?? bar('short', '', '');
  return [...line, span('─'.repeat(Math.max(0, columns - widthOf(line))), 'dim')];
}

function body(view: View, place: EventPlace): Line[] {
  const { columns } = view.size;
  const { tabs, active, rows, facts, steps, list, left, right } = shown(view, place);
  const seen = viewport(list, place.top, left, (index) => rows.row(index).line);
  const context = { ...contextOf(view, place), width: left };
  const below = belowLines(context, tabs[active]!, tabs, list.height - list.count);
  const front = [...(rows.head ?? []), ...(below.length > 0 ? [...seen.slice(0, list.count), ...below] : seen)];
  return [
    ...facts,
    tabBar(tabs, active, columns),
    ...(right === undefined ? front : beside(front, right, left, columns)),
    ...(steps.length > 0 ? [rule(columns), ...steps] : []),
  ];
}

/** The place in another tab, at its top. */
const inTab = (place: EventPlace, tab: number): Step => here({ ...place, tab, cursor: 0, top: 0, left: 0 });

function act(view: View, place: EventPlace, command: Command, key: string): Step | undefined {
  const context = contextOf(view, place);
  const { source, event } = context;
  const { tabs, active, rows } = shown(view, place);
  switch (command) {
    case 'open': {
      const row = rows.row(place.cursor);
      if (row.event !== undefined && row.event !== event.id) return go(eventPlace(place.source, row.event));
      if (row.seq === undefined) return notice('no record says this line; l leads to the event');
      const at = source.records.rowOf(row.seq);
      return at < 0 ? notice('its record is not in the log') : go(logPlace(place.source, at, [event.id]));
    }
    case 'machine':
      return go(machinePlace(place.source));
    case 'log':
      return go(logPlace(place.source, Math.max(0, source.records.rowOf(event.records.first)), [event.id]));
    case 'tab-next':
    case 'tab-previous':
      return inTab(place, (active + (command === 'tab-next' ? 1 : tabs.length - 1)) % tabs.length);
    case 'tab':
      return Number(key) <= tabs.length ? inTab(place, Number(key) - 1) : undefined;
    case 'previous':
    case 'next': {
      const other = source.events[source.indexOf(event.id) + (command === 'next' ? 1 : -1)];
      if (other === undefined) return notice(command === 'next' ? 'the last event' : 'the first event');
      const tab = tabs[active]!.tab.name;
      const next = { ...eventPlace(place.source, other.id), unreliable: place.unreliable, query: place.query };
      const same = shownTabs(contextOf(view, next)).findIndex(({ tab: { name } }) => name === tab);
      return here({ ...next, tab: Math.max(0, same) });
    }
    case 'section-previous':
    case 'section-next':
      return toSection(place, rows, command === 'section-next' ? 1 : -1);
    case 'left':
    case 'right':
      return here({ ...place, left: Math.max(0, place.left + (command === 'left' ? -16 : 16)) });
    case 'unreliable':
      return here({ ...place, unreliable: !place.unreliable });
    case 'sort':
      return here({ ...place, sort: place.sort + 1, cursor: 0, top: 0 });
    default:
      return undefined;
  }
}

function toSection(place: EventPlace, rows: TabRows, by: 1 | -1): Step {
  for (let i = place.cursor + by; i >= 0 && i < rows.count; i += by) if (rows.row(i).section) return here({ ...place, cursor: i });
  return notice(by > 0 ? 'the last section' : 'the first section');
}

function search(view: View, place: EventPlace): Searched {
  const { rows, active } = shown(view, place);
  return {
    key: `event ${place.source} ${place.event} ${active} ${place.sort} ${place.unreliable} ${rows.count}`,
    count: () => rows.count,
    test: (query) => {
      const re = pattern(query);
      return (row) => re.test(plainText(rows.row(row).line));
    },
    at: place.cursor,
    goTo: (row) => ({ ...place, cursor: row }),
  };
}

function yank(view: View, place: EventPlace, all: boolean): Yank | undefined {
  const context = contextOf(view, place);
  if (all) return { text: eventMarkdown(context.event), what: `${context.event.id} as Markdown` };
  const row = shown(view, place).rows.row(place.cursor);
  const text = row.yank ?? plainText(row.line).trim();
  return text === '' ? undefined : { text, what: 'the line' };
}

/** One event in full: its verdict, what is known of it, its tabs, what to type next. */
export const eventScreen: Screen<EventPlace> = {
  list: (view, place) => shown(view, place).list,
  moved: (_view, place, cursor) => ({ ...place, cursor }),
  head: (view, place) => {
    const context = contextOf(view, place);
    const { source, event, incident } = context;
    const { columns } = view.size;
    const look = lookOf(event);
    const right = [hostOf(source), event.uptime === undefined ? undefined : uptimeText(event.uptime, columns >= MEDIUM ? 6 : 0)]
      .filter(Boolean)
      .join('  ');
    const parts = [
      'Timeline',
      incident === undefined ? 'no incident' : `Incident ${incident.id}`,
      `event ${source.indexOf(event.id) + 1}/${source.events.length}`,
      span(`${look.glyph} ${event.kind}`, look.role),
    ];
    return [
      breadcrumb(columns >= MEDIUM ? parts : parts.slice(2), right, columns),
      [' ', span(cutRight(printable(headlineOf(context)), columns - 2), 'title')],
      rule(columns),
    ];
  },
  body,
  position: (view, place) => {
    const { list, tabs, active } = shown(view, place);
    const hidden = tabs[active]!.rows.count - list.count;
    return `${Math.min(place.cursor + 1, list.count)}/${list.count}${hidden > 0 ? ` (${hidden} hidden)` : ''}`;
  },
  act,
  search,
  yank,
};
