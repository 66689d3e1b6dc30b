/** What is wrong with a store, or with what it was asked: one line for the user. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** DuckDB's messages are long: their first line says what is wrong. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^Failed to extract statements: /, '')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? 'it failed';
