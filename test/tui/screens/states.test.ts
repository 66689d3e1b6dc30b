// Empty and error states: each names what was seen, where, and the next step; and the screens around the screens.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Source } from '../../../src/tui/data/source.ts';
import { SCREENS } from '../../../src/tui/keys/table.ts';
import { eventPlace, logPlace, type Place, timelinePlace } from '../../../src/tui/state/place.ts';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOf, sourceOfLog } from '../../support/screens.ts';

const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const oops = await sourceOf(SAMPLE);

test('no events: what was looked at, the highest level, the way to the log', async () => {
  const source = await sourceOfLog('<6>[    1.000000] all is well\n<4>[  200.500000] perf: interrupt took too long\n');
  for (const size of SIZES) {
    const text = new Screens([source], PLAIN, size).text().replace(/\s+/g, ' ');
    assert.match(text, /No oops, OOM, lockup or hardware report in 2 records \(T\+0–00:03:20\)/);
    assert.match(text, /Highest level seen: warning \(record 2\)\.\s+\[l\] log/);
  }
  assert.is(new Screens([source], PLAIN).press('enter').store.state.notice, 'no event to open');
});

test('what cannot be read says what was sought and found', async () => {
  const source = await sourceOf('package-that-is-not-there.json');
  const text = new Screens([source], PLAIN).text();
  assert.match(text, /package-that-is-not-there\.json/);
  assert.match(text, /not read/);
});

test('dumps that are not read are named, with the way to convert them', async () => {
  const media = Buffer.alloc(8192);
  media.write('sadump\0\0', 4096, 'latin1');
  for (const size of SIZES) {
    const text = new Screens([await sourceOfLog(media.toString('latin1'))], PLAIN, size).text().replace(/\s+/g, ' ');
    assert.match(text, /found a Fujitsu sadump on.*makedumpfile and crash know/);
  }
});

test('a dump that is cut says what it is, and shows what was recovered', async () => {
  const whole = readFileSync(SAMPLE);
  for (const share of [0.1, 0.5, 0.9]) {
    const source = await sourceOfLog(whole.subarray(0, Math.floor(whole.length * share)).toString('latin1'), 'vmcore');
    const text = new Screens([source], PLAIN).text();
    assert.match(text, source.status === 'failed' ? /not read/ : /INCOMPLETE DUMP/);
  }
});

test('VMCOREINFO that had to be searched for is told', () => {
  const source = new Source('vmcore');
  source.take({ kind: 'records', records: [{ seq: 1, text: 'x' }] });
  const vmcoreinfo = { source: 'memory', physicalAddress: '0x3a41000' } as NonNullable<NonNullable<Source['info']>['vmcoreinfo']>;
  source.take({ kind: 'correlated', info: { ...oops.info!, vmcoreinfo }, incidents: [], unexplained: [] });
  source.take({ kind: 'end', losses: [] });
  assert.match(new Screens([source], PLAIN).text(), /VMCOREINFO found at 0x3a41000/);
});

test('a file that is neither a dump nor a log', async () => {
  const source = new Source('a.zip');
  source.take({ kind: 'failed', reason: 'a.zip: sought a dump or a kernel log, found 50 4b 03 04 (zip)' });
  for (const size of SIZES) assert.match(new Screens([source], PLAIN, size).text().replace(/\n +/g, ' '), /50 4b 03 04 \(zip\)/);
});

test('a ring that is not found, an incomplete dump, lost records', () => {
  const info = {
    schemaVersion: 1,
    source: 'vmcore',
    container: { format: 'kdump-compressed', incomplete: 'header says 1,048,576 pages, file ends in page 611,204' },
    log: { records: 0 },
    warnings: ['no printk ring found: page 0x2e4a300 is excluded'],
  } as unknown as NonNullable<Source['info']>;
  const source = new Source('vmcore');
  source.take({ kind: 'correlated', info, incidents: [], unexplained: [] });
  source.take({ kind: 'end', losses: [] });
  const text = new Screens([source], PLAIN).text();
  assert.match(text, /INCOMPLETE DUMP/);
  assert.match(text, /No records/);
  assert.match(text, /file ends in page 611,204/);
  assert.match(text, /page 0x2e4a300 is excluded/);
});

test('lost records are in the header', () => {
  const source = new Source('vmcore');
  const info = { ...oops.info!, log: { ...oops.info!.log, overwritten: 1204 } };
  source.take({ kind: 'records', records: [{ seq: 1, text: 'x' }] });
  source.take({ kind: 'correlated', info, incidents: [], unexplained: [] });
  assert.match(new Screens([source], PLAIN).text(), /OLDEST 1,204 RECORDS LOST/);
});

test('while a log is read: how far it is', () => {
  const source = new Source('console.log');
  assert.match(new Screens([source], PLAIN).text(), /Reading…/);
  source.take({ kind: 'records', records: [{ seq: 1, text: 'x' }] });
  assert.match(new Screens([source], PLAIN).text(), /1 record[\s\S]*Reading… no report yet/);
});

test('a report that is not whole has a mark in its row', async () => {
  const source = await sourceOfLog('[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n');
  assert.match(new Screens([source], PLAIN).text(), /✖ oops .*~/);
});

test('a terminal that is too small is told so in a line', () => {
  for (const [columns, rows] of [
    [52, 12],
    [59, 30],
    [100, 14],
    [20, 3],
  ] as const) {
    const screens = new Screens([oops], PLAIN, { columns, rows });
    assert.match(screens.store.current().join('\n'), columns < 40 ? /needs 60x15/ : /needs 60x15, is \d+x\d+: lastkmsg FILE/);
    assert.is(screens.store.current().length, rows - 1);
  }
});

test('any size between draws within its terminal, on every screen', () => {
  const places: Place[] = [timelinePlace(0), eventPlace(0, 'E1'), eventPlace(0, 'E4'), logPlace(0, 500)];
  for (const place of places)
    for (let columns = 60; columns <= 200; columns += 7)
      for (let rows = 15; rows <= 60; rows += 9)
        new Screens([oops], { color: true, ascii: columns % 2 === 0 }, { columns, rows }, place).painted();
});

test('the keys of each screen, from the table', () => {
  for (const size of SIZES) {
    for (const name of SCREENS.filter((screen) => screen !== 'fleet')) {
      const place = { timeline: timelinePlace(0), event: eventPlace(0, 'E4'), log: logPlace(0, 500) }[name as 'log'];
      const screens = new Screens([oops], PLAIN, size, place).press('?');
      golden(`screens/help-${name}-${size.columns}x${size.rows}.txt`, screens.snapshot());
      assert.not.match(screens.press('x').text(), /Keys on this screen/);
    }
  }
  new Screens([oops], ASCII).press('?').painted();
});

test.run();
