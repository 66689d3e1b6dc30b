// The HTML report: golden, self-contained, and a hostile log changes no tag of it.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { groupFleet } from '../../../src/fleet/group.ts';
import { summarise } from '../../../src/fleet/summarise.ts';
import { htmlReport } from '../../../src/output/report/html/page.ts';
import type { Report } from '../../../src/output/report/report.ts';
import { golden } from '../../support/golden.ts';
import { eventsOf, recordsOfLog } from '../../support/read-events.ts';
import { sampleReport, withTexts } from '../../support/sample-report.ts';

const page = htmlReport(sampleReport);
const body = (text: string): string => text.slice(text.indexOf('</style>'));
const tags = (text: string): string[] => body(text).match(/<[^>]*>/g) ?? [];
const attributes = (text: string, name: string): string[] =>
  [...body(text).matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map((m) => m[1] ?? '');

test('golden, but for the style sheet', () => golden('output/report.html', page.replace(/<style>[\s\S]*<\/style>|sha256-[^']+/g, '')));

test('nothing is fetched and no script is there', () => {
  assert.not.match(page, /<script|<iframe|<object|<embed|<form|<img|@import|url\((?!#)|javascript:| on\w+=/i);
  assert.equal(
    [...page.matchAll(/\b(?:href|src|action)="([^"]*)"/g)].map((m) => m[1]).filter((target) => !/^#|^data:,$/.test(target ?? '')),
    [],
  );
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
});

test('every link leads to an id of the page, and no id is there twice', () => {
  const ids = attributes(page, 'id');
  assert.is(new Set(ids).size, ids.length);
  for (const target of attributes(page, 'href')) assert.ok(ids.includes(target.slice(1)), target);
  assert.ok(ids.includes('r1-841') && ids.includes('e1-E3'));
});

test('what is left out is said', () => {
  assert.match(page, /1,000 records of the log not shown here/);
  assert.match(page, /1 record of the log not shown here/);
});

test('facts, stacks and registers lead to the lines of the log that say them', () => {
  const log = readFileSync('test/golden/events/oops-null-write-x86-6.1.log', 'latin1');
  const events = eventsOf(log);
  const items = [{ kind: 'records', records: recordsOfLog(log).map(({ seq, text }) => ({ seq, text })) }] as const;
  const [part] = sampleReport.parts;
  const shown = htmlReport({
    ...sampleReport,
    parts: [{ ...part!, events, incidents: [], log: { total: items[0].records.length, items } }],
  });
  const lineOf = (id: string): string => new RegExp(`<span[^>]* id="${id}">.*`).exec(shown)?.[0] ?? `no ${id}`;
  for (const [from, line] of [
    [/<dt>machine<.*?href="#(.*?)"/, /Hardware name: QEMU/],
    [/<dt>workqueue<.*?href="#(.*?)"/, /Workqueue: /],
    [/<dt>at<.*?href="#(.*?)"/, /RIP: /],
    [/<dt>oopsCount<.*?href="#(.*?)"/, /\[#1\]/],
    [/<h4>Code <.*?href="#(.*?)"/, /Code: /],
    [/<h4>Registers <.*?href="#(.*?)"/, /RSP: /],
    [/<h4>Modules <.*?href="#(.*?)"/, /Modules linked in/],
    [/href="#([^"]*)">\d+<\/a> *driver_xyz_process\+/, / driver_xyz_process\+/],
  ] as const)
    assert.match(lineOf(from.exec(shown)?.[1] ?? `link ${from}`), line);
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</pre></details></main>',
  '&lt;script&gt; &amp; &#60;',
  '<!-- ',
  ']]>',
  '\x1b[31m\x1b]8;;http://x\x07',
  '\u202egnp.exe\u2066',
  '\xff\xfe\xc2\x9b',
  '\ud800',
  '`y` {{z}}',
  'javascript:alert(1)',
];
const CONTROL =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whatever the log says, the page has the same tags as with a harmless word. */
function staysText(report: Report, text: string): void {
  const hostile = htmlReport(withTexts(report, text));
  assert.equal(tags(hostile), tags(htmlReport(withTexts(report, 'harmless'))));
  assert.not.match(hostile, CONTROL);
}

for (const text of HOSTILE) test(`stays text: ${JSON.stringify(text)}`, () => staysText(sampleReport, text));

test('any text stays text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), fc.constantFrom(...HOSTILE), (some, known) => {
      const text = `x${some}${known}`.replace(/[\n ]/g, '');
      staysText(sampleReport, text);
    }),
    { numRuns: 100 },
  );
});

test('a log in which nothing happened', () => {
  const [part] = sampleReport.parts;
  const quiet = htmlReport({
    version: '0',
    time: { zone: 'utc' },
    parts: [{ ...part!, events: [], incidents: [], log: { total: 0, items: [] } }],
  });
  assert.match(quiet, /Nothing in this log kills or warns/);
});

test('several inputs: each has its own anchors, and the contents lead to all of them', () => {
  const [part] = sampleReport.parts;
  const two = htmlReport({ ...sampleReport, parts: [part!, { ...part!, source: 'b.log' }] });
  const ids = attributes(two, 'id');
  assert.is(new Set(ids).size, ids.length);
  assert.ok(ids.includes('r2-841'));
  const targets = attributes(two, 'href').map((target) => target.slice(1));
  for (const target of targets) assert.ok(ids.includes(target), target);
  for (const id of ['inputs', 's1', 's1-verdict', 's1-log', 's2', 's2-verdict', 's2-log']) assert.ok(ids.includes(id), id);
  assert.match(two, /<b>b\.log<\/b> NULL pointer read in fault_null/);
});

test('of several inputs a row for each signature leads to those that show it', () => {
  const [part] = sampleReport.parts;
  const parts = [part!, { ...part!, source: 'b.log' }];
  const inputs = parts.map(({ source, events, incidents }) =>
    summarise({ source, form: 'dmesg', releases: ['6.1.0'], records: 5, losses: [] }, events, incidents),
  );
  const page = htmlReport({ ...sampleReport, parts, fleet: groupFleet(inputs) });
  assert.match(page, /<h1>2 inputs, \d+ signatures?<\/h1>/);
  assert.match(page, /<td class="share">2<svg[\s\S]*?href="#s1"[\s\S]*?href="#s2"/);
});

test('the same values give the same bytes', () => assert.is(htmlReport(sampleReport), page));

test.run();
