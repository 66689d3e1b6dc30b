import type { Line } from '../../../grammars/common/line.ts';
import type { FAILURES } from '../../../grammars/oom/failure-lines.ts';
import type { OomValue, TaskRowNode } from '../../../grammars/oom/nodes.ts';
import type { SaidFields } from '../facts/facts.ts';
import type { Said } from '../facts/said.ts';

/** The value of a line of this type. */
export type Of<K extends OomValue['type']> = OomValue extends infer V
  ? V extends { readonly type: infer T }
    ? K extends T
      ? V
      : never
    : never
  : never;

/** A block of memory.stat, its counters each with its line. */
export interface StatFacts {
  readonly path?: Said<string> | undefined;
  readonly counters: Readonly<Record<string, Said<number>>>;
}

/** What the lines of one report say, sorted by subject; nothing is computed yet. Counts are as printed. */
export interface OomFacts {
  readonly invoked: readonly Said<Of<'invoked'>>[];
  readonly failures: readonly Said<Of<'allocationFailure'>>[];
  readonly cpuset?: Said<Of<'cpuset'>> | undefined;
  readonly summary?: Said<Of<'summary'>> | undefined;
  /** `Kill process … score … or sacrifice child`: until 5.0. */
  readonly chosen: readonly Said<Of<'killed'>>[];
  readonly killed: readonly Said<Of<'killed'>>[];
  readonly sharing: readonly Said<Of<'killed'>>[];
  readonly exiting: readonly Said<Of<'killed'>>[];
  readonly reaped: readonly Said<Of<'reaped'>>[];
  readonly groups: readonly Said<Of<'oomGroup'>>[];
  readonly memInfo: readonly Said<Of<'ram'>>[];
  readonly ram: readonly Said<Of<'ram'>>[];
  readonly swap: readonly Said<Of<'ram'>>[];
  readonly nodes: readonly Said<Of<'node'>>[];
  readonly zones: readonly Said<Of<'zone'>>[];
  /** The reserve line follows its zone's. */
  readonly reserves: ReadonlyMap<string, Said<Of<'lowmemReserve'>>>;
  readonly buddies: readonly Said<Of<'buddy'>>[];
  readonly hugepages: readonly Said<Of<'hugepages'>>[];
  readonly cmaFree?: SaidFields<typeof FAILURES.cma_debug_show_areas> | undefined;
  readonly slabs: readonly Said<Of<'slab'>>[];
  readonly slabCaches: readonly Said<Of<'slabCache'>>[];
  readonly allocTags: readonly Said<Of<'allocTag'>>[];
  readonly columns?: Said<readonly string[]> | undefined;
  readonly rows: readonly TaskRowNode[];
  /** The record of each row. */
  readonly rowRecords: readonly number[];
  readonly counters: readonly Said<Of<'pageCounter'>>[];
  readonly taskKilled?: Said<Of<'taskKilled'>> | undefined;
  readonly stats: readonly StatFacts[];
  /** How many cgroups the report lists; of more than `MAX_GROUPS` the first are in `stats`. */
  readonly listed: number;
  /** Rows that say something by being there. */
  readonly marks: ReadonlySet<Line>;
  /** Why the kernel panicked instead of killing. */
  readonly panic?: Said<string> | undefined;
  /** The stack says that a memory cgroup's charge called the OOM killer. */
  readonly fromMemcg: boolean;
  /** Numbers that cannot be, quoted. */
  readonly odd: readonly Said<string>[];
}

/** Node and name tell zones apart. */
export const zoneKey = (zone: { readonly node?: number | undefined; readonly name: string }): string => `${zone.node ?? ''} ${zone.name}`;
