/** What is wrong with a store, or with what it was asked: one line for the user. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** The question is wrong, the store is not. */
export class QuestionError extends StoreError {}

/** What was to be kept is no answer; the store is well. */
export class AnswerError extends StoreError {}

/** DuckDB's messages are long: their first line says what is wrong. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^Failed to extract statements: /, '')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? 'it failed';
