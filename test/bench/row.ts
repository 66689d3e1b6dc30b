/** One line of the benchmark's table. */
export interface Row {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** What the figure must reach (or, for memory and times, must not exceed); absent where there is no promise. */
  readonly floor: number | undefined;
  readonly note: string;
}
