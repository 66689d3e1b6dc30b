// What the command line adds to events: wall times from an anchor, code disassembled.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadDisassembler } from '../../../src/decode/code/disassembler.ts';
import type { Event } from '../../../src/event/event.ts';
import { anchored, EventClock } from '../../../src/read/events/anchor.ts';
import { explainCode, wantsDisassembly } from '../../../src/read/events/explain-code.ts';
import type { PrintkRecord } from '../../../src/record/record.ts';
import { sample } from '../../support/sample-events.ts';
import { schemaErrors } from '../../support/validate-event.ts';

const record = (usec: number, text = 'x'): PrintkRecord => ({ seq: 1, usec, text });
const RTC = 'rtc_cmos 00:01: setting system clock to 2024-05-01T12:00:00 UTC (1714564800)';
const bare: Event = { ...sample[2]!, uptime: 10 };

test('the RTC line anchors its own boot only', () => {
  const clock = new EventClock();
  clock.see([record(0), record(2_000_000, RTC), record(9_000_000)]);
  assert.equal(anchored(bare, clock.anchor()).wall, { time: '2024-05-01T12:00:08.000Z', source: 'rtc', uncertaintySeconds: 1 });
  clock.see([{ ...record(0, 'Linux version 6.1.0'), seq: 5 }]);
  assert.is(anchored(bare, clock.anchor()).wall, undefined);
  assert.is(anchored(bare, clock.anchor(undefined, 4)).wall?.time, '2024-05-01T12:00:08.000Z', 'an event given out late');
});

test('an event of the boot waits for the RTC line, which dates the whole boot; a late one dates what comes after it', () => {
  const early: Event = { ...bare, wall: undefined, records: { first: 2, last: 2, count: 1 } };
  const clock = new EventClock();
  clock.see([record(0), { ...record(1_000_000), seq: 2 }]);
  assert.ok(clock.mayDate(early));
  clock.see([{ ...record(2_000_000, RTC), seq: 3 }]);
  assert.not(clock.mayDate(early));
  assert.ok(clock.anchor(undefined, 2));
  const slow = new EventClock();
  slow.see([record(0), { ...record(40_000_000), seq: 2 }]);
  assert.not(slow.mayDate(early));
  slow.see([{ ...record(50_000_000, RTC), seq: 3 }]);
  assert.is(slow.anchor(undefined, 2), undefined);
  assert.ok(slow.anchor(undefined, 3));
});

test("a dump's crash time is that of its last record, and goes before the RTC", () => {
  const clock = new EventClock();
  clock.see([record(2_000_000, RTC), record(20_000_000)]);
  assert.is(anchored(bare, clock.anchor(1_714_565_000)).wall?.time, '2024-05-01T12:03:10.000Z');
});

test('a time that the log states is not replaced; impossible dates are not made', () => {
  const anchor = { bootUsec: 0, source: 'rtc', uncertaintySeconds: 1 } as const;
  assert.equal(anchored(sample[0]!, anchor), sample[0]);
  assert.is(anchored({ ...bare, uptime: 1e300 }, anchor).wall, undefined);
  assert.is(anchored({ ...bare, uptime: undefined }, anchor).wall, undefined);
});

test('code is disassembled and the operand named in the hint', async () => {
  const event: Event = { ...sample[0]!, code: { bytes: 'c3 cc c7 47 28 00 00 00 00', faultIndex: 2 } };
  assert.ok(wantsDisassembly(event));
  const explained = explainCode(event, await loadDisassembler());
  assert.is(explained.code?.instructions?.find((i) => i.faulting)?.text, 'mov dword ptr [rdi + 0x28], 0');
  assert.match(explained.fault?.hint ?? '', /NULL \+ 0x28.*; \[rdi \+ 0x28\] with RDI = 0x0 is 0x28$/);
  assert.equal(schemaErrors(explained), []);
  assert.not.ok(wantsDisassembly(explained));
  assert.not.ok(wantsDisassembly({ ...event, registers: undefined }), 'no registers: no telling the instruction set');
});

test.run();
