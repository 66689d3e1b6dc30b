import { bindingsOf } from '../keys/table.ts';
import { between, type Line, plainText, span, widthOf } from '../line/line.ts';
import { placeOf, type State } from '../state/state.ts';
import { helpLines } from './help.ts';
import { screenOf } from './index.ts';
import { keyName } from './key-names.ts';
import { bodyHeight, LEAST, linesOf, toHeight } from './layout.ts';
import type { View } from './screen.ts';

/** All lines of the screen, as many as the terminal has rows less one. Never throws: a screen with a bug says so in a line. */
export function frame(state: State, view: View, failed: (error: unknown) => void): readonly Line[] {
  const { size } = state;
  const height = Math.max(1, linesOf(size));
  if (size.columns < LEAST.columns || size.rows < LEAST.rows) return toHeight([[tooSmall(size)]], height);
  try {
    if (state.help !== undefined) return toHeight(helpLines(placeOf(state).screen, state.help, size), height);
    const place = placeOf(state);
    const screen = screenOf(place);
    const head = screen.head(view, place);
    const body = toHeight(screen.body(view, place), bodyHeight(size, head.length));
    return [...head, ...body, footer(state, screen.position(view, place))].slice(0, height);
  } catch (error) {
    failed(error);
    const text = ` This screen failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}. q goes back, the others still work.`;
    return toHeight([[span(text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?'), 'fatal')]], height);
  }
}

const tooSmall = ({ columns, rows }: State['size']): string =>
  `needs ${LEAST.columns}x${LEAST.rows}, is ${columns}x${rows}: lastkmsg FILE prints text`;

const EXPORT = ' export as [t] text  [m] Markdown  [h] HTML  [j] JSON · Esc';

function footer(state: State, position: string): Line {
  const { prompt, notice, size } = state;
  const width = size.columns;
  switch (prompt?.kind) {
    case 'search':
      return between([' /', prompt.text, span(' ', 'selected')], [span(`${position} `, 'dim')], width);
    case 'filter':
      return between([' filter: ', prompt.text, span(' ', 'selected')], [span('!text hides · empty clears · Esc ', 'dim')], width);
    case 'export':
      return [EXPORT];
    case 'mark':
      return [' mark with letter:'];
    case 'to-mark':
      return [` go to mark: ${[...state.marks.keys()].join(' ') || 'none yet'}`];
    default:
      return between(
        notice === undefined ? hints(state, width - position.length - 3) : [' ', span(notice, 'title')],
        [`${position} `],
        width,
      );
  }
}

/** As many hints of the key table as there is room for. */
function hints(state: State, room: number): Line {
  const line: (string | ReturnType<typeof span>)[] = [];
  for (const { keys, hint } of bindingsOf(placeOf(state).screen)) {
    if (hint === undefined) continue;
    const more = [' ', span(`[${keyName(keys[0]!)}]`, 'key'), ` ${hint}`];
    if (widthOf([...line, ...more]) > room) break;
    line.push(...more);
  }
  return line;
}

/** The frame as text that one may copy: no colours, no blanks at the ends. */
export const plainFrame = (lines: readonly Line[]): string =>
  `${lines
    .map((line) => plainText(line).trimEnd())
    .join('\n')
    .trimEnd()}\n`;
