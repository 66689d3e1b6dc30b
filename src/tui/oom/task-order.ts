import type { OomTask } from '../../event/event.ts';
import { adjOf, type TaskNumbers } from './task-numbers.ts';

/** What `s` goes through. */
export type TaskSort = 'badness' | 'rss' | 'swap' | 'adj' | 'pid' | 'name';

interface Order {
  readonly sort: TaskSort;
  /** Whether the report holds what is sorted by. */
  readonly known: (numbers: TaskNumbers) => boolean;
  /** The number that sorts; the greatest first. */
  readonly by?: (task: OomTask, numbers: TaskNumbers) => number;
}

const ORDERS: readonly Order[] = [
  {
    sort: 'badness',
    known: ({ badness }) => badness.size > 0,
    // the rank knows which of equals the kernel took; who is never chosen comes last
    by: ({ pid }, { badness }) => -(badness.get(pid)?.rank ?? Number.POSITIVE_INFINITY),
  },
  { sort: 'rss', known: has((task) => task.rssPages), by: (task) => task.rssPages ?? -1 },
  { sort: 'swap', known: has((task) => task.swapentsPages), by: (task) => task.swapentsPages ?? -1 },
  { sort: 'adj', known: has(adjOf), by: (task) => adjOf(task) ?? Number.NEGATIVE_INFINITY },
  { sort: 'pid', known: () => true, by: ({ pid }) => -pid },
  { sort: 'name', known: () => true },
];

function has(value: (task: OomTask) => number | undefined): Order['known'] {
  return ({ tasks }) => tasks.some((task) => value(task) !== undefined);
}

/** The order that the times `s` was pressed stand for. */
export function sortOf(numbers: TaskNumbers, pressed: number): TaskSort {
  const known = ORDERS.filter((order) => order.known(numbers));
  return known[pressed % known.length]!.sort;
}

/** Indexes of the tasks in that order; equals stay as the kernel printed them. */
export function ordered(numbers: TaskNumbers, sort: TaskSort): readonly number[] {
  const { tasks } = numbers;
  const by = ORDERS.find((order) => order.sort === sort)?.by;
  const indexes = tasks.map((_, i) => i);
  if (by === undefined) {
    const name = (i: number): string => tasks[i]!.name;
    return indexes.sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
  }
  const keys = tasks.map((task) => by(task, numbers));
  // two infinities are equal, their difference is not a number
  return indexes.sort((a, b) => (keys[a] === keys[b] ? 0 : keys[b]! - keys[a]!));
}
