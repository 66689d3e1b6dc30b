import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type AnswerFacts, answerOf, answerWithout } from '../../../src/fleet/answer/answer-of.ts';
import { machineOf } from '../../../src/fleet/answer/machine-name.ts';
import { short } from '../../../src/fleet/answer/short.ts';
import { readLog } from '../../support/read-incidents.ts';
import { schemaErrors } from '../../support/validate-event.ts';

const facts: AnswerFacts = {
  id: 'a'.repeat(64),
  input: '/var/crash/1/vmcore',
  readAt: '2026-11-29T04:00:00.000Z',
  version: '0.1.0',
  form: 'vmcore',
  releases: ['6.1.0-28-amd64'],
  arch: 'x86_64',
  crashTime: '2026-11-22T20:25:18Z',
  records: 1000,
  losses: [],
};

const OOPS = `[   12.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010
[   12.000001] #PF: supervisor read access in kernel mode
[   12.000002] #PF: error_code(0x0000) - not-present page
[   12.000003] Oops: 0000 [#1] PREEMPT SMP NOPTI
[   12.000004] CPU: 0 PID: 431 Comm: caf\xc3\xa9 Tainted: G           OE      6.1.0-28-amd64 #1  Debian 6.1.119-1
[   12.000005] Hardware name: Dell Inc. PowerEdge R640/0H28RR, BIOS 2.10.2 02/24/2021
[   12.000006] RIP: 0010:fault_null+0x15/0x30 [faulty]
[   12.000007] Call Trace:
[   12.000008]  <TASK>
[   12.000009]  trigger_store+0x4e/0x90 [faulty]
[   12.000010]  vfs_write+0xb5/0x3e0
[   12.000011]  </TASK>
[   12.000012] Modules linked in: faulty(OE) nvme ext4 [last unloaded: gone]
[   12.000013] ---[ end trace 0000000000000000 ]---
[   12.000014] Kernel panic - not syncing: Fatal exception
`;

test('an answer says what the input came to', () => {
  const { events, incidents } = readLog(OOPS);
  const answer = answerOf(facts, events, incidents);
  assert.is(answer.status, 'ok');
  assert.equal(answer.when, { time: '2026-11-22T20:25:18.000Z', source: 'crashtime' });
  assert.is(answer.release, '6.1.0-28-amd64');
  assert.is(answer.model, 'Dell Inc. PowerEdge R640/0H28RR');
  assert.is(answer.firmware, '2.10.2 02/24/2021');
  assert.equal(answer.taint, ['E', 'O']);
  assert.equal(answer.modules, [{ name: 'faulty', taint: 'OE' }, { name: 'nvme' }, { name: 'ext4' }]);
  assert.is(answer.incidents.length, 1);
  const [incident] = answer.incidents;
  assert.is(incident?.kind, 'null-dereference');
  assert.is(incident?.family, 'oops');
  assert.is(incident?.culprit, 'fault_null [faulty]');
  assert.match(incident?.signature ?? '', /^[0-9a-f]{16}$/);
  assert.is(answer.events[0]?.comm, 'café', 'texts are decoded');
  assert.equal(schemaErrors(JSON.parse(JSON.stringify(answer)), 'Answer'), []);
});

test('an answer is bounded, and says what it left out', () => {
  const { events, incidents } = readLog(OOPS);
  const many = Array.from({ length: 20 }, () => events).flatMap((some, n) => some.map((event) => ({ ...event, id: `E${n}${event.id}` })));
  const times = Math.ceil(2000 / many.length);
  const answer = answerOf(facts, Array.from({ length: times }, () => many).flat(), incidents);
  assert.is(answer.events.length, 500);
  assert.is(answer.omitted, times * many.length - 500);
  assert.ok(short('x'.repeat(1e6)).length <= 400);
  assert.is(short('\ud800'), '\ufffd', 'no half of a character');
});

test('an input that was not read has a reason and no numbers', () => {
  const { id, input, readAt, version } = facts;
  const answer = answerWithout({ id, input, readAt, version }, 'dead', 'it killed its reader 3 times: out of memory');
  assert.is(answer.status, 'dead');
  assert.is(answer.reason, 'it killed its reader 3 times: out of memory');
  assert.equal(answer.events, []);
  assert.equal(schemaErrors(JSON.parse(JSON.stringify(answer)), 'Answer'), []);
});

test('model and firmware are told apart', () => {
  assert.equal(machineOf('QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014'), {
    model: 'QEMU Standard PC (i440FX + PIIX, 1996)',
    firmware: '1.16.2-debian-1.16.2-1 04/01/2014',
  });
  assert.equal(machineOf('IBM,9009-42A POWER9 (raw) 0x4e2202 0xf000005 of:IBM,FW950.50 (VL950_105) hv:phyp pSeries'), {
    model: 'IBM,9009-42A POWER9 (raw)',
    firmware: 'IBM,FW950.50 (VL950_105)',
  });
  assert.equal(machineOf('Raspberry Pi 4 Model B Rev 1.4 (DT)'), { model: 'Raspberry Pi 4 Model B Rev 1.4 (DT)' });
});

test.run();
