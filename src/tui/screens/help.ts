import { pad } from '../../output/text/cells.ts';
import { bindingsOf, type ScreenName, TASKS, taskOf } from '../keys/table.ts';
import { fill, type Line, span } from '../line/line.ts';
import { keyName } from './key-names.ts';
import { linesOf, ROOMY, titled } from './layout.ts';
import { isOfStore, type View } from './screen.ts';

const TITLES: Readonly<Record<ScreenName, string>> = {
  fleet: 'Fleet',
  timeline: 'Timeline',
  event: 'Event',
  log: 'Log',
  machine: 'Machine',
};
const KEYS_WIDTH = 17;

/** The overlay of keys for one screen, by what one wants to do, from the table that drives them; in two columns where there is room. */
export function helpLines(screen: ScreenName, top: number, view: View): Line[] {
  const { columns, rows } = view.size;
  const two = columns >= ROOMY;
  const width = two ? columns >> 1 : columns;
  const blocks = TASKS.map((task) => blockOf(screen, task, view)).filter((block) => block.length > 0);
  const room = linesOf({ columns, rows }) - 3;
  const apart = blocks.flatMap((block, i) => (i === 0 ? block : [[], ...block]));
  const end = columnEnd(blocks);
  // a column ends where a block does, unless that takes more lines than there are
  const close = two && Math.max(end, apart.length - end - 1) > room;
  const all = close ? blocks.flat() : apart;
  const half = !two ? all.length : close ? Math.ceil(all.length / 2) : end;
  const right = all.slice(half).slice(all[half]?.length === 0 ? 1 : 0);
  const lines = two
    ? Array.from({ length: Math.max(half, right.length) }, (_, i) => [...fill(all.slice(0, half)[i] ?? [], width), ...(right[i] ?? [])])
    : all;
  const first = Math.min(top, Math.max(0, lines.length - room));
  const more = lines.length > room ? ` · j k scroll, ${first + 1}–${Math.min(lines.length, first + room)} of ${lines.length}` : '';
  return [
    titled([span(`Keys on this screen: ${TITLES[screen]}`, 'title')], columns),
    [],
    ...lines.slice(first, first + room),
    ...new Array<Line>(Math.max(0, room - lines.length)).fill([]),
    [span(` any other key closes this${more}`, 'dim')],
  ];
}

function blockOf(screen: ScreenName, task: (typeof TASKS)[number], view: View): Line[] {
  const own = bindingsOf(screen, isOfStore(view)).filter((binding) => taskOf(binding) === task);
  if (own.length === 0) return [];
  return [
    [' ', span(task, 'label')],
    ...own.map(
      ({ keys, does }): Line => ['  ', span(pad(keysText(keys.map((key) => keyName(key, view.ascii))), KEYS_WIDTH), 'key'), ' ', does],
    ),
  ];
}

/** `1…9`, not nine digits. */
const keysText = (names: readonly string[]): string => (names.length > 4 ? `${names[0]}…${names.at(-1)}` : names.join(' '));

/** After which line the left of two columns ends: the break between blocks that leaves them most alike. */
function columnEnd(blocks: readonly (readonly Line[])[]): number {
  const total = blocks.reduce((sum, block) => sum + block.length + 1, -1);
  let [best, end] = [total, total];
  let at = 0;
  for (const block of blocks) {
    at += block.length;
    if (Math.max(at, total - at - 1) < best) [best, end] = [Math.max(at, total - at - 1), at];
    at++;
  }
  return end;
}
