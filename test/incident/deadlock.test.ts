// Hung tasks that wait for each other, by the owners that the kernel names.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, incidentsOf, type Part, running } from '../support/incident-events.ts';

const hung = (pid: number, ownerPid: number, details: Record<string, unknown> = {}): Part => ({
  kind: 'hung-task',
  task: { pid, comm: `pump${pid}` },
  uptime: 43,
  ...running('pump_work [pump]'),
  details: { seconds: 4, blockedOn: 'mutex', ownerPid, ownerComm: `pump${ownerPid}`, ...details },
});
const told = (...parts: Part[]) => incidentsOf(eventsOf(...parts))[0];

test('two that wait for each other are a deadlock, of which nothing is open', () => {
  const found = told(hung(7, 8), hung(8, 7));
  assert.is(found?.headline, 'pump7[7] and pump8[8] wait for each other: a deadlock in pump_work [pump]');
  assert.match(found?.verdict ?? '', /each waits for the other, a deadlock/);
  assert.equal(found?.notProven, []);
});

test('three in a circle', () => {
  assert.is(
    told(hung(7, 8), hung(8, 9), hung(9, 7))?.headline,
    'pump7[7] and 2 more tasks wait in a circle: a deadlock in pump_work [pump]',
  );
});

test('a chain without a circle, a circle that the first only waits for, and who held a semaphore last are none', () => {
  for (const parts of [
    [hung(7, 8), hung(8, 9)],
    [hung(6, 7), hung(7, 8), hung(8, 7)],
    [hung(7, 8, { ownerIs: 'last held' }), hung(8, 7, { ownerIs: 'last held' })],
  ])
    assert.not.match(told(...parts)?.headline ?? '', /deadlock/);
});

test.run();
