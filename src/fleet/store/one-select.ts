import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Connection } from './duckdb.ts';
import { firstLine, QuestionError } from './store-error.ts';

/** StatementType of DuckDB's C interface. */
const SELECT = 1;
const EXPLAIN = 4;
/** Characters of a question; DuckDB's parser takes time and stack for more. */
const MOST_SQL = 100_000;
/** Brackets within brackets: its parser takes stack for each. */
const MOST_DEPTH = 500;

const EMPTY = /^[\s;]*$/;
const CHANGING = 'a statement that changes something: the store is only read here';
const CHANGING_WORDS = [
  'alter attach call checkpoint copy create delete detach drop export force import insert install load',
  'merge pragma reset set truncate update use vacuum',
].flatMap((line) => line.split(' '));
const CHANGES = new RegExp(String.raw`^\s*(?:${CHANGING_WORDS.join('|')})\b`, 'i');

/**
 * A question that only reads: one SELECT (or its EXPLAIN), whatever else SQL can do.
 * @throws QuestionError where it is something else; an error of DuckDB where it is no SQL
 */
export async function oneSelect(db: Connection, sql: string): Promise<DuckDBPreparedStatement> {
  if (sql.length > MOST_SQL || depthOf(sql) > MOST_DEPTH)
    throw new QuestionError('sought one SELECT; found one that is too long or nests too deep');
  const statements = await db.extractStatements(sql).catch((error: unknown) => {
    throw new QuestionError(EMPTY.test(sql) ? 'sought one SELECT; found nothing' : firstLine(error), { cause: error });
  });
  if (statements.count !== 1)
    throw new QuestionError(`sought one SELECT; found ${statements.count === 0 ? 'nothing' : `${statements.count} statements`}`);
  const statement = await statements.prepare(0).catch((error: unknown) => {
    // what it must not do would be told as what it cannot do here
    throw CHANGES.test(sql) ? new QuestionError(`sought one SELECT; found ${CHANGING}`, { cause: error }) : error;
  });
  const { statementType, parameterCount } = statement;
  if (statementType === SELECT || statementType === EXPLAIN) {
    if (parameterCount === 0) return statement;
    statement.destroySync();
    throw new QuestionError('sought one SELECT; found one with parameters, which nothing fills');
  }
  statement.destroySync();
  throw new QuestionError(`sought one SELECT; found ${CHANGING}`);
}

function depthOf(sql: string): number {
  let [depth, deepest] = [0, 0];
  for (const c of sql) {
    if (c === '(' || c === '[' || c === '{') deepest = Math.max(deepest, ++depth);
    else if (c === ')' || c === ']' || c === '}') depth = Math.max(0, depth - 1);
  }
  return deepest;
}
