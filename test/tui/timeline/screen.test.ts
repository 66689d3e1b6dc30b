// The first screen: strip, events, why they belong together, preview; on every size, without colours, in ASCII.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOf } from '../../support/screens.ts';

const oops = await sourceOf('samples/x86_64-5.10-two-ooms-then-oops/vmcore');
const INPUTS = {
  'two-ooms-then-oops': oops,
  'wrapped-ring': await sourceOf('samples/x86_64-6.1-wrapped-ring/vmcore'),
};

for (const [name, source] of Object.entries(INPUTS)) {
  for (const size of SIZES) {
    for (const style of [PLAIN, ASCII]) {
      test(`${name} at ${size.columns}x${size.rows}${style.ascii ? ' in ASCII' : ''}`, () => {
        const screens = new Screens([source], style, size);
        screens.store.dispatch({ kind: 'read', source: 0 });
        golden(`screens/timeline-${name}-${size.columns}x${size.rows}${style.ascii ? '-ascii' : ''}.txt`, screens.snapshot());
      });
    }
  }
}

test('the times of events: since boot, distances, UTC, none', () => {
  const screens = new Screens([oops], PLAIN);
  assert.match(screens.text(), /00:00:13\.635/);
  assert.match(screens.press('t').text(), /2\.1s {2}✖ oops|2\.1s ✖ oops/);
  assert.match(screens.press('t').text(), /2026-11-22 20:00:36/);
  assert.not.match(screens.press('t').text(), /00:00:13\.635/);
});

test('[ and ] go from incident to incident', () => {
  const screens = new Screens([oops], PLAIN).press(']', ']', ']');
  assert.is(screens.place.cursor, 3);
  assert.is(screens.press('[', ']', ']').store.state.notice, 'the last incident');
});

test('zoom halves the strip around the event under the cursor', () => {
  const screens = new Screens([oops], PLAIN).press('G', 'z', 'z');
  const place = screens.place;
  assert.ok(place.screen === 'timeline' && place.window[1] - place.window[0] === 0.25 && place.window[1] === 1);
  assert.match(screens.text(), /zoomed in 4×/);
});

test('what is not proven and what it rests on is told beside the incident', () => {
  const text = new Screens([oops], PLAIN).press('G').text();
  assert.match(text, /Not proven {2}who left the pointer NULL/);
  assert.match(text, /confidence high/);
});

test.run();
