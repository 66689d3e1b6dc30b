import type { PrintkRecord } from '../../record/record.ts';
import type { DmesgArguments } from './dmesg-options.ts';
import type { TimeBound } from './time-bound.ts';

/** Microseconds since 1970 of a record; undefined where nothing anchors the clock. */
export type WallOf = (record: PrintkRecord) => number | undefined;

export const hasWallBound = ({ since, until }: DmesgArguments): boolean => [since, until].some((bound) => bound && 'wall' in bound);

export const isUnfiltered = (args: DmesgArguments): boolean => !args.levels && !args.facilities && !args.since && !args.until;

/** A line of a text that says nothing of itself: the record before it has several lines, as dmesg(1) reads them. */
const goesOn = (r: PrintkRecord): boolean => r.ring === undefined && r.usec === undefined && r.level === undefined && r.wall === undefined;

/** Which records to print. A bound by date lets everything through as long as no record of the log could be dated. */
export class DmesgFilter {
  readonly #unfiltered: boolean;
  #dated = false;
  #passed = false;

  constructor(
    readonly args: DmesgArguments,
    readonly wallOf: WallOf,
  ) {
    this.#unfiltered = isUnfiltered(args);
  }

  /** Whether a bound by date was asked for and could not be applied. */
  get isUndated(): boolean {
    return hasWallBound(this.args) && !this.#dated;
  }

  passes(r: PrintkRecord): boolean {
    if (this.#unfiltered) return true;
    if (!(this.#passed && goesOn(r))) this.#passed = this.#holds(r);
    return this.#passed;
  }

  #holds(r: PrintkRecord): boolean {
    const { levels, facilities, since, until } = this.args;
    const after = !since || this.#compare(r, since) >= 0;
    const before = !until || this.#compare(r, until, -1) < 0;
    if (levels && (r.level === undefined || !levels.has(r.level))) return false;
    if (facilities && !facilities.has(r.facility ?? 0)) return false;
    return after && before;
  }

  /** Microseconds from the bound to the record; NaN, which passes no comparison, where the record has no such time. */
  #compare(r: PrintkRecord, bound: TimeBound, undated = 0): number {
    if ('uptime' in bound) return r.usec === undefined ? Number.NaN : r.usec - bound.uptime;
    const wall = this.wallOf(r);
    if (wall === undefined) return this.#dated ? Number.NaN : undated;
    this.#dated = true;
    return wall - bound.wall;
  }
}
