import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pruneStore } from '../../../src/fleet/store/prune.ts';
import { readStore } from '../../../src/fleet/store/reader.ts';
import { openStore } from '../../../src/fleet/store/writer.ts';
import { answerLike } from '../../support/answers.ts';

const root = mkdtempSync(join(tmpdir(), 'store-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
let stores = 0;
const newPath = (): string => join(root, `${stores++}`);

const COUNTS = 'SELECT (SELECT count(*) FROM inputs), (SELECT count(*) FROM incidents), (SELECT count(*) FROM events)';

async function counts(path: string): Promise<readonly unknown[]> {
  const reader = await readStore(path);
  try {
    return (await reader.query(COUNTS)).rows[0] ?? [];
  } finally {
    reader.close();
  }
}

const filesIn = (path: string, table: string): string[] =>
  readdirSync(join(path, table), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => join(path, table, name));

/** @returns what was thrown */
async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.is((error as Error).name, 'StoreError');
    assert.not.match((error as Error).message, '\n', 'one line');
    return (error as Error).message;
  }
  return assert.unreachable('it was not refused') as never;
}

test('an input is kept once, however often it comes', async () => {
  const path = newPath();
  const writer = await openStore(path);
  const answers = ['a', 'b', 'a'].map((name) => answerLike(name));
  assert.is(await writer.ingest(answers), 2);
  assert.is(await writer.ingest(answers), 0);
  await writer.close();
  const again = await openStore(path);
  assert.is(await again.ingest([answerLike('b'), answerLike('c')]), 1, 'another process knows them too');
  assert.equal([...(await again.known([answerLike('c').id, answerLike('d').id]))], [answerLike('c').id]);
  await again.close();
  assert.equal(await counts(path), [3, 3, 3]);
});

test('what is kept comes back', async () => {
  const path = newPath();
  const writer = await openStore(path);
  const modules = [{ name: 'nvme' }, { name: 'faulty', taint: 'OE' }];
  await writer.ingest([
    answerLike("it's", { modules, taint: ['E', 'O'], losses: ['one \x1f two', 'three'] }),
    answerLike('none', { when: undefined }),
  ]);
  await writer.close();
  const reader = await readStore(path);
  const { rows } = await reader.query(
    `SELECT input, time, time_source, modules, taint, losses, incidents, read_at, CAST(day AS VARCHAR) FROM inputs ORDER BY input`,
  );
  assert.equal(rows[0], [
    "it's",
    '2026-11-22T19:00:00.000Z',
    'crashtime',
    ['faulty(OE)', 'nvme'],
    ['E', 'O'],
    ['one   two', 'three'],
    1,
    '2026-11-22T20:00:00.000Z',
    '2026-11-22',
  ]);
  assert.equal(rows[1]?.slice(0, 6), ['none', null, null, [], [], []], 'what is unknown is null');
  assert.equal((await reader.query('SELECT module, taint FROM modules ORDER BY module')).rows, [
    ['faulty', 'OE'],
    ['nvme', null],
  ]);
  reader.close();
});

test('many small files become few, and nothing is lost by it', async () => {
  const path = newPath();
  const writer = await openStore(path);
  for (let i = 0; i < 30; i++) await writer.ingest([answerLike(`${i}`)]);
  assert.equal(writer.problems, []);
  await writer.close();
  for (const table of ['inputs', 'incidents', 'events']) assert.ok(filesIn(path, table).length < 12, `${filesIn(path, table).length}`);
  assert.equal(await counts(path), [30, 30, 30]);
});

test('a unit without its inputs, and one that was merged, do not count', async () => {
  const path = newPath();
  const writer = await openStore(path);
  await writer.ingest([answerLike('a')]);
  await writer.ingest([answerLike('b')]);
  await writer.close();
  const [first, second] = filesIn(path, 'inputs').sort() as [string, string];
  // killed before the last rename
  rmSync(second);
  assert.equal(await counts(path), [1, 1, 1]);
  // killed after a merge, before the old files went
  for (const table of ['inputs', 'incidents', 'events']) {
    const old = first.replace('inputs', table);
    writeFileSync(old.replace('0000000001-0000000001', '0000000001-0000000002'), readFileSync(old));
  }
  assert.equal(await counts(path), [1, 1, 1]);
  const after = await openStore(path);
  assert.is(await after.ingest([answerLike('a'), answerLike('b')]), 1, 'what did not get its name is taken again');
  await after.close();
  assert.equal(await counts(path), [2, 2, 2]);
  assert.is(filesIn(path, 'events').length, 2, 'leftovers are gone');
});

test('a damaged file is named, and the rest answers', async () => {
  const path = newPath();
  const writer = await openStore(path);
  for (const day of ['20', '21', '22', '23']) await writer.ingest([answerLike(day, { readAt: `2026-11-${day}T00:00:00.000Z` })]);
  await writer.close();
  const [cut, garbage, inside] = filesIn(path, 'events').sort() as [string, string, string];
  truncateSync(cut, 100);
  writeFileSync(garbage, 'not parquet at all');
  const bytes = readFileSync(inside);
  bytes.fill(0xff, 4, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8));
  writeFileSync(inside, bytes);
  const reader = await readStore(path);
  assert.is(reader.problems.length, 2);
  assert.ok(reader.problems[0]?.startsWith(`${cut}: it is cut off`), reader.problems[0]);
  assert.ok(reader.problems[1]?.startsWith(`${garbage}: it is no Parquet file`), reader.problems[1]);
  assert.equal((await reader.query('SELECT count(*), count(DISTINCT title) FROM events')).rows, [[1, 1]]);
  assert.is(reader.problems.length, 3);
  assert.ok(reader.problems[2]?.startsWith(`${inside}: `), reader.problems[2]);
  assert.equal((await reader.query('SELECT count(*) FROM inputs')).rows, [[1]], 'an input counts with all of its rows or not at all');
  reader.close();
});

test('a footer that is damaged inside is named when the store is opened, to read or to write', async () => {
  const path = newPath();
  const writer = await openStore(path);
  for (const day of ['20', '21']) await writer.ingest([answerLike(day, { readAt: `2026-11-${day}T00:00:00.000Z` })]);
  await writer.close();
  const [file] = filesIn(path, 'inputs').sort() as [string];
  const bytes = readFileSync(file);
  bytes.fill(0xff, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8), bytes.length - 8);
  writeFileSync(file, bytes);
  const reader = await readStore(path);
  assert.equal((await reader.query('SELECT count(*) FROM inputs')).rows, [[1]]);
  assert.ok(reader.problems[0]?.startsWith(`${file}: `), reader.problems.join());
  reader.close();
  const again = await openStore(path);
  assert.is(again.problems.length, 1);
  assert.is(await again.ingest([answerLike('20'), answerLike('21')]), 1, 'what cannot be read is taken in again');
  await again.close();
});

test('days are taken out, their inputs are unknown again, the others stay', async () => {
  const path = newPath();
  assert.match(await refused(pruneStore(path, '2026-11-22')), /there is no store/);
  const writer = await openStore(path);
  for (const day of ['20', '21', '22', '22']) await writer.ingest([answerLike(`${day}${day}`, { readAt: `2026-11-${day}T23:59:59.999Z` })]);
  assert.match(await refused(pruneStore(path, '2026-11-22')), /another writer is at work/);
  await writer.close();
  const { days, bytes } = await pruneStore(path, '2026-11-22');
  assert.equal(days, ['2026-11-20', '2026-11-21']);
  assert.ok(bytes > 0);
  assert.equal(await counts(path), [1, 1, 1]);
  assert.equal(await pruneStore(path, '2026-11-22'), { days: [], bytes: 0 });
  const again = await openStore(path);
  assert.equal(again.problems, []);
  assert.is(await again.ingest(['2020', '2222'].map((name) => answerLike(name))), 1, 'what was taken out is new');
  await again.close();
});

test('a lock file that a full disk left cut is made anew', async () => {
  const path = newPath();
  await (await openStore(path)).close();
  writeFileSync(join(path, 'writer.lock'), Buffer.alloc(100, 7));
  const writer = await openStore(path);
  assert.is(await writer.ingest([answerLike('a')]), 1);
  await writer.close();
});

test('one writer at a time, and readers beside it', async () => {
  const path = newPath();
  const writer = await openStore(path);
  await writer.ingest([answerLike('a')]);
  assert.match(await refused(openStore(path)), /another writer is at work/);
  assert.equal(await counts(path), [1, 1, 1]);
  await writer.close();
  await (await openStore(path)).close();
});

test('a reader goes on while files are merged under it', async () => {
  const path = newPath();
  const writer = await openStore(path);
  for (let i = 0; i < 5; i++) await writer.ingest([answerLike(`${i}`)]);
  const reader = await readStore(path);
  for (let i = 5; i < 20; i++) await writer.ingest([answerLike(`${i}`)]);
  const [[n] = []] = (await reader.query('SELECT count(DISTINCT verdict || id) FROM incidents')).rows;
  assert.ok(n === 5 || n === 20, `${n}`);
  assert.equal(reader.problems, []);
  reader.close();
  await writer.close();
});

test('a store of a newer version, or something else, is refused in a line', async () => {
  const path = newPath();
  await (await openStore(path)).close();
  writeFileSync(join(path, 'store.json'), '{"schema":2}');
  assert.match(await refused(openStore(path)), /sought a store of version 1; found version 2/);
  assert.match(await refused(readStore(path)), /found version 2/);
  writeFileSync(join(path, 'store.json'), '{');
  assert.match(await refused(readStore(path)), /sought the version of a store; found none/);
  assert.match(await refused(openStore(root)), /found a directory without store.json/);
  assert.match(await refused(readStore(newPath())), /there is no store/);
  assert.match(await refused(openStore(join(root, 'a[b]'))), /takes none of/);
});

test('a store that was not made to the end is made again', async () => {
  const path = newPath();
  mkdirSync(join(path, 'tmp'), { recursive: true });
  writeFileSync(join(path, '.4711.tmp'), '{');
  const writer = await openStore(path);
  assert.is(await writer.ingest([answerLike('a')]), 1);
  await writer.close();
  assert.equal(await counts(path), [1, 1, 1]);
});

test('what is no answer is refused before anything is kept', async () => {
  const path = newPath();
  const writer = await openStore(path);
  for (const [wrong, why] of [
    [{ schema: 2 }, 'has schema, which is not 1'],
    [{ id: "'; DROP TABLE" }, 'has id, which is no SHA-256'],
    [{ incidents: undefined }, 'has incidents, which is no list'],
    [{ records: 1e300 }, 'has records, which is no number'],
    [{ host: {} }, 'has host, which is no text'],
    [{ readAt: 'never' }, 'has readAt, which is no time'],
    [{ events: [null] }, 'has events, which has an item that is no object'],
    [{ input: 'x'.repeat(1e6) }, 'has input, which is no text'],
  ] as const)
    assert.match(await refused(writer.ingest([answerLike('a'), { ...answerLike('b'), ...wrong } as never])), why);
  assert.match(await refused(writer.ingest([null as never])), 'no answer: it is no object');
  await writer.close();
  assert.equal(await counts(path), [0, 0, 0]);
});

test('any text is kept as it is', async () => {
  const path = newPath();
  const writer = await openStore(path);
  const texts = ['a\0b', "it's \u202e\x1b[31m", '日本語 🦀', '\x1f'];
  await writer.ingest([
    ...texts.map((host, i) => answerLike(`${i}`, { host })),
    answerLike('x', { modules: [{ name: 'a\x1fb(', taint: 'O' }] }),
  ]);
  await writer.close();
  const reader = await readStore(path);
  assert.equal((await reader.query('SELECT host FROM inputs ORDER BY input')).rows.flat().slice(0, 4), texts);
  reader.close();
});

test.run();
