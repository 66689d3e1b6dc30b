// Lines keep to their cells: cut in the middle, at the right, and replaced for terminals that show only ASCII.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { toAscii } from '../../../src/output/text/ascii.ts';
import { cells } from '../../../src/output/text/cells.ts';
import { uptimeText } from '../../../src/output/text/uptime.ts';
import { bar, level } from '../../../src/tui/line/bar.ts';
import { between, cutLine, cutMiddle, cutRight, fill, plainText, span, widthOf } from '../../../src/tui/line/line.ts';
import { distance, percent, size } from '../../../src/tui/line/numbers.ts';
import { paintLine } from '../../../src/tui/theme/paint.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '/', '漢', '→', 'é', '😀', '⚡', '⚠\ufe0f', '🇩🇪', '👍🏽') });
const width = fc.integer({ min: 0, max: 60 });

test('what is cut keeps to its cells', () => {
  fc.assert(
    fc.property(text, text, width, (a, b, n) => {
      assert.ok(cells(cutRight(a, n)) <= n);
      if (n > 2) assert.ok(cells(cutMiddle(a, n)) <= n);
      assert.ok(widthOf(cutLine([a, span(b, 'dim')], n)) <= n);
      assert.is(widthOf(fill([a, b], n)), n);
      assert.ok(widthOf(between([a], [b], n)) <= n);
    }),
  );
});

test('a path keeps its end', () => {
  assert.match(cutMiddle('/kubepods.slice/kubepods-burstable.slice/pod9f3c.slice', 24), /pod9f3c\.slice$/);
});

test('ASCII is as wide as what it stands for', () => {
  fc.assert(
    fc.property(text, (a) => {
      assert.match(toAscii(a), /^[\x20-\x7e]*$/);
      assert.is(toAscii(a).length, cells(a));
    }),
  );
  assert.is(toAscii('│✖ ▶ ─ …'), '|X > - ~');
});

test('no control character of a line reaches the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (a) => {
      const painted = paintLine([span(a, 'fatal')], 80, { color: true, ascii: false }).replace(/^\x1b\[1;31m|\x1b\[0m$/g, '');
      assert.not.match(painted, /[\x00-\x1f\x7f-\x9f]/);
    }),
  );
});

test('without colours weight and inversion stay', () => {
  assert.is(paintLine([span('x', 'selected')], 5, { color: false, ascii: false }), '\x1b[7mx\x1b[0m');
  assert.is(paintLine([span('x', 'degraded')], 5, { color: false, ascii: false }), 'x');
});

test('bars and levels keep to their range', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 2, noNaN: true }), fc.integer({ min: 0, max: 50 }), (share, n) => {
      assert.ok([...bar(share, n)].length <= n);
    }),
  );
  assert.is(level(0, 10), ' ');
  assert.is(level(10, 10), '█');
});

test('numbers as people say them', () => {
  assert.is(uptimeText(18 * 86_400 + 4 * 3600 + 3 * 60 + 9.870221, 6), '18d 04:03:09.870221');
  assert.is(uptimeText(59.9999999), '00:00:59');
  assert.is(distance(15 * 86_400), '15d');
  assert.is(distance(0.0009), '900µs');
  assert.is(distance(2.104), '2.1s');
  assert.is(size(2_097_152), '2.0 GiB');
  assert.is(percent(1, 0), '–');
  assert.is(plainText([span('a'), 'b']), 'ab');
});

test.run();
