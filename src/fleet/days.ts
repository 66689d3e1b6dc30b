import { familyOf } from '../event/kinds.ts';
import type { Day } from './fleet.ts';
import type { ReadInput } from './input.ts';
import { byText, groupBy } from './tally.ts';
import { msOf, span } from './times.ts';

/** Inputs of each day that has any, oldest first. */
export function days(inputs: readonly ReadInput[]): Day[] {
  const dated = inputs.filter(({ ended }) => msOf(ended) !== undefined);
  const byDay = groupBy(dated, ({ ended }) => new Date(msOf(ended) ?? 0).toISOString().slice(0, 10));
  return [...byDay]
    .map(([day, own]) => {
      const families: Day['families'] & Record<string, number> = {};
      for (const [family, some] of groupBy(own, nearestFamily)) families[family] = some.length;
      return { day, inputs: own.length, families };
    })
    .sort((a, b) => byText(a.day, b.day));
}

/** Of the incident that is nearest to the input's end: the newest by its own clock, else the last in the log. */
function nearestFamily({ sightings }: ReadInput): string {
  const rooted = sightings.filter(({ incidents }) => incidents > 0);
  const { last } = span(rooted, ({ newest }) => newest.wall?.time);
  const nearest = last ?? [...rooted].sort((a, b) => a.newest.records.first - b.newest.records.first).at(-1);
  return nearest === undefined ? 'quiet' : familyOf(nearest.kind);
}
