import type { Fleet } from '../../fleet/fleet.ts';
import type { Window } from '../data/axis.ts';
import { level } from '../line/bar.ts';
import { type Line, span } from '../line/line.ts';
import { ROOMY } from '../screens/layout.ts';
import type { Role } from '../theme/roles.ts';

const DAY_MS = 86_400_000;
const LABEL = 9;
/** What the colours of the days say; the list below has the same glyphs. */
const KINDS = '✖ oops ▲ oom ■ hung ◆ hw · ';

/** Inputs a day over the days from the first to the last; of a long time several days share a cell. */
export function daysLine({ days, undated }: Fleet, [from, to]: Window, width: number): Line {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [span(' per day  no input tells a time of the day', 'dim')];
  const begin = Date.parse(first.day);
  const all = Math.round((Date.parse(last.day) - begin) / DAY_MS) + 1;
  const start = Math.floor(from * all);
  const shown = Math.max(1, Math.ceil(to * all) - start);
  const legend = `${width >= ROOMY ? KINDS : ''}${first.day.slice(5)}…${last.day.slice(5)}${undated > 0 ? `, ${undated} undated` : ''}`;
  const cells = Math.max(1, Math.min(shown, width - LABEL - legend.length - 4));
  const counts = new Array<number>(cells).fill(0);
  const families = counts.map(() => new Map<string, number>());
  for (const { day, inputs, families: own } of days) {
    const at = Math.floor((((Date.parse(day) - begin) / DAY_MS - start) / shown) * cells);
    if (at < 0 || at >= cells) continue;
    counts[at]! += inputs;
    for (const [family, n] of Object.entries(own)) families[at]!.set(family, (families[at]!.get(family) ?? 0) + n);
  }
  const most = Math.max(...counts);
  return [span(' per day │', 'dim'), ...counts.map((n, i) => span(level(n, most), roleOf(families[i]!))), span(`│ ${legend}`, 'dim')];
}

const ROLES: ReadonlyMap<string, Role> = new Map(
  Object.entries({
    oops: 'fatal',
    panic: 'fatal',
    corrupt: 'fatal',
    oom: 'degraded',
    warn: 'degraded',
    hung: 'hung',
    lock: 'hung',
    hw: 'hardware',
  }),
);

/** The role of what was most frequent. */
function roleOf(families: ReadonlyMap<string, number>): Role | undefined {
  let most: [string, number] | undefined;
  for (const [family, n] of families) if (most === undefined || n > most[1]) most = [family, n];
  return most && ROLES.get(most[0]);
}
