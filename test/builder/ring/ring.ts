import type { Region } from '../image/region.ts';
import type { Shape } from '../image/struct-writer.ts';
import type { ExpectedLog } from './printk-call.ts';

/** What a ring needs of the machine to be written into its memory. */
export interface RingSite {
  readonly shape: Shape;
  readonly release: string;
  /** Where static variables go. */
  readonly image: Region;
  /** Where the buffers go: the image, the direct map, or scattered vmalloc pages. */
  readonly buffers: Region;
  write(vaddr: bigint, bytes: Buffer): void;
}

export interface BuiltRing {
  readonly vmcoreinfo: readonly string[];
  readonly expected: ExpectedLog;
  /** Addresses by name, for tests that damage something. */
  readonly places: Readonly<Record<string, bigint>>;
}
