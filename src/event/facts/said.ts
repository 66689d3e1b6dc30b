import type { Details } from '../event.ts';
import { shaped } from './shaped.ts';

/** A value and the records that say it: sequence numbers, for texts line numbers. */
export class Said<T> {
  constructor(
    readonly value: T,
    readonly records: number[],
  ) {}

  /** What follows from the value alone is said by the same records. */
  map<U>(change: (value: T) => U): Said<U> {
    return new Said(change(this.value), this.records);
  }

  /** One field of the value; undefined where the value has none. */
  get<K extends keyof T>(key: K): Said<NonNullable<T[K]>> | undefined {
    const field = this.value[key];
    return field === undefined || field === null ? undefined : new Said(field, this.records);
  }
}

/** A tree of values in which any value may still know its records. */
export type Sayable<T> =
  | T
  | Said<T>
  | (T extends readonly (infer U)[]
      ? readonly Sayable<U>[] | Said<readonly U[]>
      : T extends object
        ? { readonly [K in keyof T]: Sayable<T[K]> }
        : never);

/** What is particular to a kind, each value with its records where it has any. */
export type SayableDetails = Readonly<Record<string, Sayable<Details[string]>>>;

/** Drops entries whose value is undefined; undefined where none is left. */
export function present<V>(entries: Readonly<Record<string, V | undefined>>): Readonly<Record<string, V>> | undefined {
  let given: Record<string, V> | undefined;
  for (const key in entries) {
    const value = entries[key];
    if (value === undefined) continue;
    given ??= {};
    given[key] = value;
  }
  return given;
}

/** Field path (`details.seconds`, `stacks.0`) → the records that its value was read from. contract.md "Provenance". */
export type Sources = Record<string, number[]>;

/** Sources while they are gathered, in the order in which they were said. */
export class Saying {
  readonly #paths: string[] = [];
  readonly #records: number[][] = [];

  says(path: string, records: number[]): void {
    this.#paths.push(path);
    this.#records.push(records);
  }

  get sources(): Sources {
    return shaped(this.#paths, this.#records);
  }
}

/** Takes the values out of a tree and notes for each path where they came from. Absent values are left out. */
export function settle<T>(tree: Sayable<T>, saying: Saying, path = ''): T {
  if (tree instanceof Said) {
    if (tree.records.length > 0) saying.says(path, tree.records);
    return tree.value as T;
  }
  if (Array.isArray(tree)) return tree.map((value, i) => settle(value, saying, join(path, `${i}`))) as T;
  if (typeof tree !== 'object' || tree === null) return tree as T;
  const settled: Record<string, unknown> = {};
  const parts = tree as Readonly<Record<string, unknown>>;
  for (const key in parts) {
    if (parts[key] !== undefined) settled[key] = settle(parts[key], saying, join(path, key));
  }
  return settled as T;
}

/** Names of fields within others, by both: events have the same some hundred, and a string that is made anew is dear as a key. */
const joined = new Map<string, Map<string, string>>();
/** Rows of tables have a path each. */
const MOST_JOINED = 256;

/** `stacks` and `0` → `stacks.0`. */
export function join(path: string, key: string): string {
  if (path === '') return key;
  let of = joined.get(path);
  if (of === undefined) {
    of = new Map();
    if (joined.size < MOST_JOINED) joined.set(path, of);
  }
  let whole = of.get(key);
  if (whole === undefined) {
    whole = `${path}.${key}`;
    if (of.size < MOST_JOINED) of.set(key, whole);
  }
  return whole;
}

/** The value of what may be said or computed. */
export const unsaid = <T>(sayable: T | Said<T>): T => (sayable instanceof Said ? sayable.value : sayable);
