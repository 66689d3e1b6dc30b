import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeOrc } from '../../../src/unwind/orc/entry.ts';
import { orcVersion } from '../../../src/unwind/orc/version.ts';

/** sp_offset, bp_offset, flags as they lie in memory. */
const entry = (sp: number, bp: number, flags: number): Buffer => {
  const bytes = Buffer.alloc(6);
  bytes.writeInt16LE(sp, 0);
  bytes.writeInt16LE(bp, 2);
  bytes.writeUInt16LE(flags, 4);
  return bytes;
};

test('a call frame in each generation of bits', () => {
  const want = { type: 'call', spRegister: 'sp', spOffset: 16, bpRegister: 'prev_sp', bpOffset: -16, signal: false };
  assert.equal(decodeOrc(entry(16, -16, 0x015), 1), want);
  assert.equal(decodeOrc(entry(16, -16, 0x015), 2), want);
  assert.equal(decodeOrc(entry(16, -16, 0x215), 3), want);
  assert.equal(decodeOrc(entry(16, -16, 0x283), 4), want);
});

test('ends: a bit with no stack register before 6.4, a type since', () => {
  assert.is(decodeOrc(entry(0, 0, 0x400), 1)?.type, 'end');
  assert.is(decodeOrc(entry(0, 0, 0x800), 2)?.type, 'end');
  assert.is(decodeOrc(entry(0, 0, 0x100), 3)?.type, 'end');
  for (const version of [1, 2, 3, 4] as const) assert.is(decodeOrc(entry(0, 0, 0), version)?.type, 'undefined');
});

test('saved registers mean an interrupted frame: always before 6.3, by a bit since', () => {
  assert.is(decodeOrc(entry(0, 0, 0x105), 1)?.signal, true);
  assert.is(decodeOrc(entry(0, 0, 0x105), 2)?.signal, false);
  assert.is(decodeOrc(entry(0, 0, 0x505), 2)?.signal, true);
  assert.is(decodeOrc(entry(0, 0, 0xb05), 3)?.signal, true);
  assert.is(decodeOrc(entry(0, 0, 0xb05), 3)?.type, 'regs');
});

test('registers that no kernel writes are no entry', () => {
  assert.is(decodeOrc(entry(0, 0, 0x20f), 3), undefined);
  assert.is(decodeOrc(entry(0, 0, 0x20b), 4), undefined);
});

test('the format by its hash, else by release', () => {
  const hash = (start: string) => Buffer.from(start.padEnd(40, '0'), 'hex');
  assert.is(orcVersion(hash('fe5d32bf'), '6.3.1'), 3);
  assert.is(orcVersion(hash('137c36ad'), '6.12.0'), 4);
  assert.is(orcVersion(undefined, '5.10.0-46-amd64'), 1);
  assert.is(orcVersion(undefined, '6.3.0'), 2);
  assert.is(orcVersion(undefined, '6.12.9'), 3);
  assert.is(orcVersion(undefined, '7.1.0'), 4);
  assert.is(orcVersion(undefined, '5.14.0-503.11.1.el9_5.x86_64'), 1);
  assert.is(orcVersion(undefined, '5.14.0-570.12.1.el9_6.x86_64'), 3);
});

test.run();
