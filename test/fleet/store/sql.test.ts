// A SELECT of somebody's own reads the store's views and nothing else, whatever it tries.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readStore } from '../../../src/fleet/store/reader.ts';
import { savedQueries, savedQuery, saveQuery } from '../../../src/fleet/store/saved.ts';
import { openStore } from '../../../src/fleet/store/writer.ts';
import { answerLike } from '../../support/answers.ts';

const root = mkdtempSync(join(tmpdir(), 'sql-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
const path = join(root, 'store');
const secret = join(root, 'secret.csv');
writeFileSync(secret, 'word\nhunter2\n');

test.before(async () => {
  const writer = await openStore(path);
  await writer.ingest([answerLike('a'), answerLike('b')]);
  await writer.close();
});

async function asked(sql: string, limits: { seconds?: number; rows?: number } = {}): Promise<string> {
  const reader = await readStore(path);
  try {
    return JSON.stringify(await reader.query(sql, limits));
  } catch (error) {
    assert.is((error as Error).constructor.name, 'QuestionError', `${sql}: ${error}`);
    assert.not.match((error as Error).message, '\n');
    return `refused: ${(error as Error).message}`;
  } finally {
    reader.close();
  }
}

const unit = (): string => join(path, 'inputs', 'day=2026-11-22', '0000000001-0000000001.parquet');

test('files beside the store are not read', async () => {
  for (const sql of [
    `SELECT * FROM '${secret}'`,
    `SELECT * FROM read_csv('${secret}')`,
    `SELECT * FROM read_text('${secret}')`,
    `SELECT * FROM read_blob('/etc/passwd')`,
    `SELECT * FROM read_parquet('${path}/../secret.csv')`,
    `SELECT * FROM read_text('${path}/store.json')`,
    `SELECT * FROM glob('${root}/*')`,
    `SELECT * FROM query('SELECT * FROM read_text(''${secret}'')')`,
    `SELECT * FROM query_table('${secret}')`,
    `WITH x AS (FROM read_text('${secret}')) SELECT content FROM x`,
    `SELECT (SELECT content FROM read_text('${secret}'))`,
    `SELECT * FROM parquet_metadata('${secret}')`,
    `SELECT * FROM sniff_csv('${secret}')`,
    `SELECT * FROM sqlite_scan('${secret}', 'x')`,
    `SELECT * FROM 'https://localhost/x.parquet'`,
    `EXPLAIN ANALYZE SELECT * FROM read_text('${secret}')`,
  ]) {
    const told = await asked(sql);
    assert.match(told, /^refused: /, sql);
    assert.not.match(told, 'hunter2', sql);
  }
});

test('nothing is changed', async () => {
  const before = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const bytes = readFileSync(unit());
  const target = join(root, 'out.parquet');
  for (const sql of [
    `COPY inputs TO '${target}'`,
    `COPY (SELECT 1) TO '${unit()}'`,
    `/* SELECT */ COPY inputs TO '${target}'`,
    `EXPORT DATABASE '${root}/out'`,
    `ATTACH '${root}/out.db'`,
    `CREATE TABLE t AS SELECT 1`,
    `CREATE VIEW inputs AS SELECT 1`,
    `DROP VIEW inputs`,
    `DELETE FROM inputs`,
    `INSERT INTO inputs SELECT * FROM inputs`,
    `SET enable_external_access = true`,
    `RESET lock_configuration`,
    `PRAGMA enable_profiling`,
    `INSTALL httpfs`,
    `LOAD '${secret}'`,
    `CALL pragma_version()`,
    `VACUUM`,
    `CHECKPOINT`,
    `BEGIN`,
    `SELECT 1; COPY inputs TO '${target}'`,
    `SELECT 1; SELECT 2`,
    `SELECT ?`,
    `PREPARE x AS SELECT 1`,
    ``,
    `;`,
    `SELECT 1 FROM inputs WHERE input = 'a' --'\n; DROP VIEW inputs`,
  ])
    assert.match(await asked(sql), /^refused: /, sql);
  assert.equal(readdirSync(root, { recursive: true, encoding: 'utf8' }).sort(), before);
  assert.equal(readFileSync(unit()), bytes);
  assert.not.ok(existsSync(target));
});

test('what is too much is stopped', async () => {
  assert.match(
    await asked('SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range % 7 = 3', { seconds: 1 }),
    /stopped after 1 s/,
  );
  assert.match(await asked(`SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`), /too long or nests too deep/);
  assert.match(await asked(`SELECT '${'x'.repeat(200_000)}'`), /too long/);
  assert.match(await asked(`SELECT ${'NOT '.repeat(20_000)} true`), /^refused: |true/);
  assert.match(await asked('SELECT list(range) FROM range(10000000000)', { seconds: 1 }), /^refused: /);
  assert.match(
    await asked('WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r', { seconds: 1 }),
    /^refused: /,
  );
  assert.match(await asked('SELECT * FROM range(1000000)', { rows: 3 }), '"rows":[[0],[1],[2]],"cut":true');
});

test('what is asked is answered, in values that JSON has', async () => {
  assert.is(
    await asked(`SELECT 1 AS n, 9007199254740993 AS big, 'x' AS x, [1, NULL] AS l, {'a': TIMESTAMP '2026-01-02 03:04:05'} AS s, NULL AS y,
      1.5 AS d, 'NaN'::DOUBLE AS nan, DATE '2026-01-02' AS day, true AS b, 2 AS n`),
    JSON.stringify({
      columns: ['n', 'big', 'x', 'l', 's', 'y', 'd', 'nan', 'day', 'b', 'n:1'],
      rows: [[1, '9007199254740993', 'x', [1, null], { a: '2026-01-02T03:04:05.000Z' }, null, 1.5, 'NaN', '2026-01-02', true, 2]],
      cut: false,
    }),
  );
  assert.match(await asked('DESCRIBE inputs'), '"id","VARCHAR"');
  assert.match(await asked('SELECT nothing FROM inputs'), /^refused: Binder Error: .*"nothing"/);
  assert.match(await asked('SELEC 1'), /^refused: Parser Error: /);
});

test('questions are saved by name, and names are no paths', async () => {
  saveQuery(path, 'worst', 'SELECT 1\n');
  saveQuery(path, 'worst', 'SELECT 2');
  saveQuery(path, 'a-b_C9', 'SELECT 3');
  assert.is(savedQuery(path, 'worst').trim(), 'SELECT 2');
  assert.equal(savedQueries(path), [
    { name: 'a-b_C9', sql: 'SELECT 3' },
    { name: 'worst', sql: 'SELECT 2' },
  ]);
  for (const name of ['../x', 'a/b', '', '.hidden', 'x'.repeat(65), '-x', 'a\n'])
    assert.throws(() => saveQuery(path, name, 'SELECT 1'), /a query's name takes/, name);
  assert.throws(() => savedQuery(path, 'nothing'), /sought a saved query nothing; found a-b_C9, worst/);
});

test.run();
