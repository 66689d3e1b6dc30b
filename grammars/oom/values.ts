/**
 * What one line of an out-of-memory report says. Names are the kernel's, camel-cased, with the unit behind: `freeKb`, `rssPages`.
 * Counters that a newer kernel adds are in `counters` by their own name. `odd` quotes numbers that cannot be (wrapped below zero,
 * beyond 2^53) and what the rule could not read; such a number is in no other field.
 */
export interface LineBase {
  readonly odd?: readonly string[];
}

/** A GFP mask as printed; `flags` since 4.6 (%pGg), unknown bits as hex. */
export interface Gfp {
  readonly mask: string;
  readonly flags?: readonly string[];
}

export type Counters = Readonly<Record<string, number>>;

export interface InvokedLine extends LineBase {
  readonly type: 'invoked';
  readonly comm: string;
  readonly gfp?: Gfp;
  readonly order?: number;
  readonly oomScoreAdj?: number;
  /** Until 3.6 (oom_adj) and 2.6.29 (oomkilladj): -17 … 15. */
  readonly oomAdj?: number;
  readonly nodemask?: string;
}

export interface CpusetLine extends LineBase {
  readonly type: 'cpuset';
  readonly comm?: string;
  readonly cpuset: string;
  readonly memsAllowed?: string;
}

export interface AllocationFailureLine extends LineBase {
  readonly type: 'allocationFailure';
  readonly comm?: string;
  readonly what: 'page' | 'stall' | 'vmalloc' | 'vmap' | 'cma' | 'reclaim' | 'slab';
  /** As printed between the task's name and the mode. */
  readonly reason: string;
  readonly gfp?: Gfp;
  readonly order?: number;
  readonly nodemask?: string;
  readonly cpuset?: string;
  readonly memsAllowed?: string;
  /** vmalloc, vmap: bytes asked for. */
  readonly sizeBytes?: number;
  /** CMA: pages asked for, the area's name, the error. */
  readonly pages?: number;
  readonly area?: string;
  readonly errno?: number;
  readonly stallMs?: number;
}

export interface CountersLine extends LineBase {
  readonly type: 'memInfo' | 'ram' | 'swap';
  readonly counters: Counters;
}

export interface NodeLine extends LineBase {
  readonly type: 'node';
  readonly node: number;
  readonly counters: Counters;
  readonly allUnreclaimable?: boolean;
}

export interface ZoneLine extends LineBase {
  readonly type: 'zone';
  readonly node?: number;
  readonly name: string;
  readonly counters: Counters;
  readonly allUnreclaimable?: boolean;
}

export interface LowmemReserveLine extends LineBase {
  readonly type: 'lowmemReserve';
  /** Pages kept from requests that could have used a higher zone: one for each zone from the lowest. */
  readonly pages: readonly number[];
}

export interface BuddyBlock {
  readonly order: number;
  readonly sizeKb: number;
  readonly count: number;
  /** Migrate types with free blocks: U, M, E, H, C, I (R before 4.4); since 3.9. */
  readonly types?: string;
}

export interface BuddyLine extends LineBase {
  readonly type: 'buddy';
  readonly node?: number;
  readonly name: string;
  readonly blocks: readonly BuddyBlock[];
  readonly totalKb?: number;
}

export interface HugepagesLine extends LineBase {
  readonly type: 'hugepages';
  readonly node?: number;
  readonly counters: Counters;
}

export interface SlabLine extends LineBase {
  readonly type: 'slab';
  readonly name: string;
  readonly usedKb: number;
  readonly totalKb: number;
}

export interface AllocTagLine extends LineBase {
  readonly type: 'allocTag';
  /** `10.5 MiB` as printed, and in bytes. */
  readonly size: string;
  readonly bytes: number;
  readonly calls?: number;
  readonly site: string;
  readonly module?: string;
  readonly func?: string;
}

export interface SlabCacheLine extends LineBase {
  readonly type: 'slabCache';
  readonly cache: string;
  readonly counters: Counters;
}

export interface SummaryLine extends LineBase {
  readonly type: 'summary';
  readonly constraint?: string;
  readonly nodemask?: string;
  readonly cpuset?: string;
  readonly memsAllowed?: string;
  readonly globalOom: boolean;
  readonly oomMemcg?: string;
  readonly taskMemcg?: string;
  readonly task?: string;
  readonly pid?: number;
  readonly uid?: number;
}

export interface KillLine extends LineBase {
  readonly type: 'killed' | 'chosen' | 'sharing' | 'exiting' | 'pinned';
  /** `Out of memory`, `Memory cgroup out of memory`, `Out of memory (oom_kill_allocating_task)`. */
  readonly message?: string;
  readonly pid: number;
  readonly comm: string;
  /** `chosen`: until 5.0, badness in thousandths of the limit (2.6.35 and before: raw points). */
  readonly score?: number;
  readonly counters: Counters;
  readonly uid?: number;
  readonly oomScoreAdj?: number;
  readonly cgroup?: string;
  /** `pinned`: who else holds the address space. */
  readonly by?: { readonly pid: number; readonly comm: string };
}

export interface ReapedLine extends LineBase {
  readonly type: 'reaped';
  readonly pid: number;
  readonly comm: string;
  readonly unable: boolean;
  readonly counters: Counters;
}

export interface OomGroupLine extends LineBase {
  readonly type: 'oomGroup';
  readonly path: string;
}

export type OomLine =
  | InvokedLine
  | CpusetLine
  | AllocationFailureLine
  | CountersLine
  | NodeLine
  | ZoneLine
  | LowmemReserveLine
  | BuddyLine
  | HugepagesLine
  | SlabLine
  | AllocTagLine
  | SlabCacheLine
  | SummaryLine
  | KillLine
  | ReapedLine
  | OomGroupLine;
