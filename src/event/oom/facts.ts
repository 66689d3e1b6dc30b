import type { MemcgLine } from '../../../grammars/memcg/values.ts';
import type { CountersLine, KillLine, OomLine, TaskRowLine } from '../../../grammars/oom/values.ts';

/** A value and the record that says it. */
export interface Said<T> {
  readonly value: T;
  readonly seq: number;
}

type Line<K extends OomLine['type']> = Extract<OomLine, { type: K }>;
type Memcg<K extends MemcgLine['type']> = Extract<MemcgLine, { type: K }>;

/** What the lines of one report say, sorted by what it is about; nothing is computed yet. Counts are as printed. */
export interface OomFacts {
  readonly invoked: readonly Said<Line<'invoked'>>[];
  readonly failures: readonly Said<Line<'allocationFailure'>>[];
  readonly cpuset?: Said<Line<'cpuset'>>;
  readonly summary?: Said<Line<'summary'>>;
  /** `Kill process … score … or sacrifice child`: until 5.0. */
  readonly chosen: readonly Said<KillLine>[];
  readonly killed: readonly Said<KillLine>[];
  readonly sharing: readonly Said<KillLine>[];
  readonly exiting: readonly Said<KillLine>[];
  readonly reaped: readonly Said<Line<'reaped'>>[];
  readonly groups: readonly Said<Line<'oomGroup'>>[];
  readonly memInfo: readonly Said<CountersLine>[];
  readonly ram: readonly Said<CountersLine>[];
  readonly swap: readonly Said<CountersLine>[];
  readonly nodes: readonly Said<Line<'node'>>[];
  readonly zones: readonly Said<Line<'zone'>>[];
  /** The reserve line follows its zone's. */
  readonly reserves: ReadonlyMap<string, Said<Line<'lowmemReserve'>>>;
  readonly buddies: readonly Said<Line<'buddy'>>[];
  readonly hugepages: readonly Said<Line<'hugepages'>>[];
  readonly cmaFree: readonly Said<CountersLine>[];
  readonly slabs: readonly Said<Line<'slab'>>[];
  readonly slabCaches: readonly Said<Line<'slabCache'>>[];
  readonly allocTags: readonly Said<Line<'allocTag'>>[];
  readonly tasksHead?: Said<unknown>;
  readonly columns?: Said<readonly string[]>;
  readonly rows: readonly TaskRowLine[];
  /** Records of the first and the last row. */
  readonly rowsFirst?: number;
  readonly rowsLast?: number;
  readonly counters: readonly Said<Memcg<'pageCounter'>>[];
  readonly taskKilled?: Said<Memcg<'taskKilled'>>;
  readonly stats: readonly Said<{ readonly path?: string; readonly counters: Readonly<Record<string, number>> }>[];
  readonly protection?: Said<Memcg<'protection'>>;
  readonly marks: ReadonlyMap<string, number>;
  /** Lines that no rule of the OOM grammars reads (CPU line, frames, registers), with their index in the report. */
  readonly others: readonly { readonly at: number; readonly text: string }[];
  /** Numbers that cannot be and lines that could not be read, quoted. */
  readonly odd: readonly Said<string>[];
}

/** Node and name, what tells zones apart. */
export const zoneKey = (zone: { readonly node?: number | undefined; readonly name: string }): string => `${zone.node ?? ''} ${zone.name}`;
