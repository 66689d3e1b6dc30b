import type { MemoryImage } from '../image/memory-image.ts';
import type { PageTables, TableFormat } from '../image/page-tables.ts';
import type { Region } from '../image/region.ts';
import type { Shape } from '../image/struct-writer.ts';

export interface PhysicalRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** One PT_LOAD as kexec lays it out for /proc/vmcore. */
export interface Segment {
  readonly vaddr: bigint;
  readonly paddr: number;
  readonly size: number;
}

/** Where the root of the page tables stands and how they are written; absent where the log never needs a walk. */
interface Translation {
  readonly format: TableFormat;
  readonly rootAlign: number;
  /** Fills the tables once everything was allocated. */
  fill(tables: PageTables): void;
}

/** One architecture at one kernel release, with its addresses chosen. */
export interface Machine {
  readonly arch: string;
  readonly release: string;
  readonly shape: Shape;
  readonly pageSize: number;
  readonly elfMachine: number;
  /** PAE: physical addresses beyond 32 bits, and so an ELF64 core of a 32-bit kernel. */
  readonly physicalExtension?: boolean | undefined;
  /** utsname.machine. */
  readonly utsMachine: string;
  /** The kernel's own text and data. */
  readonly image: Region;
  /** Memory of the direct map, where memblock puts a ring that log_buf_len= made. */
  readonly linear: Region;
  /** A vmalloc area on scattered pages: no kernel puts its ring there, but only a walk finds it. */
  readonly scattered: Region | undefined;
  /** Physical pages for page tables below the root. */
  readonly tables: PhysicalRange;
  readonly ram: readonly PhysicalRange[];
  readonly stext: bigint;
  readonly segments: readonly Segment[];
  readonly translation: Translation | undefined;
  /** Sub header field of kdump files, and the base that makedumpfile counts ARM's pages from. */
  readonly physBase: bigint;
  /** swapper_pg_dir where its place is fixed (below the image's other data); allocated in the image otherwise. */
  readonly swapper?: bigint | undefined;
  /** What else the architecture keeps in memory (s390x: pointers in the lowcore). */
  finish?(image: MemoryImage): void;
  /** Lines that arch_crash_save_vmcoreinfo() adds. */
  vmcoreinfo(symbols: { readonly swapper: bigint }): string[];
}

/** True where `release` is at least major.minor. */
export function since(release: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = release.split('.').map((n) => Number.parseInt(n, 10));
  return a > major || (a === major && b >= minor);
}

export const hex = (v: bigint | number): string => BigInt.asUintN(64, BigInt(v)).toString(16);
