// A fleet with a known cause in it: what stands out is that, and a machine that crashes all day does not speak for its model.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answer } from '../../../src/fleet/answer/answer.ts';
import { about } from '../../../src/fleet/questions/about.ts';
import { shareBy } from '../../../src/fleet/questions/by.ts';
import { newIn, newSince } from '../../../src/fleet/questions/newer.ts';
import type { Ask } from '../../../src/fleet/questions/reply.ts';
import { findSignature } from '../../../src/fleet/questions/signature.ts';
import { shareTrend, trend } from '../../../src/fleet/questions/trend.ts';
import { readStore, type StoreReader } from '../../../src/fleet/store/reader.ts';
import { openStore } from '../../../src/fleet/store/writer.ts';
import { answerLike } from '../../support/answers.ts';

const root = mkdtempSync(join(tmpdir(), 'planted-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const SICK = 'WARNING in faulty_release';
const OTHER = 'BUG: soft lockup in spin';
const LATE = 'kernel BUG in brand_new';
const HOSTS = 60;
const LOOPS = 80;
let reader: StoreReader;
const ask: Ask = (sql) => reader.query(sql);

/** Hosts 0 to 11 load `faulty` and show SICK; host 0 alone is of model Loop, and crashes all day. */
function answers(): Answer[] {
  const all: Answer[] = [];
  for (let host = 0; host < HOSTS; host++) {
    const sick = host < 12;
    const times = host === 0 ? LOOPS : 2;
    for (let n = 0; n < times; n++) {
      const release = host === 59 && n === 1 ? '6.1.0-28-amd64' : '6.1.0-9-amd64';
      all.push(
        answerLike(`${host} ${n}`, {
          title: host === 59 && n === 1 ? LATE : sick ? SICK : OTHER,
          host: `h${host}`,
          release,
          when: { time: `2026-11-${10 + (host === 59 ? 10 * n : n % 5)}T0${n % 10}:00:00.000Z`, source: 'rtc' },
          model: host === 0 ? 'Loop' : host % 2 === 0 ? 'A' : 'B',
          modules: [{ name: 'nvme' }, ...(sick ? [{ name: 'faulty', taint: 'OE' }] : [])],
          taint: sick ? ['O', 'E'] : [],
        }),
      );
    }
  }
  return all;
}

test.before(async () => {
  const path = join(root, 'store');
  const writer = await openStore(path);
  await writer.ingest(answers());
  await writer.close();
  reader = await readStore(path);
});
test.after(() => reader.close());

test('the cause stands out, what all have and what one machine has do not', async () => {
  const { rows, notes } = await about(ask, SICK, { rows: 10 });
  const says = (value: string): unknown => rows.find((row) => row.value === value)?.says;
  const faulty = rows.find((row) => row.value === 'faulty');
  assert.equal([faulty?.withIt, faulty?.withItOf, faulty?.elsewhere, faulty?.elsewhereOf], [12, 12, 0, 48]);
  assert.is(faulty?.says, 'more');
  assert.ok(Number(faulty?.ratioLow) > 2);
  assert.is(says('nvme'), 'no clear difference');
  assert.is(says('Loop'), 'too few to say', `${LOOPS} crashes of one machine are one machine`);
  assert.is(says('O'), 'more');
  assert.ok(notes.includes('12 machines with it, 48 others without; each counts once, as at its newest input'), notes.join('\n'));
});

test('new on a kernel is what no earlier one of its flavour shows, 9 before 28', async () => {
  const { rows, notes } = await newIn(ask, '6.1.0-28-amd64', { rows: 10 });
  assert.equal(
    rows.map(({ title, inputs, of }) => [title, inputs, of]),
    [[LATE, 1, 1]],
  );
  const earlier = answers().length - 1;
  assert.match(notes.join(), `seen in none of ${earlier} inputs of earlier releases, so in less than`);
  const first = await newIn(ask, '6.1.0-9-amd64', { rows: 10 });
  assert.match(first.notes.join(), 'no input is of an earlier release of this flavour (amd64)');
});

test('new since a day', async () => {
  const { rows } = await newSince(ask, { since: '2026-11-16T00:00:00.000Z', rows: 10 });
  assert.equal(
    rows.map(({ title }) => title),
    [LATE],
  );
});

test('shares and trends', async () => {
  const { rows } = await shareBy(ask, 'module', SICK, { rows: 10 });
  const sick = LOOPS + 11 * 2;
  assert.equal(
    rows.map(({ module, inputs, of }) => [module, inputs, of]),
    [
      ['faulty', sick, sick],
      ['nvme', sick, answers().length],
    ],
  );
  const days = await trend(ask, 'day', { rows: 100 });
  assert.equal(days.rows[0]?.since, '2026-11-10');
  assert.is(
    days.rows.reduce((sum, row) => sum + Number(row.inputs), 0),
    answers().length,
  );
  assert.equal(days.rows.at(-1), { since: '2026-11-20', inputs: 1, hosts: 1, signatures: 1, new: 1, most: LATE, times: 1 });
  const of = await shareTrend(ask, 'week', LATE, { rows: 100 });
  assert.equal(
    of.rows.map((row) => [row.since, row.inputs]),
    [
      ['2026-11-09', 0],
      ['2026-11-16', 1],
    ],
  );
});

test('a signature is found by its hash, its title or a part that no other has', async () => {
  const found = await findSignature(ask, 'SOFT lockup');
  assert.equal(found, { kind: 'null-dereference', title: OTHER });
  const [[hash] = []] = (await ask(`SELECT signature FROM incidents WHERE title = '${OTHER}'`)).rows;
  assert.equal(await findSignature(ask, String(hash).slice(0, 8)), found);
  for (const [wanted, why] of [
    ['in', /found 3 with in: /],
    ['nothing like it', /found none/],
    ["'; DROP VIEW inputs; --", /found none/],
  ] as const) {
    try {
      await findSignature(ask, wanted);
      assert.unreachable(wanted);
    } catch (error) {
      assert.match((error as Error).message, why);
    }
  }
});

test.run();
