/** The types of an answer, from the one zod source; type-only, so that zod is never loaded at run time. */
import type { z } from 'zod';
import type { answerSchema } from './schema.ts';

/** Counts up when a field changes its meaning or goes; a new field that may be absent is no new version. */
export const ANSWER_SCHEMA = 1;

type Immutable<T> = T extends readonly (infer E)[]
  ? readonly Immutable<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/**
 * What one input came to: the one thing that workers send and the store keeps. Plain JSON, texts decoded, some hundred kB at most however
 * long the log is. What is not known is absent.
 */
export type Answer = Immutable<z.infer<typeof answerSchema>>;
export type AnswerTime = NonNullable<Answer['when']>;
export type AnswerModule = Answer['modules'][number];
export type AnswerIncident = Answer['incidents'][number];
export type AnswerEvent = Answer['events'][number];

/** Where answers are kept: `openStore(path)` of fleet/store gives one to write to. One writer at a time. */
export interface AnswerStore {
  /**
   * Keeps the answers whose ids are new, and returns how many that were once they are on disk for good: all of them or, where it throws or
   * the process dies, maybe some; to ingest them again is safe, in any order.
   */
  ingest(answers: readonly Answer[]): Promise<number>;
  /** Those of the ids that are in the store. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}
