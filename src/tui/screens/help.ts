import { pad } from '../../output/text/cells.ts';
import { bindingsOf, type ScreenName } from '../keys/table.ts';
import { between, type Line, span } from '../line/line.ts';
import { keyName } from './key-names.ts';
import { linesOf, rule } from './layout.ts';
import type { View } from './screen.ts';

const TITLES: Readonly<Record<ScreenName, string>> = {
  fleet: 'Fleet',
  timeline: 'Timeline',
  event: 'Event',
  log: 'Log',
  machine: 'Machine',
};
const KEYS_WIDTH = 18;

/** The overlay of keys for one screen, from the table that drives them; in two columns where there is room. */
export function helpLines(screen: ScreenName, top: number, { size: { columns, rows }, ascii }: View): Line[] {
  const entries = bindingsOf(screen).map(
    ({ keys, does }): Line => [' ', span(pad(keys.map((key) => keyName(key, ascii)).join(' '), KEYS_WIDTH), 'key'), ' ', does],
  );
  const two = columns >= 100;
  const half = two ? Math.ceil(entries.length / 2) : entries.length;
  const width = two ? columns >> 1 : columns;
  const lines = entries.slice(0, half).map((line, i) => (two ? [...between(line, [], width), ...(entries[half + i] ?? [])] : line));
  const room = linesOf({ columns, rows }) - 3;
  const first = Math.min(top, Math.max(0, lines.length - room));
  const more = lines.length > room ? ` · j k scroll, ${first + 1}–${Math.min(lines.length, first + room)} of ${lines.length}` : '';
  return [
    [' ', span(`Keys on this screen: ${TITLES[screen]}`, 'title')],
    rule(columns),
    ...lines.slice(first, first + room),
    ...new Array<Line>(Math.max(0, room - lines.length)).fill([]),
    [span(` any other key closes this${more}`, 'dim')],
  ];
}
