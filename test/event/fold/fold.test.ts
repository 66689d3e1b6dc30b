// Lines written after the kernel's format strings.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { Folder } from '../../../src/event/fold/folder.ts';
import { eventsOf } from '../../support/read-events.ts';
import { oopsLog } from '../../support/sample-logs.ts';
import { assertLinear } from '../../support/steps.ts';

const at = (seconds: number, text: string): string => `[${seconds.toFixed(6).padStart(12)}] ${text}`;
const log = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

test('one cause is one event with a count, its first and last time and a rate', () => {
  const lines = Array.from({ length: 11 }, (_, i) =>
    at(100 + i, `I/O error, dev sda, sector ${i * 8} op 0x0:(READ) flags 0x0 phys_seg 1 prio class 0`),
  );
  const [event, ...others] = eventsOf(log(...lines));
  assert.equal(others, []);
  assert.equal(event?.records, { first: 1, last: 11, count: 11 });
  const { count, firstUptime, lastUptime, rate } = event?.details ?? {};
  assert.equal({ count, firstUptime, lastUptime, rate }, { count: 11, firstUptime: 100, lastUptime: 110, rate: 1 });
});

test('a log that states wall times alone has first and last by them', () => {
  const line = (second: string) =>
    `2026-11-22T20:15:${second}.000000+00:00 web kernel: Buffer I/O error on dev sda, logical block 1, async page read`;
  const [event, ...others] = eventsOf(log(...['10', '14', '20'].map(line)));
  assert.equal(others, []);
  const { count, lastTime, rate, lastUptime } = event?.details ?? {};
  assert.equal(
    [event?.wall?.time, count, lastTime, rate, lastUptime],
    ['2026-11-22T20:15:10.000Z', 3, '2026-11-22T20:15:20.000Z', 0.2, undefined],
  );
});

test('another device, or an hour of silence, is another event; ids have no gap', () => {
  const line = (seconds: number, device: string) => at(seconds, `Buffer I/O error on dev ${device}, logical block 1, async page read`);
  const events = eventsOf(log(line(1, 'sda'), line(2, 'sdb'), line(3, 'sda'), line(5000, 'sda')));
  assert.equal(
    events.map((e) => [e.id, e.details?.device, e.details?.count]),
    [
      ['E1', 'sda', 2],
      ['E2', 'sdb', undefined],
      ['E3', 'sda', undefined],
    ],
  );
});

test('a link that goes down once is no event, a storm is', () => {
  const down = (seconds: number) => at(seconds, 'e1000e: eth0 NIC Link is Down');
  assert.equal(eventsOf(log(down(1))), []);
  assert.is(eventsOf(log(...[1, 2, 3, 4, 5].map(down)))[0]?.kind, 'netdev-watchdog');
});

test('corrected is not uncorrected', () => {
  const severity = (line: string) => eventsOf(log(at(1, line)))[0]?.severity;
  assert.is(
    severity('EDAC MC0: 1 CE memory read error on DIMM_A1 (channel:0 slot:0 page:0x1 offset:0x0 grain:32 syndrome:0x0)'),
    'warning',
  );
  assert.is(severity('EDAC MC0: 1 UE memory read error on DIMM_A1 (channel:0 slot:0 page:0x1 offset:0x0 grain:32)'), 'error');
  assert.is(severity('mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 5: 8c00004000010091'), 'warning');
  assert.is(severity('mce: [Hardware Error]: CPU 0: Machine Check Exception: 5 Bank 5: be00000000010091'), 'error');
});

test('lines of devices and of other programs within an oops leave it whole', () => {
  const lines = oopsLog.trimEnd().split('\n');
  const middle = lines.findIndex((l) => l.includes('Call Trace:')) + 3;
  const usec = lines[middle]?.slice(0, 15) ?? '';
  const noise = [
    'I/O error, dev sda, sector 8 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 0',
    'xyz[7]: segfault at 8 ip 1 sp 2 error 4',
    'mce: [Hardware Error]: Machine check events logged',
  ];
  const mixed = [...lines.slice(0, middle), ...noise.map((n) => `${usec}${n}`), ...lines.slice(middle)];
  const [whole] = eventsOf(log(...lines));
  const events = eventsOf(log(...mixed));
  assert.equal(events.map((e) => e.kind).sort(), ['block-error', 'hardware-error', 'null-dereference', 'user-fault']);
  const oops = events.find((e) => e.kind === 'null-dereference');
  assert.equal([oops?.stacks, oops?.signature, oops?.completeness], [whole?.stacks, whole?.signature, whole?.completeness]);
});

const failed = (device: number, seconds: number) => at(seconds, `Buffer I/O error on dev sd${device}, logical block 1, async page read`);

test('causes that all differ are folded in linear work', () => {
  const [event] = eventsOf(log(failed(0, 1)));
  return assertLinear(
    (size) => () => {
      const folder = new Folder();
      for (let i = 0; i < size; i++) folder.take({ ...(event as Event) }, { key: `${i}` });
      assert.is(folder.end().length, size);
    },
    1000,
  );
});

test('an event that had to be given out grows no more', () => {
  const many = 4200;
  const events = eventsOf(log(failed(0, 1), ...Array.from({ length: many }, (_, i) => failed(i + 1, 2)), failed(0, 3), failed(many, 4)));
  assert.is(events.length, many + 2);
  assert.equal(
    [0, many, many + 1].map((i) => [events[i]?.details?.device, events[i]?.details?.count]),
    [
      ['sd0', undefined],
      [`sd${many}`, 2],
      ['sd0', undefined],
    ],
  );
});

test.run();
