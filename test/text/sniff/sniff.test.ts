import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sniffText } from '../../../src/text/sniff/sniff.ts';

const form = (text: string, name = 'log') => sniffText(Buffer.from(text, 'latin1'), name);

test('binary is no text', () => {
  assert.is(sniffText(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 131) & 255)), 'x'), undefined);
  assert.is(form('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x04\0\x3e\0\x01\0\0\0'), undefined);
});

test('a console with UART noise and broken UTF-8 is a text', () => {
  assert.is(form('\0\0\xff\xfe\r\nU-Boot 2024.01\r\n[    0.000000] Booting Linux\r\n'), 'console');
});

test('a name tells only what bytes do not', () => {
  const text = '[    0.000000] Linux version 6.1\n[    0.000000] two\nlines\n';
  assert.is(form(text, 'vmcore-dmesg.txt'), 'vmcore-dmesg');
  assert.is(form(text, 'serial.log'), 'console');
  assert.is(form('6,0,0,-;Linux version 6.1\n6,1,0,-;x\n', 'vmcore-dmesg.txt'), 'kmsg');
});

test('a log about one form is not that form', () => {
  assert.is(form('[    1.000000] app: 6,1,2,-; looks like kmsg\n[    2.000000] {"MESSAGE":"x"}\n[    3.000000] __CURSOR=s\n'), 'dmesg');
  assert.is(form('[    1.000000] usb 1-1: kernel: driver bound\n[    2.000000] usb 1-1: new device\n'), 'dmesg');
});

test('an empty text is a text', () => assert.ok(form('') !== undefined));

test.run();
