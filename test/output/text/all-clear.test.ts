// What is said of a log without events.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { allClear, allClearSentence } from '../../../src/output/text/all-clear.ts';

const sampled = (line: string) => ({ reading: { forms: [], unread: 1, unreadSamples: [line] } });

test('a line that could not be placed is quoted without its controls', () => {
  const info = sampled('BU\x1b[31;1mG: \r\u202e');
  const doubt = String.raw`1 line looks like a kernel's and could not be placed ("BU\x1b[31;1mG: \x0d\u202e")`;
  assert.is(allClear(info), `no event was found, but not all was understood: ${doubt}`);
  assert.is(allClearSentence(info), `No event was found, but not all was understood: ${doubt}.`);
});

test('a log that was understood has nothing', () => {
  assert.is(allClear({ reading: { forms: [], unread: 0, unreadSamples: [] } }), 'nothing that kills or warns');
});

test.run();
