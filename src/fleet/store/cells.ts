import type { DuckDBResult } from '@duckdb/node-api';

/** A value as JSON has it. What does not fit is a text: numbers beyond 2^53, moments are ISO 8601. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };

/** An answer in rows. */
export interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** There are more. */
  readonly cut: boolean;
}

/** Takes the rows of a result, as they are computed, up to a number. */
export async function cellsOf(result: DuckDBResult, most: number): Promise<Cells> {
  const columns = result.deduplicatedColumnNames();
  const rows: (readonly Cell[])[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return { columns, rows, cut: false };
    for (const row of chunk.getRows()) {
      if (rows.length === most) return { columns, rows, cut: true };
      rows.push(row.map(cellOf));
    }
  }
}

/** DuckDB's own words for what JSON has no word for (intervals, blobs…). */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : `${value}`;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
  const { items, entries, micros } = value as { items?: unknown; entries?: unknown; micros?: unknown };
  if (Array.isArray(items)) return items.map(cellOf);
  if (typeof entries === 'object' && entries !== null && !Array.isArray(entries))
    return Object.fromEntries(Object.entries(entries).map(([name, item]) => [name, cellOf(item)]));
  if (typeof micros === 'bigint' && value.constructor.name === 'DuckDBTimestampValue') return isoOf(micros, value);
  if (value.constructor.name === 'DuckDBDecimalValue') return Number(String(value));
  return String(value);
}

function isoOf(micros: bigint, value: object): string {
  const date = new Date(Number(micros / 1000n));
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
