// Where enter leads: the records of a value, which the event itself names.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { recordOf, recordOfItem } from '../../../src/tui/event/record-of.ts';
import { eventsOf, logText } from '../../support/read-events.ts';

const [event] = eventsOf(logText('real-6.1-cpuset.log'), 'log', true) as [Event];
const textOf = (seq: number | undefined): string => event.raw?.find((record) => record.seq === seq)?.text ?? '';

test('a value leads to its own record, else to that of what it is part of, else to its first part', () => {
  assert.match(textOf(recordOf(event, 'oom.memInfo.activeFile')), /active_file:/);
  assert.match(textOf(recordOf(event, 'oom.zones.0.freeKb')), /Node 1 DMA32 free:/);
  assert.match(textOf(recordOf(event, 'oom.trigger')), /invoked oom-killer/);
});

test('what was worked out leads nowhere', () => {
  assert.is(recordOf(event, 'oom.cause.verdict'), undefined);
  assert.is(recordOf({ ...event, sources: {} }, 'oom.trigger'), undefined);
});

test('a part of the usage leads to the counters that it sums', () => {
  const parts = event.oom?.usage?.parts ?? [];
  const shmem = parts.findIndex(({ name }) => name === 'shmem');
  assert.match(textOf(recordOf(event, `oom.usage.parts.${shmem}`)), /\bshmem:/);
});

test('a task leads to its own row', () => {
  const tasks = event.oom?.tasks ?? [];
  assert.ok(tasks.length > 2);
  for (const [i, { pid }] of tasks.entries()) assert.match(textOf(recordOfItem(event, 'oom.tasks', i)), new RegExp(`^\\[ *${pid}\\]`));
  assert.is(recordOfItem(event, 'oom.tasks', tasks.length), undefined);
});

test.run();
