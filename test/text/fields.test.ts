// Fields that a form has beside the text, who printed a line and when: what no kernel says there is not taken, whatever it does on a
// terminal or in JSON.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { PrintkRecord } from '../../src/record/record.ts';
import { TextReader } from '../../src/text/reader.ts';

const recordsOf = (log: string): PrintkRecord[] => {
  const reader = new TextReader({ name: 'log' });
  return [...reader.push(Buffer.from(log, 'latin1')), ...reader.end()];
};
const callersOf = (log: string): (string | undefined)[] => recordsOf(log).map(({ callerId }) => callerId);

const SAID: readonly (readonly [said: string, caller: string | undefined])[] = [
  ['T1', 'T1'],
  ['C1023', 'C1023'],
  ['    T7', 'T7'],
  ['T4194303', 'T4194303'],
  ['\x1b[2J', undefined],
  ['T1\x1b[31m', undefined],
  ['\x9b31mT1', undefined],
  ['T', undefined],
  ['7', undefined],
  ['', undefined],
];

for (const [said, caller] of SAID)
  test(`${JSON.stringify(said)} is ${caller ?? 'nobody'}`, () => {
    const escaped = JSON.stringify(said).slice(1, -1);
    const json = `{\n   "dmesg": [\n      {\n         "pri": 6,\n         "time":     1.000000,\n         "caller": "${escaped}",\n         "msg": "one"\n      }\n   ]\n}\n`;
    assert.equal(callersOf(json), [caller], 'dmesg -J');
    const kmsg = (n: number, who: string): string => `6,${n},${n}000000,-,caller=${who};line ${n}\n`;
    assert.equal(callersOf(kmsg(1, 'T1') + kmsg(2, said) + kmsg(3, 'T3')), ['T1', caller, 'T3'], '/dev/kmsg');
  });

const FIELDS: readonly (readonly [pri: string, time: string, level: number | undefined, usec: number | undefined])[] = [
  ['6', '1.5', 6, 1_500_000],
  ['30', '0', 6, 0],
  ['1023', '999999999', 7, 999_999_999_000_000],
  ['1024', '1e999', undefined, undefined],
  ['-1', '-0.5', undefined, undefined],
  ['1e999', '1e10', undefined, undefined],
  ['6.5', '1', undefined, 1_000_000],
];

for (const [pri, time, level, usec] of FIELDS)
  test(`priority ${pri} at ${time}`, () => {
    const json = `{\n   "dmesg": [\n      {\n         "pri": ${pri},\n         "time": ${time},\n         "msg": "one"\n      }\n   ]\n}\n`;
    assert.equal(
      recordsOf(json).map((record) => [record.level, record.usec]),
      [[level, usec]],
    );
  });

test('a journal may say any number too', () => {
  const entry = (priority: string, facility: string) =>
    `{"_TRANSPORT":"kernel","PRIORITY":"${priority}","SYSLOG_FACILITY":"${facility}","__MONOTONIC_TIMESTAMP":"1","MESSAGE":"one"}\n`;
  assert.equal(
    recordsOf(entry('4', '0') + entry('8', '128') + entry('7', '127') + entry('-1', '1e3')).map((record) => [
      record.level,
      record.facility,
    ]),
    [
      [4, 0],
      [undefined, undefined],
      [7, 127],
      [undefined, undefined],
    ],
  );
});

test.run();
