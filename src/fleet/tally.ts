import type { Share } from './fleet.ts';

/** Items by their key, in order of first sight. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** How many of the lists name what; a list counts once. Most frequent first, names decide between equals. */
export function tally(lists: Iterable<readonly string[]>): Share[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of new Set(list)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, inputs]) => ({ name, inputs })).sort((a, b) => b.inputs - a.inputs || byText(a.name, b.name));
}

/** Orders texts by code unit: the same everywhere. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
