import { Intervals } from './intervals.ts';

/**
 * Disjoint, ascending pieces of the file that records make, each written at its place in turn: where several hold a byte, the one
 * written last does. One sweep over where they start, with a heap of those that are open: nested records cost what others do.
 */
export function laterWins(records: Intervals): Intervals {
  const order = records.ascending((a, b) => a - b);
  const pieces = new Intervals();
  const open = new Latest(records.length);
  let last = -1;
  let lastEnd = 0;
  let next = 0;
  for (let at = 0; next < order.length || open.size > 0; ) {
    if (open.size === 0) at = records.start(order[next]!);
    while (next < order.length && records.start(order[next]!) <= at) open.push(order[next++]!);
    const top = open.top;
    if (records.end(top) <= at) {
      open.pop();
      continue;
    }
    const until = Math.min(records.end(top), next < order.length ? records.start(order[next]!) : Number.POSITIVE_INFINITY);
    if (top === last && at === lastEnd) pieces.extend(until);
    else pieces.push(at, until, records.offset(top) + (at - records.start(top)));
    [last, lastEnd, at] = [top, until, until];
  }
  return pieces;
}

/** A heap of records by rank, the latest on top. */
class Latest {
  readonly #heap: Uint32Array;
  size = 0;

  constructor(capacity: number) {
    this.#heap = new Uint32Array(capacity);
  }

  get top(): number {
    return this.#heap[0]!;
  }

  push(rank: number): void {
    const heap = this.#heap;
    let at = this.size++;
    for (let parent = (at - 1) >> 1; at > 0 && heap[parent]! < rank; parent = (at - 1) >> 1) {
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = rank;
  }

  pop(): void {
    const heap = this.#heap;
    const rank = heap[--this.size]!;
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && heap[child + 1]! > heap[child]!) child++;
      if (heap[child]! <= rank) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = rank;
  }
}
