import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BootTracker } from '../../src/record/boot.ts';
import type { PrintkRecord } from '../../src/record/record.ts';
import { TextReader } from '../../src/text/reader.ts';

function boots(text: string): string[] {
  const reader = new TextReader();
  const records: PrintkRecord[] = [...reader.push(Buffer.from(text)), ...reader.end()];
  const tracker = new BootTracker();
  return records.map((record, i) => {
    const { boot, reason, replay } = tracker.next(record, records[i + 1]);
    return `${boot}${reason ? ` ${reason}` : ''}${replay ? ' replay' : ''}`;
  });
}
const BANNER = 'Linux version 6.1.0-56-amd64 (debian)';

test('the first banner begins no second boot, firmware before it or not', () => {
  assert.equal(boots(`SeaBIOS\n[    0.000000] Booting Linux on physical CPU 0x0\n[    0.000000] ${BANNER}\n[    1.000000] x\n`), [
    '0',
    '0',
    '0',
    '0',
  ]);
});

test('a capture kernel after a crash is the next boot', () => {
  assert.equal(boots(`[    0.000000] ${BANNER}\n[   10.837467] CR2: 10\n[    0.000000] ${BANNER}\n[    0.000000] Command line: x\n`), [
    '0',
    '0',
    '1 banner',
    '1',
  ]);
});

test('a log that begins in the middle of a boot', () => {
  assert.equal(boots(`[  900.000000] late\n[    0.000000] ${BANNER}\n`), ['0', '1 banner']);
});

test('time that goes back a little, or once, is no boot', () => {
  assert.equal(boots(`[    0.000000] ${BANNER}\n[    0.593717] CPUs: #1\n[    0.030064] calibrate_delay\n[    0.743237] smp\n`), [
    '0',
    '0',
    '0',
    '0',
  ]);
  assert.equal(boots('[  100.000000] a\n[    0.000000] WARNING on a late CPU\n[  100.000001] b\n'), ['0', '0', '0']);
});

test('time that starts again is a boot, banner or not', () => {
  assert.equal(boots('[  100.000000] a\n[    5.000000] quiet\n[    6.000000] console\n'), ['0', '1 time', '1']);
});

test('a log printed again with levels is no boot', () => {
  assert.equal(boots(`[    0.000000] ${BANNER}\n[   30.000000] a\n<5>[    0.000000] ${BANNER}\n<6>[   30.000000] a\n[   31.000000] b\n`), [
    '0',
    '0',
    '0 replay',
    '0',
    '0',
  ]);
});

test('journalctl says where a boot begins', () => {
  assert.equal(boots('Nov 22 22:06:37 h kernel: a\n-- Boot 56193d8c82454540b11f10cddc1c0b2e --\nNov 22 22:07:37 h kernel: b\n'), [
    '0',
    '1 journal',
  ]);
  const entry = (boot: string, usec: number) =>
    `{"MESSAGE":"m","_TRANSPORT":"kernel","_BOOT_ID":"${boot}","_SOURCE_MONOTONIC_TIMESTAMP":"${usec}"}\n`;
  assert.equal(boots(entry('aa', 1) + entry('aa', 2) + entry('bb', 1)), ['0', '0', '1 journal']);
});

test('two machines in one file have a boot each', () => {
  const lines = ['web1 kernel: [   10.000000] a', 'db1 kernel: [  900.000000] b', 'web1 kernel: [   10.000100] c'].map(
    (l) => `Nov 22 22:06:37 ${l}\n`,
  );
  assert.equal(boots(lines.join('')), ['0', '0', '1']);
});

test.run();
