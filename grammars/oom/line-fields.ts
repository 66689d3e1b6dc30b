import { camelCase } from './camel-case.ts';
import { type NumberReader, numberReader } from './numbers.ts';
import type { Counters, Gfp, LineBase } from './values.ts';

/** Signed by nature; every other value of a pair is a count. */
const SIGNED = new Set(['order', 'oom_score_adj', 'oom_adj', 'oomkilladj', 'ret', 'node']);
/** Limits count up to 2^64: an unlimited one of 3.x is beyond 2^53, but no less unlimited. */
const BOUNDS = new Set(['limit']);
const MASKS = new Set(['mode', 'gfp', 'gfp_mask']);
/** Where the reason of a failed allocation ends and the request begins. */
const REQUEST = new Set(['order', ...MASKS]);

/** `T` without the keys that are undefined: absent fields stay absent in JSON. */
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;

interface Pair {
  readonly value: number;
  readonly unit: boolean;
  /** Of `find 3/4` the 4. */
  of?: number | undefined;
}

/** What one line says in `key:value` form, gathered token by token. */
export class LineFields {
  /** Of two pairs with one key the first. */
  readonly pairs = new Map<string, Pair>();
  /** `all_unreclaimable? yes`. */
  readonly answers = new Map<string, string>();
  readonly numbers: NumberReader = numberReader();
  gfp: Gfp | undefined;
  constraint: string | undefined;
  nodemask: string | undefined;
  cpuset: string | undefined;
  memsAllowed: string | undefined;
  oomMemcg: string | undefined;
  taskMemcg: string | undefined;
  task: string | undefined;
  globalOom = false;
  /** Offset of the request: `order:0, mode:0x…`. */
  requestAt: number | undefined;

  /** A key with a colon or an equals sign behind it. */
  key(key: string, offset: number): void {
    if (REQUEST.has(key)) this.requestAt ??= offset;
  }

  pair(key: string, text: string, unit: boolean, of: string | undefined): void {
    const value = SIGNED.has(key) ? this.numbers.signed(text, key) : BOUNDS.has(key) ? Number(text) : this.numbers.count(text, key);
    if (value !== undefined && !this.pairs.has(key)) this.pairs.set(key, { value, unit, of: this.numbers.count(of, key) });
  }

  /** The first of several counts of a key, or a count that has no key. */
  count(text: string | undefined, what: string): number | undefined {
    return this.numbers.count(text, what);
  }

  value(key: string): number | undefined {
    return this.pairs.get(key)?.value;
  }

  mask(key: string, printed: string, flags: readonly string[] | undefined): void {
    if (!MASKS.has(key)) return;
    const digits = printed.slice(2).toLowerCase();
    const mask = `0x${digits.replace(/^0+(?=.)/, '')}`;
    this.gfp ??= flags === undefined ? { mask } : { mask, flags };
  }

  /** Counters under their own names, the unit behind: `freeKb`; a count of pages or blocks has none. */
  counters(drop: readonly string[] = []): Counters {
    const counters: Record<string, number> = {};
    for (const [key, { value, unit }] of this.pairs) {
      if (!drop.includes(key)) counters[camelCase(key) + (unit ? 'Kb' : '')] = value;
    }
    return counters;
  }

  /** The same without units: all counters of memory.stat have one. */
  plainCounters(): Counters {
    return Object.fromEntries([...this.pairs].map(([key, { value }]) => [camelCase(key), value]));
  }

  get allUnreclaimable(): { readonly allUnreclaimable?: boolean } {
    const said = this.answers.get('all_unreclaimable');
    return said === 'yes' || said === 'no' ? { allUnreclaimable: said === 'yes' } : {};
  }

  get odd(): LineBase {
    return this.numbers.odd.length > 0 ? { odd: this.numbers.odd } : {};
  }
}
