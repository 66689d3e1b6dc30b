import { printable } from '../../output/text/printable.ts';
import { bindingsOf, type ScreenName } from '../keys/table.ts';
import { between, cutRight, type Line, plainText, type Span, span, widthOf } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { placeOf, type State } from '../state/state.ts';
import { helpLines } from './help.ts';
import { screenOf } from './index.ts';
import { keyName } from './key-names.ts';
import { bodyHeight, LEAST, linesOf, toHeight } from './layout.ts';
import { isOfStore, type View } from './screen.ts';

/** All lines of the screen, as many as the terminal has rows less one. Never throws: a screen with a bug says so in a line. */
export function frame(state: State, view: View, failed: (error: unknown) => void): readonly Line[] {
  const { size } = state;
  const height = Math.max(1, linesOf(size));
  if (size.columns < LEAST.columns || size.rows < LEAST.rows) return toHeight([[tooSmall(size)]], height);
  try {
    if (state.help !== undefined) return toHeight(helpLines(placeOf(state).screen, state.help, view), height);
    const place = placeOf(state);
    const screen = screenOf(place);
    const head = screen.head(view, place);
    const body = toHeight(screen.body(view, place), bodyHeight(size, head.length));
    return [...head, ...body, footer(state, view, `${notes(state, view)}${screen.position(view, place)}`)].slice(0, height);
  } catch (error) {
    failed(error);
    const text = ` This screen failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}. q goes back, the others still work.`;
    return toHeight([[span(text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?'), 'fatal')]], height);
  }
}

const tooSmall = ({ columns, rows }: State['size']): string =>
  `needs ${LEAST.columns}x${LEAST.rows}, is ${columns}x${rows}: lastkmsg FILE prints text`;

const EXPORT = ' export as [t] text  [m] Markdown  [h] HTML  [j] JSON · Esc';

function footer(state: State, view: View, position: string): Line {
  const { prompt, notice, size } = state;
  const width = size.columns;
  switch (prompt?.kind) {
    case 'search':
      return between([' /', prompt.text, span(' ', 'selected')], [span(`${position} `, 'dim')], width);
    case 'filter':
      return between(
        [' filter: ', prompt.text, span(' ', 'selected')],
        [span(`!text hides · & joins · empty clears · ${position} `, 'dim')],
        width,
      );
    case 'export':
      return [placeOf(state).screen === 'fleet' ? EXPORT.replace('[h] HTML  ', '') : EXPORT];
    case 'mark':
      return [' mark with letter:'];
    case 'to-mark':
      return [` go to mark: ${[...state.marks.keys()].join(' ') || 'none yet'}`];
    default: {
      const left = notice === undefined ? hints(view, placeOf(state).screen, width - position.length - 3) : [' ', span(notice, 'title')];
      return between(left, [`${position} `], width);
    }
  }
}

/** How many rows match what is searched for, and which filters hide rows: before the position, at the right. */
function notes(state: State, view: View): string {
  const { prompt } = state;
  const place = placeOf(state);
  const query =
    prompt?.kind === 'search'
      ? prompt.text
      : prompt?.kind === 'filter'
        ? (prompt.text.split(' & ').at(-1) ?? '').replace(/^!/, '')
        : place.query;
  const filters =
    place.filtering && place.filters.length > 0 && place.screen !== 'log'
      ? `filter ${cutRight(printable(place.filters.join(' & ')), 20)} · `
      : '';
  if (query === '') return filters;
  const { key, count: rows, test } = screenOf(place).search(view, place);
  const scan = view.scans.use('search', `${key} ${query}`, rows, () => test(query));
  const what = prompt === undefined ? `/${cutRight(printable(query), 20)} ` : '';
  return `${filters}${what}${count(scan.found.length)}${scan.done ? '' : '+'} ${scan.found.length === 1 ? 'match' : 'matches'} · `;
}

/** As many hints of the key table as there is room for, without brackets where that lets them all stand; the one that tells the rest is always there. */
function hints(view: View, screen: ScreenName, room: number): Line {
  const full = hintsIn(view, screen, room, true);
  return full.whole ? full.line : hintsIn(view, screen, room, false).line;
}

function hintsIn(view: View, screen: ScreenName, room: number, brackets: boolean): { readonly line: Line; readonly whole: boolean } {
  const name = (key: string): string => (brackets ? `[${keyName(key, view.ascii)}]` : keyName(key, view.ascii));
  const hinted = bindingsOf(screen, isOfStore(view)).flatMap(({ keys, hint, command }) =>
    hint === undefined ? [] : [{ command, parts: [' ', span(name(keys[0]!), 'key'), ` ${hint}`] }],
  );
  let whole = true;
  const help = hinted.filter(({ command }) => command === 'help').flatMap(({ parts }) => parts);
  const line: (string | Span)[] = [];
  for (const { command, parts } of hinted) {
    if (command === 'help') continue;
    if (widthOf([...line, ...parts, ...help]) > room) {
      whole = false;
      break;
    }
    line.push(...parts);
  }
  return { line: [...line, ...help], whole };
}

/** The frame as text that one may copy: no colours, no blanks at the ends. */
export const plainFrame = (lines: readonly Line[]): string =>
  `${lines
    .map((line) => plainText(line).trimEnd())
    .join('\n')
    .trimEnd()}\n`;
