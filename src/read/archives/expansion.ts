import type { InputGroup } from '../inputs/input-file.ts';

/** The inputs that one FILE turned out to hold. */
export interface Expansion {
  readonly groups: readonly InputGroup[];
  /** What of it could not be read, a line each with the name of what it is about. */
  readonly losses: readonly string[];
  /** What was left out because another says the same, a line each, for those who ask. */
  readonly notes: readonly string[];
  /** Gives back what the inputs take; they cannot be read any more. */
  close(): void;
}
