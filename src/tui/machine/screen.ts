import { printable } from '../../output/text/printable.ts';
import { filterTest, pattern } from '../data/scan.ts';
import type { Source } from '../data/source.ts';
import type { Command } from '../keys/table.ts';
import { cutMiddle, fill, type Line, plainText, type Span, span } from '../line/line.ts';
import { breadcrumb, hostOf } from '../screens/header.ts';
import { bodyHeight, linesOf, MIDDLING, rule, viewport } from '../screens/layout.ts';
import { go, here, type List, notice, type Screen, type Searched, type Step, type View, type Yank } from '../screens/screen.ts';
import { eventPlace, type MachinePlace } from '../state/place.ts';
import { MACHINE_TABS, type MachineRow, type MachineTable, TASK_SORTS } from './rows.ts';

const sourceOf = ({ sources }: View, { source }: MachinePlace): Source => sources[source]!;

const EMPTY: MachineTable = { head: [], rows: [] };

/** The rows of the tab that the filters let through. */
function shown(view: View, place: MachinePlace): MachineTable {
  const source = sourceOf(view, place);
  const { machine } = source;
  if (!machine) return EMPTY;
  const filters = place.filtering ? place.filters : [];
  const { columns } = view.size;
  return view.memo.of(machine, 'machine', `${place.tab} ${place.sort} ${columns} ${JSON.stringify(filters)}`, () => {
    const table = MACHINE_TABS[place.tab]!.table(machine, source, columns, place.sort);
    const test = filterTest(filters);
    return filters.length === 0 ? table : { ...table, rows: table.rows.filter(({ line }) => test(plainText(line))) };
  });
}

/** Lines of the head: name, what is known, rule; one where there is little room. */
const headLines = ({ size: { rows } }: View): number => (linesOf({ columns: 0, rows }) >= MIDDLING ? 3 : 1);

/** Lines of the body above the rows: tabs and heads. */
const ABOVE = 2;

const list = (view: View, place: MachinePlace): List => ({
  count: shown(view, place).rows.length,
  cursor: place.cursor,
  height: Math.max(1, bodyHeight(view.size, headLines(view)) - ABOVE),
  from: ABOVE,
});

function tabBar(active: number, columns: number): Line {
  const tabs = MACHINE_TABS.flatMap(({ name }, i): (string | Span)[] => [
    ' ',
    span(`[${i + 1}]${name}`, i === active ? 'selected' : 'label'),
  ]);
  return fill(tabs, columns);
}

/** What the facts rest on: whether the stack is the log's, what could not be read. */
function proofLine({ machine }: Source, columns: number): Line {
  if (!machine) return [];
  const { stack, unknown = [], stuck } = machine.facts;
  const parts: Span[] = [];
  if (stack?.agrees === true) parts.push(span('stack agrees with the log', 'dim'));
  if (stack?.agrees === false) parts.push(span(`STACK IS NOT THE LOG'S: ${printable(stack.why ?? 'they differ')}`, 'fatal'));
  if (stuck.length > 0) parts.push(span(`${stuck.length} ${stuck.length === 1 ? 'task' : 'tasks'} stuck`, 'hung'));
  if (unknown.length > 0) parts.push(span(`not known: ${printable(unknown[0]!)}`, 'guess'));
  return fill(
    parts.flatMap((part, i) => [i === 0 ? ' ' : ' · ', part]),
    columns,
  );
}

function body(view: View, place: MachinePlace): Line[] {
  const source = sourceOf(view, place);
  const { columns } = view.size;
  if (!source.machine) return [[], [' ', whyNothing(source)]];
  const { head, rows } = shown(view, place);
  const empty: Line[] = rows.length > 0 ? [] : [[' ', nothingIn(source.machine.facts, place.tab)]];
  return [
    tabBar(place.tab, columns),
    head,
    ...(empty.length > 0 ? empty : viewport(list(view, place), place.top, columns, (i) => rows[i]!.line)),
  ];
}

/** None is not the same as not known: of a kernel without types no task and no number can be read. */
function nothingIn({ memory, unknown = [] }: NonNullable<Source['machine']>['facts'], tab: number): Span {
  const [why] = unknown;
  return memory.length === 0 && why !== undefined ? span(`not known: ${printable(why)}`, 'guess') : span(NOTHING[tab] ?? 'nothing', 'dim');
}

const NOTHING = ['no CPU is known', 'no task is in uninterruptible sleep', 'no task', 'no number of it', 'no module is loaded'];

const whyNothing = ({ status, info }: Source): string =>
  status === 'reading'
    ? 'the dump is still being read'
    : info?.container.format === 'text'
      ? 'this is a log: there is no memory to look at'
      : 'this dump does not hold the kernel’s symbols and types: its log is all there is';

/** The event of the task under the cursor. */
function eventOf(view: View, place: MachinePlace): Step {
  const source = sourceOf(view, place);
  const pid = shown(view, place).rows[place.cursor]?.pid;
  const event = pid === undefined || pid === 0 ? undefined : source.events.findLast(({ task }) => task?.pid === pid);
  return event ? go(eventPlace(place.source, event.id)) : notice('no event of the log is about this task');
}

const inTab = (place: MachinePlace, tab: number): Step => here({ ...place, tab, cursor: 0, top: 0 });

function act(view: View, place: MachinePlace, command: Command, key: string): Step | undefined {
  const tabs = MACHINE_TABS.length;
  switch (command) {
    case 'open':
      return eventOf(view, place);
    case 'tab-next':
      return inTab(place, (place.tab + 1) % tabs);
    case 'tab-previous':
      return inTab(place, (place.tab + tabs - 1) % tabs);
    case 'tab':
      return Number(key) <= tabs ? inTab(place, Number(key) - 1) : undefined;
    case 'sort':
      return here({ ...place, sort: place.sort + 1, cursor: 0, top: 0 });
    default:
      return undefined;
  }
}

function search(view: View, place: MachinePlace): Searched {
  const { rows } = shown(view, place);
  return {
    key: `machine ${place.source} ${place.tab} ${place.sort} ${rows.length} ${place.filters.join('\n')} ${place.filtering}`,
    count: () => rows.length,
    test: (query) => {
      const re = pattern(query);
      return (i) => re.test(plainText(rows[i]?.line ?? []));
    },
    at: place.cursor,
    goTo: (cursor) => ({ ...place, cursor }),
  };
}

const textOf = ({ line }: MachineRow): string => plainText(line).trim();

function yank(view: View, place: MachinePlace, all: boolean): Yank | undefined {
  const { rows, head } = shown(view, place);
  if (all)
    return {
      text: [plainText(head), ...rows.map(({ line }) => plainText(line))].map((line) => line.trimEnd()).join('\n'),
      what: 'the table',
    };
  const row = rows[place.cursor];
  return row && { text: textOf(row), what: 'the line' };
}

/** What the memory of a dump says beyond its log: CPUs, who is stuck, tasks, memory, modules. */
export const machineScreen: Screen<MachinePlace> = {
  list,
  moved: (_view, place, cursor) => ({ ...place, cursor }),
  head: (view, place) => {
    const source = sourceOf(view, place);
    const { columns } = view.size;
    const release = printable(source.info?.kernel?.release ?? '');
    const room = columns - ' ◂ Timeline  Machine    '.length - release.length;
    const name = hostOf(source) ?? cutMiddle(printable(source.name), Math.max(16, Math.min(40, room)));
    const line = breadcrumb(['Timeline', span('Machine', 'title')], `${name}  ${release}`, columns);
    return headLines(view) > 1 ? [line, proofLine(source, columns), rule(columns)] : [line];
  },
  body,
  position: (view, place) => {
    const { count, cursor } = list(view, place);
    const sort = MACHINE_TABS[place.tab]?.name === 'Tasks' ? `sort: ${TASK_SORTS[place.sort % TASK_SORTS.length]}  ` : '';
    return `${sort}${count === 0 ? 0 : cursor + 1}/${count}`;
  },
  act,
  search,
  yank,
};
