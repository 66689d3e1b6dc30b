import type { Reading } from '../record/reading.ts';

/** What an input is: the answer of `lastkmsg info --json`, and `dump` of incidents. Absent facts are absent fields. */
export interface InputInfo {
  readonly schemaVersion: 1;
  readonly source: string;
  readonly container: {
    readonly format: string;
    readonly compression?: string | undefined;
    readonly wrappers?: readonly string[] | undefined;
    readonly flattened?: boolean | undefined;
    readonly splitMembers?: number | undefined;
    /** makedumpfile -d, and in words what it left out. */
    readonly dumpLevel?: number | undefined;
    readonly leftOut?: readonly string[] | undefined;
    readonly incomplete?: string | undefined;
  };
  readonly machine?: {
    readonly architecture?: string | undefined;
    readonly byteOrder?: 'little' | 'big' | undefined;
    readonly wordBits?: 32 | 64 | undefined;
    readonly pageSize?: number | undefined;
    readonly cpus?: number | undefined;
  };
  readonly kernel?: {
    readonly release?: string | undefined;
    readonly version?: string | undefined;
    readonly nodename?: string | undefined;
    readonly buildId?: string | undefined;
    /** Some stable releases wrote garbage here. */
    readonly buildIdDoubtful?: boolean | undefined;
    /** False: the address translation could not be proven by reading the release back. */
    readonly proven: boolean;
  };
  readonly vmcoreinfo?: { readonly source: string; readonly physicalAddress?: string | undefined } | undefined;
  /** ISO 8601, UTC; when the crash was saved. */
  readonly crashTime?: string | undefined;
  /** When the dump was written, by its header; only where nothing better is known. */
  readonly dumpTime?: string | undefined;
  readonly log: {
    readonly generation?: string | undefined;
    /** Nothing led to it: it was found by its shape. */
    readonly carved?: boolean | undefined;
    readonly form?: string | undefined;
    readonly bufferBytes?: number | undefined;
    readonly descriptors?: number | undefined;
    readonly records: number;
    readonly firstSeq?: number | undefined;
    readonly lastSeq?: number | undefined;
    /** Seconds since boot. */
    readonly firstUptime?: number | undefined;
    readonly lastUptime?: number | undefined;
    /** Oldest records that newer ones have overwritten. */
    readonly overwritten?: number | undefined;
    /** Boot messages that only the early static ring still holds. */
    readonly early?: number | undefined;
    /** Messages that the kernel had no room for. */
    readonly dropped?: number | undefined;
    /** Records that were being written at the crash. */
    readonly inFlight?: number | undefined;
    readonly invalid?: number | undefined;
    readonly lost?: readonly { readonly first: number; readonly last: number; readonly why: string }[] | undefined;
  };
  /** How a text was read: its forms, and what could not be placed. */
  readonly reading?: Reading | undefined;
  readonly warnings: readonly string[];
}
