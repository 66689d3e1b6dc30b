// What --since and --until take.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { timeBound } from '../../../src/cli/commands/time-bound.ts';
import { UsageError } from '../../../src/cli/exit.ts';

const NOW = Date.parse('2026-11-22T20:15:14Z');
const wall = (text: string, utc = true): string => {
  const bound = timeBound(text, 'since', { now: NOW, utc });
  return bound !== undefined && 'wall' in bound ? new Date(bound.wall / 1000).toISOString() : JSON.stringify(bound);
};

test('a bare number is seconds since boot', () => {
  assert.equal(timeBound('6', 'since'), { uptime: 6_000_000 });
  assert.equal(timeBound('12.5s', 'since'), { uptime: 12_500_000 });
  assert.is(timeBound(undefined, 'since'), undefined);
});

for (const [text, expected] of [
  ['@1714564800', '2024-05-01T12:00:00.000Z'],
  ['@1714564800.25', '2024-05-01T12:00:00.250Z'],
  ['now', '2026-11-22T20:15:14.000Z'],
  ['today', '2026-11-22T00:00:00.000Z'],
  ['Yesterday', '2026-11-21T00:00:00.000Z'],
  ['tomorrow', '2026-11-23T00:00:00.000Z'],
  ['-1h', '2026-11-22T19:15:14.000Z'],
  ['-1h30min', '2026-11-22T18:45:14.000Z'],
  ['+5m', '2026-11-22T20:20:14.000Z'],
  ['1 hour ago', '2026-11-22T19:15:14.000Z'],
  ['2 days 3 hours ago', '2026-11-20T17:15:14.000Z'],
  ['2026-11-22T20:15:14Z', '2026-11-22T20:15:14.000Z'],
  ['2026-11-22T20:15:14,123456+01:00', '2026-11-22T19:15:14.123Z'],
  ['2026-11-22 20:15', '2026-11-22T20:15:00.000Z'],
  ['2026-11-22 20:15:14 UTC', '2026-11-22T20:15:14.000Z'],
  ['2026-11-22', '2026-11-22T00:00:00.000Z'],
  ['20:15', '2026-11-22T20:15:00.000Z'],
  ['20261122201514', '2026-11-22T20:15:14.000Z'],
  ['Sun Nov 22 20:15:14 2026', '2026-11-22T20:15:14.000Z'],
  ['Sun 2026-11-22 20:15:14', '2026-11-22T20:15:14.000Z'],
] as const)
  test(`${text}`, () => assert.is(wall(text), expected));

test('a date without a zone is local; one with a zone is not', () => {
  assert.is(wall('2026-07-01 12:00', false), new Date(2026, 6, 1, 12).toISOString());
  assert.is(wall('2026-07-01', false), new Date(2026, 6, 1).toISOString());
  assert.is(wall('2026-07-01T12:00Z', false), '2026-07-01T12:00:00.000Z');
});

for (const text of [
  'boot 5',
  '',
  'soon',
  '5 bananas ago',
  '1h',
  '-',
  '2026-02-30',
  '25:00',
  '2026-13-01',
  '1 hour ago ago',
  '@',
  '-1h ago',
  '5 6',
])
  test(`${JSON.stringify(text)} is refused`, () =>
    assert.throws(
      () => timeBound(text, 'since'),
      (error: unknown) => error instanceof UsageError && /--since takes/.test(error.message),
    ));

test.run();
