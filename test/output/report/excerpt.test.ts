// Which records a report shows: all of a short log; of a long one what matters, and how much was left out.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { excerpt } from '../../../src/output/report/excerpt.ts';
import { RecordKeeper } from '../../../src/output/report/keep-records.ts';
import type { Excerpt } from '../../../src/output/report/report.ts';
import { timeline } from '../../../src/output/report/timeline.ts';
import { viewsOf } from '../../../src/output/report/view.ts';
import { sample } from '../../support/sample-events.ts';
import { sampleReport } from '../../support/sample-report.ts';

const log = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ seq: from + i, usec: i, text: `line ${from + i}` }));
const event = (id: string, first: number, last: number): Event => ({
  ...sample[0]!,
  id,
  records: { first, last, count: last - first + 1 },
});
const seqs = ({ items }: Excerpt): number[] => items.flatMap((item) => (item.kind === 'records' ? item.records.map((r) => r.seq) : []));
const left = ({ items }: Excerpt): number => items.reduce((sum, item) => sum + (item.kind === 'gap' ? item.count : 0), 0);
const keep = (count: number, keeper = new RecordKeeper()): RecordKeeper => {
  keeper.see(log(1, count));
  return keeper;
};

test('a short log is shown whole', () => {
  const shown = excerpt(keep(1000).kept, [], []);
  assert.is(shown.items.length, 1);
  assert.is(seqs(shown).length, 1000);
});

test('of a long log: events with their surroundings, evidence, the end; the rest is counted', () => {
  const [incident] = sampleReport.parts[0]!.incidents;
  const shown = excerpt(
    keep(10_000).kept,
    [event('E2', 5000, 5010)],
    [{ ...incident!, clauses: [{ text: 'x', evidence: [777] }], edges: [] }],
  );
  const all = new Set(seqs(shown));
  for (const seq of [777, 4980, 5000, 5010, 5030, 10_000]) assert.ok(all.has(seq), `${seq}`);
  assert.not.ok(all.has(6000));
  assert.is(all.size + left(shown), 10_000);
  assert.is(shown.items[0]?.kind, 'gap');
});

test('a report of thousands of records: head and end', () => {
  const shown = excerpt(keep(20_000).kept, [event('E1', 1000, 9000)], []);
  const all = new Set(seqs(shown));
  assert.ok(all.has(1000) && all.has(1200) && all.has(8990) && all.has(9000));
  assert.not.ok(all.has(5000));
  assert.is(all.size + left(shown), 20_000);
});

test('a log full of events is bounded', () => {
  const events = Array.from({ length: 2000 }, (_, i) => event(`E${i + 1}`, i * 20 + 1, i * 20 + 10));
  const shown = excerpt(keep(40_000).kept, events, []);
  assert.ok(seqs(shown).length <= 12_000);
  assert.is(seqs(shown).length + left(shown), 40_000);
});

test('a log of any length is kept in bounded memory, events and all', () => {
  const keeper = new RecordKeeper(1000);
  for (let i = 0; i < 100; i++) {
    keeper.see(log(i * 100 + 1, 100));
    if (i === 3) keeper.found(event('E1', 310, 320));
  }
  assert.ok(keeper.kept.records.length < 1700);
  const shown = excerpt(keeper.kept, [event('E1', 310, 320)], []);
  assert.ok(seqs(shown).includes(315));
  assert.is(seqs(shown).length + left(shown), 10_000);
});

test('of a report that is long and far back, head and end are kept', () => {
  const keeper = new RecordKeeper(8000);
  keeper.see(log(1, 4000));
  keeper.found(event('E1', 1000, 3000));
  for (let i = 4; i < 12; i++) keeper.see(log(i * 1000 + 1, 1000));
  const kept = new Set(keeper.kept.records.map(({ record }) => record.seq));
  assert.equal(
    [950, 1000, 1400, 2950, 3000, 3050, 12_000].filter((seq) => !kept.has(seq)),
    [],
  );
  assert.equal(
    [800, 2000, 3500].filter((seq) => kept.has(seq)),
    [],
  );
});

test('the timeline: in log order, a lane for each incident, the worst first, no mark on another', () => {
  const drawn = timeline(viewsOf(sampleReport)[0]!)!;
  assert.equal(
    drawn.marks.map((mark) => mark.events[0].id),
    ['E1', 'E2', 'E3'],
  );
  assert.equal(
    drawn.lanes.map((lane) => lane.label),
    ['I2', 'I1'],
  );
  for (const [i, mark] of drawn.marks.entries()) assert.ok(i === 0 || mark.x - drawn.marks[i - 1]!.x >= 34);
  assert.is(drawn.edges.length, 1);
  assert.is(drawn.boots.length, 1);
});

test('a timeline of many events fits the page: what falls together is one mark', () => {
  const events = Array.from({ length: 100 }, (_, i): Event => ({ ...sample[2]!, id: `E${i + 1}`, severity: i === 99 ? 'fatal' : 'info' }));
  const drawn = timeline(
    viewsOf({ version: '', time: { zone: 'utc' }, parts: [{ ...sampleReport.parts[0]!, events, incidents: [] }] })[0]!,
  )!;
  assert.ok(drawn.width <= 1080);
  for (const [i, mark] of drawn.marks.entries()) assert.ok(i === 0 || mark.x - drawn.marks[i - 1]!.x >= 30);
  assert.is(
    drawn.marks.reduce((sum, mark) => sum + mark.events.length, 0),
    100,
  );
  assert.is(drawn.left, 0);
  assert.is(drawn.marks.at(-1)?.severity, 'fatal');
});

test.run();
