import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judge, ratio, share, zFor } from '../../../src/fleet/questions/interval.ts';

const near = (a: number | undefined, b: number, within = 5e-4): void =>
  assert.ok(a !== undefined && Math.abs(a - b) <= within, `${a} is not near ${b}`);

test("Wilson's interval, as in the tables", () => {
  // Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
  for (const [k, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const found = share(k, n);
    near(found?.low, low);
    near(found?.high, high);
  }
  near(share(20, 20)?.high, 1, 0);
  assert.is(share(0, 0), undefined, 'of nothing there is no share');
});

test('a ratio is finite, and its interval holds 1 where both are alike', () => {
  assert.is(ratio(0, 0, 1, 2), undefined);
  const alike = ratio(50, 100, 500, 1000);
  assert.ok(alike && alike.low < 1 && alike.high > 1);
  near(alike?.value, 1, 0.01);
  const alone = ratio(10, 10, 0, 1000);
  assert.ok(alone && Number.isFinite(alone.high) && alone.low > 10);
  assert.equal(ratio(5, 5, 9, 9), { value: 1, low: 1, high: 1 }, 'all have it');
});

test('many comparisons ask for more', () => {
  near(zFor(1), 1.95996);
  near(zFor(10), 2.80703);
  near(zFor(1000), 4.05563);
});

test('few machines say nothing', () => {
  const strong = ratio(4, 4, 0, 1000);
  assert.is(judge(strong!, 4, 4, 0, 1000), 'too few to say');
  assert.is(judge(ratio(4, 9, 0, 1000)!, 4, 9, 0, 1000), 'too few to say');
  assert.is(judge(ratio(5, 5, 0, 1000)!, 5, 5, 0, 1000), 'more', 'five are enough');
  assert.is(judge(ratio(40, 40, 0, 1000)!, 40, 40, 0, 1000), 'more');
  assert.is(judge(ratio(0, 400, 900, 1000)!, 0, 400, 900, 1000), 'fewer');
  assert.is(judge(ratio(5, 50, 90, 1000)!, 5, 50, 90, 1000), 'no clear difference');
});

test.run();
