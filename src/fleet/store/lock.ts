import { rmSync } from 'node:fs';
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
  const attach = () => db.run(`ATTACH ${quoted(join(root, LOCK))} AS writer_lock`);
  try {
    // DuckDB locks a file before it reads it: one that is cut, as by a disk that was full when it was made, is nobody's
    await attach().catch((error: unknown) => {
      if (isHeld(error)) throw error;
      rmSync(join(root, LOCK), { force: true });
      return attach();
    });
  } catch (error) {
    if (!isHeld(error)) throw new StoreError(`${root}: ${firstLine(error)}`, { cause: error });
    const [, pid] = /\(PID (\d+)\)/.exec(textOf(error)) ?? [];
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

const textOf = (error: unknown): string => (error instanceof Error ? error.message : '');
const isHeld = (error: unknown): boolean => /Conflicting lock is held|Could not set lock/.test(textOf(error));
