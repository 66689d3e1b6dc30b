// What two events are about the same device.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { sharesDevice } from '../../src/incident/facts.ts';
import { eventsOf } from '../support/incident-events.ts';

const on = (device: string): Event => eventsOf({ kind: 'hardware-error', details: { device } })[0] as Event;
const shares = (a: string, b: string): boolean => sharesDevice(on(a), on(b)) !== undefined;

test('functions of one card are that card, with or without the domain and the function', () => {
  assert.ok(shares('0000:09:00', '0000:09:00.2'));
  assert.ok(shares('0000:09:00.0', '0000:09:00.2'));
  assert.ok(shares('64:00.5', '0000:64:00.5'));
  assert.not(shares('0000:09:00.0', '0000:0a:00.0'));
  assert.not(shares('0001:09:00.0', '0000:09:00.0'));
});

test("functions of the chipset's bus are devices for themselves", () => {
  assert.not(shares('0000:00:1c.0', '0000:00:1c.4'));
  assert.ok(shares('00:1f.2', '0000:00:1f.2'));
});

test('a partition is its disk', () => {
  assert.ok(shares('sda', 'sda1'));
  assert.not(shares('sda', 'sdb1'));
});

test.run();
