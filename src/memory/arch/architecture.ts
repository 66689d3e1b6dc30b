import type { Reader } from '../../dump/bytes.ts';
import type { Dump, Machine } from '../../dump/dump.ts';
import type { PhysicalMemory } from '../physical.ts';
import type { Vmcoreinfo } from '../vmcoreinfo.ts';

/** What a translation can be built from. */
export interface KernelFacts {
  readonly info: Vmcoreinfo;
  readonly dump: Dump;
  readonly physical: PhysicalMemory;
  readonly reader: Reader;
  /** Bytes. */
  readonly pageSize: number;
}

/** Virtual → physical; undefined where no page is mapped. Never throws: tables in a dump may say anything. */
export type Translate = (vaddr: bigint) => number | undefined;

/** One way to translate. */
export interface Translation {
  /** By formula where the kernel has one, which needs no page tables and survives their loss; by the tables where not. */
  readonly translate: Translate;
  /** By the page tables alone, where they are known: what peers do, and so what a trimmed dump must keep. */
  readonly walk?: Translate | undefined;
  /** The walk from any top table, by its physical address: a task's own. */
  readonly walkFrom?: ((root: number) => Translate) | undefined;
  /** The kernel image by formula alone: needs no memory, so it holds before anybody knows where memory lies. */
  readonly image?: Translate | undefined;
}

/** One architecture: how its kernels lay out virtual memory. One file each. */
export interface Architecture {
  /** Undefined where a dump is read by its own segments, whatever the machine. */
  readonly machine: Machine | undefined;
  readonly wordSize: 4 | 8;
  /** Ways to translate, the likeliest first; who asks proves one by reading back something known. */
  translations(facts: KernelFacts): Iterable<Translation>;
}

/** The walk from a top table whose address is virtual; undefined where the kernel does not name it, or it cannot be translated. */
export function walkFromTop(top: bigint | undefined, linear: Translate, walkFrom: (root: number) => Translate): Translate | undefined {
  const root = top === undefined ? undefined : linear(top);
  return root === undefined ? undefined : walkFrom(root);
}

/** A physical address out of modular arithmetic; undefined where it is none. */
export const asPhysical = (paddr: bigint): number | undefined => (paddr >= 0n && paddr < 1n << 52n ? Number(paddr) : undefined);

export const U64 = (1n << 64n) - 1n;
