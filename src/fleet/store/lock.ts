import { join } from 'node:path';
import type { Connection } from './duckdb.ts';
import { quoted } from './duckdb.ts';
import { firstLine, StoreError } from './store-error.ts';

const LOCK = 'writer.lock';
/** Locks of files are a process's own: two writers in one process would not see each other. */
const held = new Set<string>();

/**
 * Makes this the one writer of a store. The lock is DuckDB's on an empty database, which the kernel gives back however the process ends.
 * @returns what gives it back @throws StoreError where there is a writer
 */
export async function lock(root: string, db: Connection): Promise<() => Promise<void>> {
  if (held.has(root)) throw new StoreError(`${root}: another writer is at work in this process; one at a time`);
  try {
    await db.run(`ATTACH ${quoted(join(root, LOCK))} AS writer_lock`);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const [, pid] = /Conflicting lock is held.*?\(PID (\d+)\)/s.exec(said) ?? [];
    if (pid === undefined && !said.includes('lock')) throw new StoreError(`${root}: ${firstLine(error)}`, { cause: error });
    throw new StoreError(`${root}: another writer is at work${pid === undefined ? '' : ` (process ${pid})`}; one at a time`, {
      cause: error,
    });
  }
  held.add(root);
  return async () => {
    held.delete(root);
    await db.run('DETACH writer_lock').catch(() => undefined);
  };
}
