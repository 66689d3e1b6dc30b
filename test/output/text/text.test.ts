// The text views: golden files, width, and text that never acts on a terminal.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cells, cut, wrap } from '../../../src/output/text/cells.ts';
import { eventTable } from '../../../src/output/text/event-table.ts';
import { eventText } from '../../../src/output/text/event-text.ts';
import { printable } from '../../../src/output/text/printable.ts';
import { painter, plain } from '../../../src/output/text/theme.ts';
import { golden } from '../../support/golden.ts';
import { sample } from '../../support/sample-events.ts';

for (const width of [80, 140]) {
  test(`the table at ${width} cells`, () => golden(`output/table-${width}.txt`, eventTable(sample, { width, paint: plain })));
  test(`events in full at ${width} cells`, () =>
    golden(`output/events-${width}.txt`, sample.map((e) => eventText(e, { width, paint: plain })).join('')));
}

test('lines fit the width', () => {
  for (const width of [60, 80, 100, 119, 120, 200]) {
    const text = eventTable(sample, { width, paint: plain }) + sample.map((e) => eventText(e, { width, paint: plain })).join('');
    for (const line of text.split('\n')) assert.ok(cells(line) <= width, `${width}: ${line}`);
  }
});

const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

test('no control byte of a log reaches the output, whatever field it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (hostile) => {
      const event = JSON.parse(JSON.stringify(sample[0]), (key, value) =>
        typeof value === 'string' && !['kind', 'severity', 'context'].includes(key) ? hostile : value,
      );
      const text = eventText(event, { width: 80, paint: plain }) + eventTable([event], { width: 80, paint: plain });
      assert.not.match(text, CONTROL);
    }),
    { numRuns: 200 },
  );
});

test('what is escaped stays readable', () => {
  assert.is(printable('\x1b[31mred\x1b[0m'), '\\x1b[31mred\\x1b[0m');
  assert.is(printable('\xe6\x97\xa5'), '日', 'UTF-8 is decoded');
  assert.is(printable('\xff'), 'ÿ');
  assert.is(printable('a\u202eb'), 'a\\u202eb');
  assert.is(printable('\xc2\x9b31m'), '\\x9b31m', 'a C1 control in UTF-8');
  assert.ok(printable('x'.repeat(1e6)).length <= 4000);
});

test('colours: --color first, then NO_COLOR, then the terminal', () => {
  const world = { noColor: undefined, term: 'xterm', isTerminal: true };
  const coloured = (p: ReturnType<typeof painter>): boolean => p('fatal', 'x') !== 'x';
  assert.ok(coloured(painter('auto', world)));
  assert.not.ok(coloured(painter('auto', { ...world, isTerminal: false })));
  assert.not.ok(coloured(painter('auto', { ...world, noColor: '1' })));
  assert.not.ok(coloured(painter('auto', { ...world, term: 'dumb' })));
  assert.ok(coloured(painter('auto', { ...world, noColor: '' })), 'an empty NO_COLOR says nothing');
  assert.ok(coloured(painter('always', { ...world, noColor: '1', isTerminal: false })));
  assert.not.ok(coloured(painter('never', world)));
  const text = eventTable(sample, { width: 80, paint: painter('always', world) });
  assert.is(
    text.replace(/\x1b\[[0-9;]*m/g, '').replace(/ +$/gm, ''),
    eventTable(sample, { width: 80, paint: plain }),
    'colour changes no layout',
  );
});

test('cells: wide characters, cutting, wrapping', () => {
  assert.is(cells('日本'), 4);
  assert.is(cut('日本語', 5), '日本…');
  assert.equal(wrap('a bb ccc', 4), ['a bb', 'ccc']);
  assert.equal(wrap('abcdefgh', 3), ['abc', 'def', 'gh']);
  assert.equal(wrap('', 3), ['']);
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      const shown = printable(text);
      for (const line of wrap(shown, width)) assert.ok(cells(line) <= width);
      assert.is(wrap(shown, width).join('').replace(/ /g, ''), shown.replace(/ /g, ''));
    }),
  );
});

test.run();
