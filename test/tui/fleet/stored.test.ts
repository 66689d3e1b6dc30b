// The fleet's screen over a store: what is frequent in it, what is unusual about it, who shows it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answerWithout } from '../../../src/fleet/answer/answer-of.ts';
import { storedInputs } from '../../../src/fleet/questions/inputs.ts';
import { readStore } from '../../../src/fleet/store/reader.ts';
import { openStore } from '../../../src/fleet/store/writer.ts';
import { FleetData } from '../../../src/tui/data/fleet.ts';
import { fleetPlace } from '../../../src/tui/state/place.ts';
import { idOf } from '../../support/answers.ts';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, SIZES } from '../../support/screens.ts';
import { syntheticAnswers } from '../../support/synthetic-fleet.ts';

const path = join(mkdtempSync(join(tmpdir(), 'lastkmsg-stored-')), 'store');
process.on('exit', () => rmSync(join(path, '..'), { recursive: true, force: true }));

const shape = { hosts: 12, signatures: 9, releases: 3, models: 3, moduleLists: 4, events: 3, days: 6 };
const writer = await openStore(path);
const poison = { id: idOf('poison'), input: '/var/crash/p/vmcore', readAt: '2026-11-29T08:00:00.000Z', version: '0.1.0' };
await writer.ingest([...syntheticAnswers(80, shape), answerWithout(poison, 'dead', 'it killed its reader 3 times: killed by SIGSEGV')]);
await writer.close();
const reader = await readStore(path);
const { inputs, total } = await storedInputs((sql) => reader.query(sql), 1000);
const few = await storedInputs((sql) => reader.query(sql), 5);
reader.close();
const data = new FleetData('crashes', inputs.length);
for (const input of inputs) data.take(input);
const stored = (size = SIZES[0], style = PLAIN): Screens => new Screens([], style, size, fleetPlace(), data);

for (const size of SIZES) {
  for (const style of [PLAIN, ASCII]) {
    test(`at ${size.columns}x${size.rows}${style.ascii ? ' in ASCII' : ''}`, () => {
      golden(`screens/stored-${size.columns}x${size.rows}${style.ascii ? '-ascii' : ''}.txt`, stored(size, style).press('j').snapshot());
    });
  }
}

test('all that is in it comes, or the newest', () => {
  assert.is(total, 81);
  assert.is(inputs.length, 81);
  assert.is(few.inputs.length, 5);
  assert.is(few.total, 81);
});

test('enter leads to the inputs that show a signature, and says that it has no more', () => {
  const screens = stored().press('enter');
  assert.ok(screens.place.screen === 'fleet' && screens.place.pane === 'dumps');
  assert.match(screens.press('enter').text(), /a store has answers, not inputs/);
  assert.equal(screens.effects, []);
  assert.ok(screens.press('tab').place.screen === 'fleet');
});

test('the keys are those of a store: none opens the newest dump', () => {
  const screens = stored(SIZES[2]);
  assert.not.match(screens.text(), /open newest/);
  assert.match(screens.press('l').text(), /answers, not inputs/);
  const keys = screens.press('?').text();
  assert.match(keys, /Enter +to its dumps|↵ +to its dumps/);
  assert.not.match(keys, /newest dump/);
});

test('f filters, / searches, what died is a row', () => {
  const [first] = data.fleet.groups;
  const word = /\w+$/.exec(first?.title ?? '')?.[0] ?? '';
  const filtered = stored()
    .press('f', ...word, 'enter')
    .text();
  assert.match(filtered, /\(\d+ hidden\)/);
  assert.match(
    stored()
      .press('/', ...word, 'enter')
      .snapshot(),
    new RegExp(`^>.*${word}`, 'm'),
  );
  assert.match(stored().press('G').text(), /killed its reader 3 times/);
});

test.run();
