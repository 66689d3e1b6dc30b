import type { ByteOrder } from './bytes.ts';
import type { PageState } from './page-state.ts';

export interface PhysicalRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The first bytes of a page, some dozens or more. */
export interface PageStart {
  readonly paddr: number;
  readonly bytes: Buffer;
}

/** An ELF note, its name without the NUL. */
export interface Note {
  readonly name: string;
  readonly type: number;
  readonly desc: Buffer;
}

/** A virtual range that the container itself maps to physical memory (a PT_LOAD with a trustworthy p_vaddr). */
export interface VirtualSegment {
  readonly vaddr: bigint;
  readonly size: number;
  readonly paddr: number;
}

/** All of a container's, ascending by virtual address. */
export interface VirtualSegments extends Iterable<VirtualSegment> {
  readonly length: number;
  physical(vaddr: bigint): number | undefined;
}

/**
 * One machine's physical memory out of one container. Addresses are numbers: no architecture has more than 52 physical bits.
 * Implementations keep no page data; who reads the same page again keeps it (memory/page-cache).
 */
export interface Dump {
  /** What it is, for people: `kdump-compressed v6`, `ELF core`. */
  readonly container: string;
  readonly byteOrder: ByteOrder | undefined;
  /** e_machine of ELF, or derived from utsname.machine of the kdump header; undefined where the container does not say. */
  readonly machine: Machine | undefined;
  /** The granule of exclusion and compression, bytes. */
  readonly blockSize: number;
  readonly notes: readonly Note[];
  /** Raw VMCOREINFO that stands outside of a note (kdump header v3). */
  readonly vmcoreinfoText: Buffer | undefined;
  /** Physical ranges that hold memory, ascending: where a scan looks. */
  readonly ranges: readonly PhysicalRange[];
  readonly segments: VirtualSegments;
  /**
   * True where the container knows no physical addresses: `paddr` of everything here is an offset in the file, and only `segments`
   * lead to it (/proc/kcore before 4.11).
   */
  readonly isVirtualOnly?: boolean | undefined;
  /** Where the kernel image lies, as the kdump sub header says (makedumpfile knows it, QEMU guesses). */
  readonly physBase?: bigint | undefined;
  readonly details: DumpDetails;
  /** The same file under another reading, where it does not say which is right (arm: page frames counted from phys_base). */
  readonly alternative?: Dump | undefined;
  /**
   * Of a raw image, which says nothing of addresses: the reading under which the file's bytes from offset `from` on lie `bytes` above
   * their offset, and those before it at their offset.
   */
  readonly movedBy?: ((bytes: number, from: number) => Dump) | undefined;
  /**
   * Of a paravirtual Xen domain, whose page tables hold the machine's addresses: the domain's own physical address; undefined where
   * the page is not the domain's.
   */
  readonly ofMachine?: ((address: number) => number | undefined) | undefined;
  /**
   * Copies physical memory into `into`; bytes that are not there become zeros.
   * @returns the worst state of the bytes copied
   */
  readPhysical(paddr: number, into: Buffer): PageState;
  /**
   * The start of every page of 4 KiB in the file, where that costs less than the whole pages: of pages that the file stores once, not
   * each.
   */
  readonly starts?: (() => Iterable<PageStart>) | undefined;
  /** True where scanning `[paddr, paddr+blockSize)` is worth a read (a bitmap says the page is in the file). */
  holds(paddr: number): boolean;
  /** The first address at or behind `paddr` where it is; undefined where nothing follows. */
  nextHeld(paddr: number): number | undefined;
}

/** What of a --split set a dump is; a member alone is a set of one. */
export interface SplitSet {
  readonly members: number;
  /** Page frames that members hold, end exclusive, of so many that the machine has. */
  readonly frames: readonly { readonly start: number; readonly end: number }[];
  readonly of: number;
}

export type Machine =
  | 'x86_64'
  | 'i386'
  | 'arm64'
  | 'arm'
  | 'ppc64'
  | 'ppc'
  | 's390x'
  | 'riscv64'
  | 'loongarch64'
  | 'mips64'
  | 'mips'
  | 'sparc64'
  | 'sparc'
  | 'ia64'
  | 'parisc'
  | 'alpha'
  | 'm68k'
  | 'sh'
  | 'xtensa'
  | 'arc'
  | 'csky'
  | 'microblaze'
  /** Neither container nor kernel names one that we know. */
  | 'unknown';

/** What `info` shows of a container. */
export interface DumpDetails {
  /** Page codecs seen or declared: `zlib`, `lzo`, `snappy`, `zstd`, `none`. */
  readonly compression?: string | undefined;
  /** makedumpfile -d bits: 1 zero, 2 cache, 4 cache private, 8 user, 16 free. */
  readonly dumpLevel?: number | undefined;
  readonly flattened?: boolean | undefined;
  readonly split?: SplitSet | undefined;
  /** The file says of itself that it was not finished, or ends before its last page. */
  readonly incomplete?: string | undefined;
  /** utsname of the kdump header where it was filled in. */
  readonly utsname?:
    | { readonly nodename: string; readonly release: string; readonly version: string; readonly machine: string }
    | undefined;
  /** Seconds since 1970 when the dump was written. */
  readonly timestamp?: number | undefined;
  readonly cpus?: number | undefined;
  /** Wrappers undone on the way, outermost first: `gzip`, `zstd`, `xz`. */
  readonly wrappers?: readonly string[] | undefined;
  /** What was wrong and survivable, one line each. */
  readonly warnings: readonly string[];
}
