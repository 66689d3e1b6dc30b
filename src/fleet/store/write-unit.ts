import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, listed, quoted } from './duckdb.ts';
import { fileOf, type Unit, WORKING } from './layout.ts';
import { selectionOf, TABLES } from './rows.ts';
import { place } from './whole-file.ts';

/** Version 2 packs numbers and texts by their differences: 4 bytes a row where version 1 takes 7 (measured, README). */
const FORM = '(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)';
type Name = Pick<Unit, 'day' | 'from' | 'to'>;

/** Writes the new rows as a unit. All of it is on disk before its `inputs`, with which it begins to count, gets its name. */
export const writeNew = (root: string, db: Connection, unit: Name): Promise<void> =>
  write(root, db, unit, (table) => `SELECT ${selectionOf(table)} FROM new_${table}`);

/** Writes the rows of several units as one that covers them. */
export const writeMerged = (root: string, db: Connection, units: readonly Unit[], into: Name): Promise<void> =>
  write(
    root,
    db,
    into,
    (table) => `SELECT * FROM read_parquet(${listed(units.map((unit) => fileOf(root, table, unit)))}, hive_partitioning = false)`,
  );

async function write(root: string, db: Connection, unit: Name, rows: (table: (typeof TABLES)[number]) => string): Promise<void> {
  const aside = TABLES.map((table) => ({ table, path: join(root, WORKING, `${table}.parquet`) }));
  try {
    for (const { table, path } of aside) await db.run(`COPY (${rows(table)}) TO ${quoted(path)} ${FORM}`);
    for (const { table, path } of aside) place(path, fileOf(root, table, unit));
  } finally {
    for (const { path } of aside) rmSync(path, { force: true });
  }
}
