// Numbers in sentences: thousands separated, on every screen alike.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countText, sizeText } from '../../../src/event/oom/size-text.ts';
import { eventsOf, logText } from '../../support/read-events.ts';

test('counts and sizes', () => {
  assert.equal([0, 999, 1000, 1_234_567, -1000, -123_456].map(countText), ['0', '999', '1,000', '1,234,567', '-1,000', '-123,456']);
  // fractions have no thousands
  assert.equal([1234.5678, 0.1234, -1234.5].map(countText), ['1,234.568', '0.123', '-1,234.5']);
  assert.equal([888, 2308, 9999, 10_000, 40_960, 2 ** 40].map(sizeText), [
    '888 kB',
    '2,308 kB',
    '9,999 kB',
    '9.8 MiB',
    '40 MiB',
    '1,024 TiB',
  ]);
});

test('no sentence of a report has four digits in a row', () => {
  for (const file of ['real-5.10-arm64-memcg-global.log', 'real-6.1-memcg-v1.log', 'real-6.1-cpuset.log']) {
    for (const { oom } of eventsOf(logText(file))) {
      const { verdict = '', evidence = [] } = oom?.cause ?? {};
      for (const text of [verdict, ...evidence.map((each) => each.text)]) assert.not.match(text, /\d{4,} (?:kB|pages|times)|, \d{4,}$/);
    }
  }
});

test.run();
