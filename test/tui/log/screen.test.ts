// The log: the gutter binds records to events, reports fold, times change, nothing is wider than the terminal.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { logPlace } from '../../../src/tui/state/place.ts';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOf, sourceOfLog } from '../../support/screens.ts';

const oops = await sourceOf('samples/x86_64-5.10-two-ooms-then-oops/vmcore');
const atOops = () => logPlace(0, oops.records.rowOf(498), ['E4']);

for (const size of SIZES) {
  for (const style of [PLAIN, ASCII]) {
    test(`at ${size.columns}x${size.rows}${style.ascii ? ' in ASCII' : ''}`, () => {
      const screens = new Screens([oops], style, size, atOops());
      golden(`screens/log-${size.columns}x${size.rows}${style.ascii ? '-ascii' : ''}.txt`, screens.press('j').snapshot());
    });
  }
}

test('times: distances within a report, all distances, UTC estimated with its source, none', () => {
  const screens = new Screens([oops], PLAIN, undefined, atOops());
  assert.match(screens.text(), /498 ╔A╗ +13\.635672 /);
  assert.match(screens.text(), /499 ║A║ +\+0\.000248 /);
  assert.match(screens.press('t', 't').text(), /2026-11-22 20:00:36\.\d{3}[\s\S]*UTC estimated from rtc, ±1 s/);
  assert.match(screens.press('t').text(), /498 ╔A╗ (T7 +)?BUG/);
});

test('enter opens the event of a record, [ ] go from event to event, { } to its ends', () => {
  const screens = new Screens([oops], PLAIN, undefined, atOops());
  const row = () => (screens.place.screen === 'log' ? oops.records.seq(screens.place.at) : -1);
  screens.press('}');
  assert.is(row(), 543);
  screens.press('{');
  assert.is(row(), 498);
  screens.press('[');
  assert.is(row(), 462);
  screens.press(']', ']');
  assert.is(row(), 544);
  screens.press('enter');
  assert.ok(screens.place.screen === 'event' && screens.place.event === 'E5');
});

test('o folds and unfolds the report under the cursor', () => {
  const screens = new Screens([oops], PLAIN, undefined, atOops());
  assert.not.match(screens.text(), /E4 continues/);
  assert.match(screens.press('o', 'G', 'k', 'k', 'k').text(), /E4 continues: \d+ lines folded/);
  assert.not.match(screens.press('o').text(), /E4 continues/);
});

test('a match in a folded report unfolds it', () => {
  const screens = new Screens([oops], PLAIN, undefined, logPlace(0, 0)).press('/', ...'CR2', 'enter');
  const place = screens.place;
  assert.ok(place.screen === 'log');
  assert.match(oops.records.text(place.at), /CR2/);
});

test('e and w go to the next error and warning', async () => {
  const log = ['<6>[    1.0] a', '<4>[    2.0] b', '<3>[    3.0] c', '<6>[    4.0] d', '<3>[    5.0] e'].join('\n');
  const screens = new Screens([await sourceOfLog(`${log}\n`)], PLAIN, undefined, logPlace(0, 0));
  const at = () => (screens.place.screen === 'log' ? screens.place.at : -1);
  screens.press('e');
  assert.is(at(), 2);
  screens.press('e');
  assert.is(at(), 4);
  screens.press('E', 'W');
  assert.is(at(), 1);
  assert.is(screens.press('W').store.state.notice, 'no warning before this');
});

test('escape sequences, wide and broken characters in messages are shown, not executed', async () => {
  const log = '[    1.000000] evil \x1b]0;title\x07\x1b[2J\x9b31m \xe2\x80\xae \xff\xfe \xe6\xbc\xa2\n[    2.000000] 2\n';
  const source = await sourceOfLog(log);
  for (const size of SIZES) {
    for (const style of [PLAIN, ASCII]) {
      const text = new Screens([source], style, size, logPlace(0, 0)).text();
      assert.match(text, /evil \\x1b\]0;title/);
    }
  }
});

test('a line of a megabyte is cut, and scrolls sideways', async () => {
  const source = await sourceOfLog(`[    1.000000] ${'abc '.repeat(250_000)}\n[    2.000000] b\n`);
  const screens = new Screens([source], PLAIN, undefined, logPlace(0, 0));
  assert.match(screens.text(), /abc »|abc»|ab»|a»/);
  const before = screens.text();
  assert.is.not(screens.press('l').text(), before);
  assert.is(screens.press('h').text(), before);
});

test.run();
