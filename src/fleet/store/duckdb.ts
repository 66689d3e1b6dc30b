import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { StoreError } from './store-error.ts';

type DuckDb = typeof import('@duckdb/node-api');

export type { DuckDBConnection as Connection };

/** 70 MB of native code that only the fleet's store wants: an optional dependency, loaded here and nowhere else. */
const PACKAGE = '@duckdb/node-api';

let loaded: DuckDb | undefined;

/** @throws StoreError that says what to install */
export async function duckDb(): Promise<DuckDb> {
  loaded ??= await import('@duckdb/node-api').catch(installedGlobally);
  return loaded;
}

/** Where `npm install -g` puts it: packages of distributions and the single executable lie elsewhere, and $NODE_PATH counts too. */
function installedGlobally(cause: unknown): DuckDb {
  for (const prefix of [join(dirname(process.execPath), '..'), '/usr/local']) {
    try {
      return createRequire(join(prefix, 'lib/node_modules/lastkmsg'))(PACKAGE) as DuckDb;
    } catch {
      // not there either
    }
  }
  throw new StoreError(`the fleet's store needs DuckDB: npm install -g ${PACKAGE}`, { cause });
}

/** A database in memory, and a connection to it. Extensions are neither looked for nor loaded. */
export async function connect(): Promise<{ readonly db: DuckDBConnection; close(): void }> {
  const { DuckDBInstance } = await duckDb();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // what does not fit into memory is refused: spilling would need a directory of its own
    temp_directory: '',
  });
  const db = await instance.connect();
  return {
    db,
    close: () => {
      db.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as SQL has it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A list of texts as SQL has it. */
export const listed = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;
