import { causeOf } from './data/cause.ts';
import { TIME_MODES } from './data/clock.ts';
import type { Scan } from './data/scan.ts';
import { type Command, commandOf } from './keys/table.ts';
import { FILTERS_JOIN, promptKey } from './prompt.ts';
import { screenOf } from './screens/index.ts';
import type { View } from './screens/screen.ts';
import { move, scrolled } from './state/move.ts';
import type { Place } from './state/place.ts';
import { type Action, type Effect, placeOf, type State } from './state/state.ts';

/** The state after an action and what the world outside is asked for. Pure: `view` is only read. */
export type Reduced = readonly [State, readonly Effect[]];

export type ViewOf = (state: State) => View;

export function reduce(state: State, action: Action, viewOf: ViewOf): Reduced {
  const [next, effects] = step(state, action, viewOf);
  return [settled(next, viewOf), effects];
}

function step(state: State, action: Action, viewOf: ViewOf): Reduced {
  switch (action.kind) {
    case 'resize':
      return [{ ...state, size: action.size }, []];
    case 'notice':
      return [{ ...state, notice: action.text }, []];
    case 'read':
      return [atWorst(state, action.source, viewOf), []];
    case 'grown':
      return [arriving(followed(state, viewOf), viewOf), []];
    case 'mouse':
      return mouse(state, action, viewOf);
    case 'key':
      return key({ ...state, notice: undefined, touched: true }, action.name, viewOf);
  }
}

function key(state: State, name: string, viewOf: ViewOf): Reduced {
  if (name === 'ctrl-c') return [state, [{ kind: 'quit' }]];
  if (state.prompt !== undefined) return arrivingToo(promptKey(state, state.prompt, name), viewOf);
  const command = commandOf(placeOf(state).screen, name);
  if (state.help !== undefined) return helpKey(state, state.help, command);
  return command === undefined ? [state, []] : run(state, command, name, viewOf);
}

/** The overlay scrolls; any other key closes it. */
function helpKey(state: State, top: number, command: Command | undefined): Reduced {
  if (command === 'down' || command === 'page-down') return [{ ...state, help: top + (command === 'down' ? 1 : 10) }, []];
  if (command === 'up' || command === 'page-up') return [{ ...state, help: Math.max(0, top - (command === 'up' ? 1 : 10)) }, []];
  return [{ ...state, help: undefined }, []];
}

function run(state: State, command: Command, name: string, viewOf: ViewOf): Reduced {
  const place = placeOf(state);
  const view = viewOf(state);
  const screen = screenOf(place);
  const cursor = move(command, screen.list(view, place));
  if (cursor !== undefined) return [at(state, screen.moved(view, place, cursor)), []];
  switch (command) {
    case 'back': {
      const undone = name === 'esc' ? quieter(place) : undefined;
      if (undone !== undefined) return [at(state, undone), []];
      const nearer = screen.back?.(place);
      if (nearer !== undefined) return [at(state, nearer), []];
      return state.places.length > 1
        ? [{ ...state, places: state.places.slice(0, -1), forward: [...state.forward, place] }, []]
        : [state, [{ kind: 'quit' }]];
    }
    case 'forward': {
      const next = state.forward.at(-1);
      return [next === undefined ? state : { ...state, places: [...state.places, next], forward: state.forward.slice(0, -1) }, []];
    }
    case 'help':
      return [{ ...state, help: 0 }, []];
    case 'time':
      return [{ ...state, time: TIME_MODES[(TIME_MODES.indexOf(state.time) + 1) % TIME_MODES.length]! }, []];
    case 'search':
      return [{ ...state, prompt: { kind: 'search', text: '', from: place, row: screen.search(view, place).at } }, []];
    case 'filter':
      return [{ ...state, prompt: { kind: 'filter', text: place.filters.join(FILTERS_JOIN) } }, []];
    case 'filters':
      return [
        place.filters.length > 0 ? at(state, { ...place, filtering: !place.filtering }) : { ...state, notice: 'no filters: f adds one' },
        [],
      ];
    case 'match-next':
    case 'match-previous':
      return [toMatch(state, command === 'match-next' ? 1 : -1, viewOf), []];
    case 'mark':
    case 'to-mark':
    case 'export':
      return [{ ...state, prompt: { kind: command } }, []];
    case 'yank':
    case 'yank-all': {
      const yank = screen.yank(view, place, command === 'yank-all');
      return yank === undefined ? [{ ...state, notice: 'nothing to copy here' }, []] : [state, [{ kind: 'copy', ...yank }]];
    }
    case 'mouse':
      return [{ ...state, mouse: !state.mouse, notice: state.mouse ? 'mouse off' : 'mouse on' }, [{ kind: 'mouse', on: !state.mouse }]];
    case 'plain':
    case 'suspend':
    case 'quit':
      return [state, [{ kind: command }]];
    default: {
      const done = screen.act(view, place, command, name);
      if (done === undefined) return [state, []];
      if (done.kind === 'notice') return [{ ...state, notice: done.text }, []];
      if (done.kind === 'here') return [at(state, done.place), []];
      // a timeline that is opened has its cursor where the worst ended, once that is known
      const opened = { ...gone(state, done.place), touched: done.place.screen !== 'timeline' };
      return [opened, done.place.screen === 'fleet' ? [] : [{ kind: 'read', source: done.place.source }]];
    }
  }
}

/** Escape takes back one thing at a time, the search before the filters; undefined where nothing is left to take back. */
function quieter(place: Place): Place | undefined {
  if (place.query !== '') return { ...place, query: '' };
  return place.filtering && place.filters.length > 0 ? { ...place, filters: [] } : undefined;
}

/** Rows of a turn of the wheel. */
const WHEEL = 3;

function mouse(state: State, { action, row }: Extract<Action, { kind: 'mouse' }>, viewOf: ViewOf): Reduced {
  const place = placeOf(state);
  const view = viewOf(state);
  const screen = screenOf(place);
  const list = screen.list(view, place);
  if (action !== 'click') {
    const cursor = Math.max(0, Math.min(list.count - 1, list.cursor + (action === 'wheel-up' ? -WHEEL : WHEEL)));
    return [at(state, screen.moved(view, place, cursor)), []];
  }
  const first = screen.head(view, place).length + (list.from ?? 0);
  const clicked = place.top + row - 1 - first;
  if (row - 1 < first || row - 1 >= first + list.height || clicked >= list.count) return [state, []];
  return clicked === list.cursor ? run(state, 'open', 'enter', viewOf) : [at(state, screen.moved(view, place, clicked)), []];
}

/** The current place replaced. */
const at = (state: State, place: Place): State => ({ ...state, places: [...state.places.slice(0, -1), place] });

/** A new place above the current one. */
const gone = (state: State, place: Place): State => ({ ...state, places: [...state.places, place], forward: [] });

/** The search of this place, begun if it is new. */
function searchOf(
  state: State,
  query: string,
  view: View,
): { readonly scan: Scan; readonly at: number; readonly goTo: (row: number) => Place } {
  const place = placeOf(state);
  const searched = screenOf(place).search(view, place);
  const scan = view.scans.use('search', `${searched.key} ${query}`, searched.count, () => searched.test(query));
  return { scan, at: searched.at, goTo: searched.goTo };
}

function toMatch(state: State, by: 1 | -1, viewOf: ViewOf): State {
  const { query } = placeOf(state);
  if (query === '') return { ...state, notice: 'no search here yet: / begins one' };
  const view = viewOf(state);
  const { scan, at: row, goTo } = searchOf(state, query, view);
  if (scan.found.length === 0) return { ...state, notice: scan.done ? `no match for ${query}` : 'still searching' };
  const place = by > 0 ? scan.placeOf(row + 1) : scan.placeOf(row) - 1;
  const wrapped = place < 0 || place >= scan.found.length;
  if (wrapped && by > 0 && !scan.done) return { ...state, notice: 'still searching' };
  const target = scan.found[(place + scan.found.length) % scan.found.length]!;
  return {
    ...at(state, goTo(target)),
    ...(wrapped ? { notice: by > 0 ? 'search went on at the top' : 'search went on at the bottom' } : {}),
  };
}

/** While a search is typed the cursor is on its first match after where it began. */
function arriving(state: State, viewOf: ViewOf): State {
  const { prompt } = state;
  if (prompt?.kind !== 'search') return state;
  const before = at(state, prompt.from);
  if (prompt.text === '') return before;
  const { scan, goTo } = searchOf(before, prompt.text, viewOf(before));
  const target = scan.found[scan.placeOf(prompt.row)] ?? (scan.done ? scan.found[0] : undefined);
  return target === undefined ? before : at(before, goTo(target));
}

const arrivingToo = ([state, effects]: Reduced, viewOf: ViewOf): Reduced => [arriving(state, viewOf), effects];

/** Until a key is pressed the cursor is where the worst incident comes from: the first thing people ask for. */
function atWorst(state: State, index: number, viewOf: ViewOf): State {
  const place = placeOf(state);
  const source = viewOf(state).sources[index];
  if (state.touched || place.screen !== 'timeline' || place.source !== index || source === undefined) return state;
  const { worst } = source;
  const cause = worst && causeOf(source, worst);
  return cause === undefined ? state : at(state, { ...place, cursor: Math.max(0, source.indexOf(cause.id)) });
}

/** In a log that is followed the cursor stays at the end. */
function followed(state: State, viewOf: ViewOf): State {
  const place = placeOf(state);
  if (place.screen !== 'log' || !place.following) return state;
  const view = viewOf(state);
  const screen = screenOf(place);
  return at(state, screen.moved(view, place, screen.list(view, place).count - 1));
}

/** Cursor and scroll within what there is. */
function settled(state: State, viewOf: ViewOf): State {
  const place = placeOf(state);
  const screen = screenOf(place);
  const view = viewOf(state);
  const list = screen.list(view, place);
  const cursor = Math.max(0, Math.min(list.cursor, list.count - 1));
  const kept = cursor === list.cursor ? place : screen.moved(view, place, cursor);
  const top = scrolled(kept.top, { ...list, cursor });
  return top === place.top && kept === place ? state : at(state, { ...kept, top });
}
