// What a log says does not depend on what was read before it: lines are remembered from report to report (grammars/common/line-memory.ts).
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../support/read-events.ts';

const LOGS = ['test/golden/events', 'test/golden/oom'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => `${folder}/${file}`),
);

test('a log that is read again says the same, by the same records', () => {
  const wrong = LOGS.filter((file) => {
    const log = readFileSync(file, 'latin1');
    // kept when met for the second time, remembered when for the third
    const [first, ...others] = [1, 2, 3].map(() => JSON.stringify(eventsOf(log)));
    return others.some((events) => events !== first);
  });
  assert.equal(wrong, []);
});

test('and so does one that has a frame twice, of which the second is to blame', () => {
  const frame = ' driver_xyz_probe+0x10/0x20';
  const log = [
    'WARNING: possible circular locking dependency detected',
    '-> #0 (&xyz->lock){+.+.}-{3:3}:',
    frame,
    'stack backtrace:',
    frame,
  ]
    .map((line) => `${line}\n`)
    .join('');
  const culprits = [1, 2, 3].map(() => eventsOf(log)[0]?.sources?.culprit);
  assert.equal(culprits, [[5], [5], [5]]);
});

test.run();
