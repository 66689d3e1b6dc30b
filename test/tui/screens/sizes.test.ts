// Six samples at the four sizes that were looked at as pictures: what a screen must hold at each, in colour, without, and in ASCII.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventPlace, logPlace, type Place, timelinePlace } from '../../../src/tui/state/place.ts';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, sourceOf } from '../../support/screens.ts';

const SAMPLES = [
  'x86_64-5.10-two-ooms-then-oops',
  'x86_64-7.2-two-ooms-then-oops',
  'x86_64-6.1-wrapped-ring',
  'arm64-6.12-52bit',
  's390x-6.1',
  'synthetic-x86_64-6.1-empty',
];
const COLOURED = { color: true, ascii: false };
const SIZES = [
  { columns: 60, rows: 15 },
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 160, rows: 50 },
];

for (const sample of SAMPLES) {
  const source = await sourceOf(`samples/${sample}/vmcore`);
  const worst = source.worst?.terminal;
  const places: Place[] = [timelinePlace(0), logPlace(0, 0), ...(worst === undefined ? [] : [eventPlace(0, worst)])];
  for (const size of SIZES) {
    test(`${sample} at ${size.columns}x${size.rows}`, () => {
      for (const place of places) {
        const [coloured, plain, ascii] = [COLOURED, PLAIN, ASCII].map((style) => new Screens([source], style, size, place));
        for (const screens of [coloured!, plain!, ascii!]) screens.store.dispatch({ kind: 'read', source: 0 });
        assert.is(coloured!.text(), plain!.text(), 'colour changes no text');
        assert.not.match(plain!.painted().join(''), /\x1b\[[\d;]*3\d/, 'NO_COLOR');
        ascii!.painted();
      }
    });
  }
}

test('wide terminals have their detail beside the list, and registers and code beside the stack', async () => {
  const source = await sourceOf('samples/x86_64-5.10-two-ooms-then-oops/vmcore');
  const size = { columns: 160, rows: 50 };
  const timeline = new Screens([source], PLAIN, size);
  timeline.store.dispatch({ kind: 'read', source: 0 });
  golden('screens/wide-timeline-160x50.txt', timeline.snapshot());
  golden('screens/wide-event-160x50.txt', timeline.press('enter').snapshot());
  golden('screens/wide-oom-160x50.txt', Screens.ofEvent(source, 'E2', size).snapshot());
});

test('the banner names what ended the machine, the mark under the strip the event under the cursor', async () => {
  const source = await sourceOf('samples/arm64-6.12-52bit/vmcore');
  const screens = new Screens([source], PLAIN, { columns: 100, rows: 30 });
  screens.store.dispatch({ kind: 'read', source: 0 });
  assert.match(screens.text(), /^ ✖ PANIC {2}\S/m);
  assert.match(screens.text(), /▴[\s\S]* E6$/m);
  assert.match(screens.press('g').text(), /▴[\s\S]*^ .* E1\b/m);
});

test.run();
