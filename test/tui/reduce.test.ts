// The reducer: keys in, state out, and what the world outside is asked for.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Source } from '../../src/tui/data/source.ts';
import { PLAIN, Screens, sourceOf, sourceOfLog } from '../support/screens.ts';

const source = await sourceOf('samples/x86_64-5.10-two-ooms-then-oops/vmcore');
const screens = (): Screens => new Screens([source], PLAIN);

test('the cursor is where the worst incident comes from until a key is pressed', () => {
  const read = screens();
  read.store.dispatch({ kind: 'read', source: 0 });
  assert.is(read.place.cursor, 3);
  const touched = screens().press('j');
  touched.store.dispatch({ kind: 'read', source: 0 });
  assert.is(touched.place.cursor, 1);
});

test('q goes back to the same row, a goes forward again, q at home quits', () => {
  const s = screens().press('j', 'j', 'enter', 'l');
  assert.is(s.place.screen, 'log');
  s.press('q', 'q');
  assert.equal([s.place.screen, s.place.cursor], ['timeline', 2]);
  s.press('a');
  assert.is(s.place.screen, 'event');
  s.press('q', 'q');
  assert.equal(s.effects, [{ kind: 'read', source: 0 }, { kind: 'read', source: 0 }, { kind: 'quit' }]);
});

test('moving keeps to the list', () => {
  const s = screens().press('k', 'b', 'ctrl-u');
  assert.is(s.place.cursor, 0);
  s.press('G', 'j', 'space');
  assert.is(s.place.cursor, 4);
  s.press('g');
  assert.is(s.place.cursor, 0);
});

test('a search goes to its first match while it is typed, and back where it began on escape', () => {
  const s = screens().press('/', 'n', 'o', 'd', 'e');
  assert.is(s.place.cursor, 1);
  s.press('esc');
  assert.is(s.place.cursor, 0);
  s.press('/', 'f', 'a', 'u', 'l', 't', 'enter', 'n');
  assert.is(s.place.cursor, 3);
  s.press('n');
  assert.is(s.place.cursor, 2);
  assert.match(s.store.state.notice ?? '', 'top');
  assert.is(s.press('n').place.cursor, 3);
  s.press('N');
  assert.equal([s.place.cursor, s.store.state.notice], [2, undefined], 'back to the first is no wrap');
  assert.match(s.press('N').store.state.notice ?? '', 'bottom');
});

test('a capital makes case count', () => {
  assert.is(screens().press('/', 'w', 'a', 'r', 'n', 'enter').place.cursor, 2);
  assert.is(screens().press('/', 'W', 'a', 'r', 'n', 'enter').place.cursor, 0);
});

test('filters hide, say how many they hide, and are turned off by F', () => {
  const s = screens().press('f', 'o', 'o', 'm', 'enter');
  assert.match(s.text(), /2 \(3 hidden\)|1\/2/);
  s.press('F');
  assert.match(s.text(), /1\/5/);
  s.press('F', 'f', '!', 'o', 'o', 'm', 'enter');
  assert.match(s.text(), /0\/0/);
  s.press('f', 'enter');
  assert.match(s.text(), /0\/0/, 'a filter stays as it is where nothing is edited');
  s.press('f', 'ctrl-u', 'enter');
  assert.match(s.text(), /\/5/);
});

test('filters are edited where they stand, and several hold together', () => {
  const s = screens().press('f', 'o', 'o', 'm', 'enter', 'f');
  assert.match(s.text(), /filter: oom /);
  s.press('space', '&', 'space', '!', 'n', 'o', 'd', 'e', 'enter');
  assert.equal(s.place.filters, ['oom', '!node']);
  assert.match(s.text(), /filter oom & !node · 1\/1 \(4 hidden\)/);
});

test('a search belongs to its screen; escape ends it, then the filters, then leaves', () => {
  const s = screens().press('l', 'f', 'o', 'o', 'm', 'enter', '/', 'k', 'i', 'l', 'l', 'e', 'd', 'enter');
  assert.match(s.text(), /\/killed \d+ matches/);
  assert.not.match(s.press('q').text(), /matches/);
  s.press('a', 'esc');
  assert.equal([s.place.screen, s.place.query, s.place.filters], ['log', '', ['oom']]);
  s.press('esc');
  assert.equal([s.place.screen, s.place.filters], ['log', []]);
  assert.is(s.press('esc').place.screen, 'timeline');
});

test('a filter of the log hides records and says so in their place', () => {
  const s = screens().press('G', 'l', 'f', 'o', 'o', 'm', 'enter');
  assert.match(s.text(), /lines? hidden by filter/);
  assert.match(s.text(), /\d+ of \d+ lines \(filter: oom\)/);
});

test('marks lead back', () => {
  const s = screens().press('G', 'l', 'm', 'a', 'g', "'", 'a');
  assert.is(s.place.screen === 'log' && source.records.seq(s.place.at), 544);
  assert.match(screens().press("'", 'z').store.state.notice ?? '', 'no mark z');
});

test('y copies without decoration, Y the incident as Markdown', () => {
  const s = screens().press('G', 'y', 'Y');
  const [line, all] = s.effects.filter((effect) => effect.kind === 'copy');
  assert.is(line?.text, 'kernel panic: Fatal exception');
  assert.match(all?.text ?? '', /^## I4 \(fatal\)/);
});

test('e asks for a format', () => {
  const s = screens().press('e', 'h');
  assert.equal(s.effects, [{ kind: 'export', source: 0, format: 'html' }]);
  assert.equal(screens().press('e', 'q').effects, []);
});

test('a click moves the cursor, a second one opens; the wheel scrolls', () => {
  const s = screens();
  const row =
    s
      .text()
      .split('\n')
      .findIndex((line) => line.includes('WARNING')) + 1;
  s.store.dispatch({ kind: 'mouse', action: 'click', row });
  assert.is(s.place.cursor, 2);
  s.store.dispatch({ kind: 'mouse', action: 'click', row });
  assert.is(s.place.screen, 'event');
  const t = screens();
  t.store.dispatch({ kind: 'mouse', action: 'wheel-down', row: 1 });
  assert.is(t.place.cursor, 3);
});

test('a log that grows is followed at its end, and only there', async () => {
  const growing = new Source('console.log', true);
  const record = (seq: number) => ({ seq, usec: seq, text: `line ${seq}` });
  growing.take({ kind: 'records', records: Array.from({ length: 100 }, (_, i) => record(i)) });
  const s = new Screens([growing]).press('l', 'G');
  growing.take({ kind: 'records', records: [record(100), record(101)] });
  s.store.dispatch({ kind: 'grown' });
  assert.is(s.place.screen === 'log' && s.place.at, 101);
  s.press('k');
  growing.take({ kind: 'records', records: [record(102)] });
  s.store.dispatch({ kind: 'grown' });
  assert.is(s.place.screen === 'log' && s.place.at, 100);
});

test('a bug in one screen shows one line and leaves the others', async () => {
  const log = await sourceOfLog('[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n');
  const s = new Screens([log]);
  const broken = log.records;
  const time = broken.time.bind(broken);
  s.press('l');
  broken.time = () => {
    throw new Error('broken\x1b[31m');
  };
  s.store.changed();
  assert.match(s.store.current().join('\n'), /This screen failed: broken\?\[31m\. q goes back/);
  broken.time = time;
  s.press('q');
  assert.match(s.store.current().join('\n'), /BUG/);
  assert.instance(s.store.failure, Error);
});

test.run();
