import type { KernelRelease } from '../kernel-release.ts';

export type RegionKind =
  | 'user'
  | 'non-canonical'
  | 'direct-map'
  | 'vmalloc'
  | 'vmemmap'
  | 'module'
  | 'kernel-text'
  | 'kasan-shadow'
  | 'kernel'
  | 'fixed';

/** A range of virtual addresses, both ends included, and what the kernel keeps there. */
export interface Region {
  readonly from: bigint;
  readonly to: bigint;
  readonly kind: RegionKind;
  readonly text: string;
}

/** One architecture's map; the first region that holds an address wins. */
export interface Layout {
  /** Documentation that the ranges are from. */
  readonly source: string;
  regions(release: KernelRelease | undefined): readonly Region[];
  /** KASAN's shadow of address `a` is `(a >> 3) + offset`, generic mode; known where inline checks turn wild pointers into shadow faults. */
  readonly kasanOffset?: bigint;
  /** First address past user space, for KASAN's guess at what a wild pointer was. */
  readonly userEnd: bigint;
}

/** Shorthand for the tables. */
export const region = (from: bigint, to: bigint, kind: RegionKind, text: string): Region => ({ from, to, kind, text });
