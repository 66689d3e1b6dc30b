import type { DuckDBAppender } from '@duckdb/node-api';
import type { Answer } from '../answer/answer.ts';
import { msOf } from '../times.ts';
import type { Column } from './columns.ts';
import { type Connection, duckDb } from './duckdb.ts';
import { creationOf, DEFINITIONS, SEPARATOR, TABLES, type Table } from './rows.ts';

/** Puts the rows of answers into tables of new rows, in place of those before. */
export async function appendRows(db: Connection, answers: readonly Answer[]): Promise<void> {
  const { DuckDBTimestampValue } = await duckDb();
  const timestamp = (iso: string): InstanceType<typeof DuckDBTimestampValue> | undefined => {
    const ms = msOf(iso);
    return ms === undefined ? undefined : new DuckDBTimestampValue(BigInt(ms) * 1000n);
  };
  for (const table of TABLES) {
    // deleted rows would stay in memory
    await db.run(creationOf(table));
    const appender = await db.createAppender(`new_${table}`);
    try {
      const put = putter(table, appender, timestamp);
      for (const answer of answers) put(answer);
    } finally {
      appender.closeSync();
    }
  }
}

type Timestamp = (iso: string) => Parameters<DuckDBAppender['appendTimestamp']>[0] | undefined;

function putter(table: Table, appender: DuckDBAppender, timestamp: Timestamp): (answer: Answer) => void {
  // the columns of one table fit its rows: which table it is does not matter from here on
  const { columns, rows } = DEFINITIONS[table] as { columns: readonly Column<unknown>[]; rows: (answer: Answer) => Iterable<unknown> };
  return (answer) => {
    for (const row of rows(answer)) {
      for (const { type, value } of columns) {
        const item = value(row);
        if (item === undefined) appender.appendNull();
        else if (typeof item === 'boolean') appender.appendBoolean(item);
        else if (typeof item === 'number') {
          if (type === 'DOUBLE') appender.appendDouble(item);
          else appender.appendBigInt(BigInt(Math.trunc(item)));
        } else if (typeof item !== 'string') appender.appendVarchar(item.map((each) => each.replaceAll(SEPARATOR, ' ')).join(SEPARATOR));
        else if (type === 'TIMESTAMP') {
          const at = timestamp(item);
          if (at === undefined) appender.appendNull();
          else appender.appendTimestamp(at);
        } else appender.appendVarchar(item);
      }
      appender.endRow();
    }
  };
}
