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

/** What a reader is told of an input; its bytes come on standard input, that many. */
export interface ReadRequest {
  readonly id: string;
  readonly bytes: number;
  readonly input: string;
  readonly host?: string | undefined;
  readonly modified?: number | undefined;
}
