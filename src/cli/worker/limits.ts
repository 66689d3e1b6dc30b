/** What reading one input may take. */
export interface Limits {
  /** Of CPU time; by the clock ten times as long. */
  readonly seconds: number;
  /** Megabytes of memory of the reader's process, all of it. */
  readonly memoryMb: number;
}

export const USUAL: Limits = { seconds: 600, memoryMb: 2048 };

/** Part of the memory that is JavaScript's; the rest is for the input's bytes and the program. */
export const heapMbOf = ({ memoryMb }: Limits): number => Math.max(64, Math.floor(memoryMb * 0.75));

/** What a reader is told of an input. */
export interface ReadRequest {
  readonly id: string;
  readonly input: string;
  readonly host?: string | undefined;
  readonly modified?: number | undefined;
}

/** How an input is handed over: the lengths of a request's JSON and of the input, of 4 bytes each; then both. */
export const FRAME_BYTES = 8;
