// However answers are split, ordered and repeated: a store gives the same answers, and they are what counting by hand gives.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answer } from '../../src/fleet/answer/answer.ts';
import { about } from '../../src/fleet/questions/about.ts';
import { by, DIMENSIONS, shareBy } from '../../src/fleet/questions/by.ts';
import { newIn, newSince } from '../../src/fleet/questions/newer.ts';
import type { Ask, Reply, ReplyRow, Scope } from '../../src/fleet/questions/reply.ts';
import { top } from '../../src/fleet/questions/top.ts';
import { shareTrend, trend } from '../../src/fleet/questions/trend.ts';
import { readStore } from '../../src/fleet/store/reader.ts';
import { openStore } from '../../src/fleet/store/writer.ts';
import { answerLike } from '../support/answers.ts';

const root = mkdtempSync(join(tmpdir(), 'stores-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
let stores = 0;

const TITLES = ["BUG: it's in A", 'BUG: B', 'kernel panic: \x1b[31m"C"', 'WARNING in \u202eD'] as const;
const RELEASES = ['6.1.0-9-amd64', '6.1.0-28-amd64', '5.10.0-46-amd64'] as const;

const answer = fc
  .record({
    host: fc.option(fc.constantFrom('n1', 'n2', "n'3"), { nil: undefined }),
    titles: fc.array(fc.constantFrom(...TITLES), { maxLength: 3 }),
    day: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    readOn: fc.integer({ min: 10, max: 12 }),
    release: fc.option(fc.constantFrom(...RELEASES), { nil: undefined }),
    modules: fc.uniqueArray(fc.constantFrom('nvme', 'ext4', 'faulty'), { maxLength: 3 }),
    status: fc.constantFrom('ok', 'ok', 'ok', 'lossy', 'unreadable', 'copy'),
  })
  .map(({ host, titles, day, readOn, release, modules, status }) => (name: string): Answer => {
    const when = day === undefined ? undefined : { time: `2026-11-0${day}T12:00:00.000Z`, source: 'rtc' };
    const readAt = `2026-11-${readOn}T00:00:00.000Z`;
    const read = status === 'ok' || status === 'lossy';
    const facts = { status, host, when, readAt, release, modules: modules.map((each) => ({ name: each })) } as const;
    const told = titles.map((title, i) => ({ ...answerLike(name, { title }).incidents[0]!, incident: `I${i + 1}` }));
    return { ...answerLike(name, facts), incidents: read ? told : [], events: [] };
  });
const answers = fc.array(answer, { minLength: 1, maxLength: 25 }).map((makers) => makers.map((make, n) => make(`f${n}`)));
/** Where to cut, what to bring again, in which order. */
const ways = fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), seed: fc.nat() }), { minLength: 2, maxLength: 4 });

const SCOPE: Scope = { rows: 100 };
const FROM = '2026-11-04T00:00:00.000Z';

/** Answers to every question; what is refused is part of them. */
async function everything(ask: Ask): Promise<Record<string, Reply | string>> {
  const asked: Record<string, () => Promise<Reply>> = {
    top: () => top(ask, SCOPE),
    'top since': () => top(ask, { ...SCOPE, since: FROM }),
    'new since': () => newSince(ask, { ...SCOPE, since: FROM }),
    'new in': () => newIn(ask, '6.1.0-28-amd64', SCOPE),
    about: () => about(ask, TITLES[1], SCOPE),
    trend: () => trend(ask, 'day', SCOPE),
    'trend of': () => shareTrend(ask, 'week', TITLES[1], SCOPE),
    'by of': () => shareBy(ask, 'module', TITLES[1], SCOPE),
    ...Object.fromEntries(DIMENSIONS.map((dimension) => [`by ${dimension}`, () => by(ask, dimension, SCOPE)])),
  };
  const told: Record<string, Reply | string> = {};
  for (const [name, answered] of Object.entries(asked)) told[name] = await answered().catch((error: Error) => error.message);
  return told;
}

async function storeOf(batches: readonly (readonly Answer[])[]): Promise<Record<string, Reply | string>> {
  const path = join(root, `${stores++}`);
  const writer = await openStore(path);
  for (const batch of batches) await writer.ingest(batch);
  assert.equal(writer.problems, []);
  await writer.close();
  const reader = await readStore(path);
  try {
    return await everything((sql) => reader.query(sql));
  } finally {
    reader.close();
    rmSync(path, { recursive: true });
  }
}

/** An order that a seed gives. */
const shuffled = <T>(items: readonly T[], seed: number): T[] =>
  items
    .map((item, i) => ({ item, at: Math.imul(seed + i * 2654435761, 0x9e3779b1) >>> 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const cutInto = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

test('splits, orders and repetitions do not show', async () => {
  await fc.assert(
    fc.asyncProperty(answers, ways, async (all, several) => {
      const first = await storeOf([all]);
      for (const { size, seed } of several) {
        const again = shuffled([...all, ...shuffled(all, seed + 1).slice(0, 5)], seed);
        assert.equal(await storeOf(cutInto(again, size)), first);
      }
    }),
    { numRuns: 5 },
  );
});

const rowsOf = (told: Reply | string | undefined): readonly ReplyRow[] => (typeof told === 'object' ? told.rows : []);
const isRead = ({ status }: Answer): boolean => status === 'ok' || status === 'lossy';

test('counts are those that counting by hand gives', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (all) => {
      const told = await storeOf([all]);
      const read = all.filter(isRead);
      const showing = (title: string, some: readonly Answer[]): readonly Answer[] =>
        some.filter(({ incidents }) => incidents.some((each) => each.title === title));
      for (const [name, some] of [
        ['top', read],
        ['top since', read.filter(({ when }) => when !== undefined && when.time >= FROM)],
      ] as const) {
        const byHand = TITLES.map((title) => ({ title, inputs: showing(title, some).length })).filter(({ inputs }) => inputs > 0);
        const rows = rowsOf(told[name]).map(({ title, inputs }) => ({ title: `${title}`, inputs: Number(inputs) }));
        const inOrder = (list: typeof rows): typeof rows => [...list].sort((a, b) => (a.title < b.title ? -1 : 1));
        assert.equal(inOrder(rows), inOrder(byHand), name);
      }
      for (const row of rowsOf(told['by module'])) {
        const own = read.filter(({ modules }) => modules.some(({ name }) => name === row.module));
        assert.equal([row.inputs, row.incidents], [own.length, own.filter(({ incidents }) => incidents.length > 0).length]);
        assert.is(row.times, row.signatures === 0 ? null : Math.max(...TITLES.map((title) => showing(title, own).length)));
      }
      const fresh = TITLES.filter((title) => {
        const own = showing(title, read);
        return own.length > 0 && own.every(({ when }) => when !== undefined && when.time >= FROM);
      });
      assert.equal(
        rowsOf(told['new since'])
          .map(({ title }) => `${title}`)
          .sort(),
        [...fresh].sort(),
      );
      for (const row of rowsOf(told.about).filter(({ what }) => what === 'release')) {
        const machines = new Map<string, Answer[]>();
        for (const each of read) machines.set(each.host ?? each.id, [...(machines.get(each.host ?? each.id) ?? []), each]);
        const newest = (some: readonly Answer[]): Answer =>
          some.reduce((a, b) => ((b.when?.time ?? '') > (a.when?.time ?? '') || (b.when?.time === a.when?.time && b.id > a.id) ? b : a));
        const withIt = [...machines.values()].map((some) => showing(TITLES[1], some)).filter((some) => some.length > 0);
        assert.is(row.withIt, withIt.filter((some) => newest(some).release === row.value).length);
      }
    }),
    { numRuns: 8 },
  );
});

test.run();
