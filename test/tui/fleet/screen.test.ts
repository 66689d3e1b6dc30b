// The fleet: many inputs by what they show, what is unusual about it, and the way into each.
import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readFleet } from '../../../src/cli/fleet/read-fleet.ts';
import { FleetData } from '../../../src/tui/data/fleet.ts';
import { Source } from '../../../src/tui/data/source.ts';
import { fleetPlace } from '../../../src/tui/state/place.ts';
import { initialState } from '../../../src/tui/state/state.ts';
import { Store } from '../../../src/tui/store.ts';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, SIZES } from '../../support/screens.ts';

const samples = readdirSync('samples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const files = [...samples.map(({ name }) => `samples/${name}/vmcore`), 'samples/not-there'];
const data = new FleetData('samples', files.length);
for await (const input of readFleet(files.map((name) => [{ name }]))) data.take(input);
const sources = files.map((file) => new Source(file));
const fleet = (size = SIZES[0], style = PLAIN): Screens => new Screens(sources, style, size, fleetPlace(), data);

for (const size of SIZES) {
  for (const style of [PLAIN, ASCII]) {
    test(`at ${size.columns}x${size.rows}${style.ascii ? ' in ASCII' : ''}`, () => {
      golden(`screens/fleet-${size.columns}x${size.rows}${style.ascii ? '-ascii' : ''}.txt`, fleet(size, style).press('j').snapshot());
    });
  }
}

test('wide: what is unusual and the inputs stand beside the signatures', () => {
  golden('screens/fleet-160x50.txt', fleet({ columns: 160, rows: 50 }).press('j').snapshot());
});

test('what is left first is a view within the screen: q closes the variants', () => {
  const screens = fleet().press('v', 'q');
  assert.ok(screens.place.screen === 'fleet' && !screens.place.variants);
  assert.equal(screens.effects, []);
  assert.equal(screens.press('q').effects, [{ kind: 'quit' }]);
});

test('enter opens the newest dump, which is then read', () => {
  const screens = fleet().press('enter');
  const place = screens.place;
  assert.ok(place.screen === 'timeline');
  assert.equal(screens.effects, [{ kind: 'read', source: place.screen === 'timeline' ? place.source : -1 }]);
  assert.is(screens.press('q').place.screen, 'fleet');
});

test('tab goes to the dumps of a signature and back to it', () => {
  const screens = fleet().press('j', 'tab', 'j');
  assert.ok(screens.place.screen === 'fleet' && screens.place.pane === 'dumps' && screens.place.cursor === 1);
  assert.ok(screens.press('tab').place.cursor === 1);
});

test('v shows the variants of a signature', () => {
  assert.match(fleet().press('v').text(), /fault_null ← driver_xyz_fault/);
  assert.not.match(fleet().press('v', 'v').text(), / \d+ {2}fault_null ←/);
});

test('s sorts, f filters, / searches', () => {
  assert.match(fleet().press('s', 's', 's').text(), /sort: signature/);
  assert.not.match(
    fleet()
      .press('f', ...'oom', 'enter')
      .text(),
    /✖ .*panic/,
  );
  assert.match(
    fleet()
      .press('/', ...'WARNING', 'enter')
      .snapshot(),
    /^>.*WARNING/m,
  );
});

test('what cannot be read is a row, with its reasons below', () => {
  const text = fleet().press('G').text();
  assert.match(text, /1 +– +– +cannot be read|· +1 .*cannot be read/);
  assert.match(text, /samples\/not-there/);
});

test('Y copies the table as Markdown', () => {
  const screens = fleet().press('Y');
  assert.match(screens.effects.map((effect) => (effect.kind === 'copy' ? effect.text : '')).join(), /\| inputs \| hosts \| kind/);
});

test('before anything was read', () => {
  const store = new Store(sources, initialState(fleetPlace(), SIZES[0]!), PLAIN, () => undefined, new FleetData('samples', 19));
  assert.match(store.current().join('\n'), /reading 0 of 19/);
  assert.is(store.failure, undefined);
});

test.run();
