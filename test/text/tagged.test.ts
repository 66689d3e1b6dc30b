import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../src/text/reader.ts';

function read(text: string): string[] {
  const reader = new TextReader({ name: 'log' });
  return [...reader.push(Buffer.from(text)), ...reader.end()].map((record) => `${record.usec} ${record.text}`);
}

test("without hosts, a line of a time alone stands beside tagged ones as the kernel's", () => {
  assert.equal(read('[    1.000000] usb 1-1: new device\n[    2.000000] kernel: irq 16: nobody cared\n'), [
    '1000000 usb 1-1: new device',
    '2000000 irq 16: nobody cared',
  ]);
});

test("with hosts, a program's line is not the kernel's", () => {
  assert.equal(read('[    1.000000] host sshd[7]: a visitor\n[    2.000000] host kernel: irq 16: nobody cared\n'), [
    '2000000 irq 16: nobody cared',
  ]);
});

test.run();
