// Salvage of 3.5 to 5.9: which bytes are believed to be the header of a record that was given up.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../../src/dump/bytes.ts';
import type { VirtualMemory } from '../../../src/memory/virtual.ts';
import { salvageVariable } from '../../../src/printk/salvage/variable.ts';
import type { VariableLog } from '../../../src/printk/variable.ts';

const HEADER = 16;
const LENGTH = 8192;
/** Where the live records begin, and the free stretch before them ends. */
const LIVE = 6000;
const at = { ts: 0, len: 8, textLen: 10, dictLen: 12, callerId: undefined };

interface Head {
  readonly len?: number;
  readonly textLen?: number;
  readonly dictLen?: number;
}

/** A record 1.5 s after boot as printk stores one, with what its header says set to something else. */
function record(text: string, head: Head = {}): Buffer {
  const bytes = Buffer.alloc(Math.ceil((HEADER + text.length) / 4) * 4);
  bytes.writeBigUInt64LE(1_500_000_000n, at.ts);
  bytes.writeUInt16LE(head.len ?? bytes.length, at.len);
  bytes.writeUInt16LE(head.textLen ?? text.length, at.textLen);
  bytes.writeUInt16LE(head.dictLen ?? 0, at.dictLen);
  bytes.write(text, HEADER, 'latin1');
  return bytes;
}

/** A buffer whose free stretch holds these bytes from a place on. */
function log(bytes: Buffer, place = 0): VariableLog {
  const whole = Buffer.alloc(LENGTH);
  bytes.copy(whole, place);
  const read = (address: bigint, length: number) => ({
    bytes: whole.subarray(Number(address), Number(address) + length),
    state: 'present',
  });
  const memory = { reader: readerFor('little'), pageSize: 4096, read } as unknown as VirtualMemory;
  return { memory, buffer: 0n, length: LENGTH, first: LIVE, next: 0, header: HEADER, at };
}

test('a header that still stands gives its text the time', () => {
  assert.equal(salvageVariable(log(record('given up'))), [{ text: 'given up', usec: 1_500_000 }]);
  assert.equal(salvageVariable(log(record('DRIVER=x', { textLen: 4, dictLen: 4 }))), [{ text: 'DRIV', usec: 1_500_000 }]);
});

const long = 'x'.repeat(4100);
for (const [why, bytes, place, text] of [
  ['a length that is not aligned', record('given up', { len: 25 }), 0, 'given up'],
  ['a length that printk never stores', record(long), 0, long],
  ['text and dictionary that are longer than the record', record('given up', { dictLen: 4 }), 0, 'given up'],
  ['more padding than any alignment asks for', record('given up it was', { textLen: 8 }), 0, 'given up it was'],
  ['a record that ends among the live ones', record('given up', { len: 32, textLen: 16 }), LIVE - 24, 'given up'],
] as const)
  test(`no header: ${why}`, () => {
    assert.equal(salvageVariable(log(bytes, place)), [{ text }]);
  });

test('a length of the buffer that no kernel has is not read', () => {
  const read = (): never => assert.unreachable('read') as never;
  const memory = { reader: readerFor('little'), pageSize: 4096, read } as unknown as VirtualMemory;
  assert.equal(salvageVariable({ ...log(Buffer.alloc(0)), memory, length: 65 << 20, first: 0 }), []);
});

test.run();
