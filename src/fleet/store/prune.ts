import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect } from './duckdb.ts';
import { checkStore, daysOf, folderOf } from './layout.ts';
import { lock } from './lock.ts';
import { TABLES } from './rows.ts';
import { StoreError } from './store-error.ts';

export interface Pruned {
  /** That are gone, oldest first. */
  readonly days: readonly string[];
  readonly bytes: number;
}

/**
 * Takes the days before one out of a store: whoever keeps crashes says for how long.
 * @param before `2026-11-29`, by when inputs were read, UTC
 * @throws StoreError where there is no store, or another writes to it
 */
export async function pruneStore(path: string, before: string): Promise<Pruned> {
  const root = resolve(path);
  if (!checkStore(root)) throw new StoreError(`${path}: there is no store`);
  const { db, close } = await connect();
  try {
    const unlock = await lock(root, db);
    const days = daysOf(root).filter((day) => day < before);
    let bytes = 0;
    // a unit counts as long as its file in `inputs` is there, which is written last and so goes first
    for (const day of days) for (const table of [...TABLES].reverse()) bytes += remove(folderOf(root, table, day));
    await unlock();
    return { days, bytes };
  } finally {
    close();
  }
}

/** @returns the bytes that it had */
function remove(folder: string): number {
  let bytes = 0;
  try {
    for (const name of readdirSync(folder)) bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new StoreError(`${folder}: cannot be removed: ${code ?? String(error)}`, { cause: error });
  }
  return bytes;
}
