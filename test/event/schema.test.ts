// The contract's event: what it allows and what it refuses.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { eventSchema } from '../../src/event/schema.ts';

const least: Event = {
  schemaVersion: 1,
  source: 'a.log',
  id: 'E1',
  boot: 0,
  kind: 'null-dereference',
  title: 'BUG: unable to handle kernel NULL pointer dereference in driver_xyz_process',
  severity: 'error',
  records: { first: 1, last: 40, count: 40 },
  completeness: 'complete',
};

test('the least event is an event; no field of it can go', () => {
  assert.ok(eventSchema.safeParse(least).success);
  for (const field of Object.keys(least)) assert.not.ok(eventSchema.safeParse({ ...least, [field]: undefined }).success, field);
});

test('unknown fields and unknown kinds are refused, unknown columns of the kernel are carried', () => {
  assert.not.ok(eventSchema.safeParse({ ...least, colour: 'red' }).success);
  assert.not.ok(eventSchema.safeParse({ ...least, kind: 'bad-luck' }).success);
  assert.ok(eventSchema.safeParse({ ...least, oom: { tasks: [{ pid: 1, name: '(jav a)', newColumnPages: 3 }] } }).success);
});

test('addresses are lower-case hex without leading zeros', () => {
  for (const [address, ok] of [
    ['0x10', true],
    ['0x0', true],
    ['0x010', false],
    ['0xFF', false],
    ['16', false],
  ] as const)
    assert.is(eventSchema.safeParse({ ...least, fault: { address } }).success, ok, address);
});

test.run();
