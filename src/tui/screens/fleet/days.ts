import type { Fleet } from '../../../fleet/fleet.ts';
import type { Window } from '../../data/strip.ts';
import { level } from '../../line/bar.ts';
import { type Line, span } from '../../line/line.ts';

const DAY_MS = 86_400_000;
const LABEL = 9;

/** Inputs a day over the days from the first to the last; of a long time several days share a cell. */
export function daysLine({ days, undated }: Fleet, [from, to]: Window, width: number): Line {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [span(' per day  no input tells a time of the day', 'dim')];
  const begin = Date.parse(first.day);
  const all = Math.round((Date.parse(last.day) - begin) / DAY_MS) + 1;
  const start = Math.floor(from * all);
  const shown = Math.max(1, Math.ceil(to * all) - start);
  const legend = `${first.day.slice(5)}…${last.day.slice(5)}${undated > 0 ? `, ${undated} undated` : ''}`;
  const cells = Math.max(1, Math.min(shown, width - LABEL - legend.length - 4));
  const counts = new Array<number>(cells).fill(0);
  for (const { day, inputs } of days) {
    const at = Math.floor((((Date.parse(day) - begin) / DAY_MS - start) / shown) * cells);
    if (at >= 0 && at < cells) counts[at]! += inputs;
  }
  const most = Math.max(...counts);
  return [span(' per day │', 'dim'), counts.map((n) => level(n, most)).join(''), span(`│ ${legend}`, 'dim')];
}
