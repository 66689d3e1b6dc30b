import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf } from '../../../src/unwind/code.ts';
import type { OrcEntry } from '../../../src/unwind/orc/entry.ts';
import { orcStep } from '../../../src/unwind/orc/step.ts';
import { findOrc } from '../../../src/unwind/orc/table.ts';
import { type Position, walkStack } from '../../../src/unwind/walk.ts';
import { FakeMemory, fakeSymbols } from '../../support/fake-memory.ts';

const TEXT = 0xffffffff81000000n;
const STACK = 0xffffc90000000000n;
const FUNCTIONS = { leaf: TEXT, middle: TEXT + 0x100n, asm_exc_page_fault: TEXT + 0x200n, outer: TEXT + 0x300n, first: TEXT + 0x400n };
const CALL: OrcEntry = { type: 'call', spRegister: 'sp', spOffset: 8, bpRegister: 'undefined', bpOffset: 0, signal: false };

function walk(entries: Readonly<Record<string, Partial<OrcEntry>>>, memory: FakeMemory, start: Partial<Position>, offsetAfterRead = true) {
  const symbols = fakeSymbols(FUNCTIONS);
  const step = orcStep({
    memory,
    lookup: (address) => {
      const name = symbols.at(address)?.name;
      return name !== undefined && entries[name] ? { ...CALL, ...entries[name] } : undefined;
    },
    offsetAfterRead,
    isText: symbols.isText,
  });
  const position = { ip: TEXT + 0x10n, sp: STACK, fp: 0n, at: STACK, interrupted: false, reliable: true, ...start };
  const { frames, end } = walkStack(position, step, codeOf({ memory, symbols, isX86: true }));
  return { end, frames: frames.map(({ ip, kind, reliable }) => `${symbols.at(ip - 1n)?.name ?? ip} ${kind}${reliable ? '' : ' ?'}`) };
}

const ret = (name: keyof typeof FUNCTIONS): bigint => FUNCTIONS[name] + 0x20n;

test('calls up to the first function of a thread; a frame pointer that was saved counts', () => {
  const memory = new FakeMemory();
  memory.words(STACK, [1n, ret('middle'), STACK + 0x38n, ret('outer'), 4n, 5n, 6n, ret('first'), 0n]);
  const { frames, end } = walk(
    {
      leaf: { spOffset: 16 },
      middle: { spOffset: 16, bpRegister: 'prev_sp', bpOffset: -16 },
      outer: { spRegister: 'bp', spOffset: 8 },
      first: { type: 'end', spRegister: 'undefined' },
    },
    memory,
    {},
  );
  assert.equal(frames, ['leaf call', 'middle call', 'outer call', 'first call']);
  assert.is(end, 'thread');
});

/** pt_regs of an exception in `outer`, whose stack goes on behind them. */
function exception(memory: FakeMemory, cs: bigint, ip = FUNCTIONS.outer + 4n): void {
  const regs = Array.from({ length: 21 }, () => 0n);
  regs[4] = 0x1234n;
  regs[16] = ip;
  regs[17] = cs;
  regs[19] = STACK + 0x200n;
  memory.words(STACK, [ret('asm_exc_page_fault'), ...regs]);
  memory.words(STACK + 0x200n, [ret('first')]);
}
const ENTRY = { leaf: {}, asm_exc_page_fault: { type: 'regs', spOffset: 0, signal: true } as const };

test('saved registers: the interrupted function itself, not its caller, stands at ip', () => {
  const memory = new FakeMemory();
  exception(memory, 0x10n);
  const { frames, end } = walk({ ...ENTRY, outer: {}, first: { type: 'end' } }, memory, {});
  assert.equal(frames, ['leaf call', 'asm_exc_page_fault call', 'outer exception', 'first call']);
  assert.is(end, 'thread');
});

test('a stack ends where user space began', () => {
  const memory = new FakeMemory();
  exception(memory, 0x33n, 0x401000n);
  assert.equal(walk(ENTRY, memory, {}), { frames: ['leaf call', 'asm_exc_page_fault call'], end: 'user' });
});

test('a jump to NULL was a call: its caller is on top of the stack', () => {
  const memory = new FakeMemory();
  memory.words(STACK, [ret('outer'), ret('first')]);
  const { frames } = walk({ outer: {}, first: { type: 'end' } }, memory, { ip: 0n, interrupted: true });
  assert.equal(frames, ['0 exception', 'outer call', 'first call']);
});

test('code without a table goes by its frame pointer, and nothing above is called reliable', () => {
  const memory = new FakeMemory();
  memory.words(STACK + 0x40n, [0n, ret('outer'), ret('first')]);
  const { frames, end } = walk({ outer: {}, first: { type: 'end' } }, memory, { fp: STACK + 0x40n });
  assert.equal(frames, ['leaf call', 'outer call ?', 'first call ?']);
  assert.is(end, 'thread');
});

test('sp_indirect: since 5.12 the offset counts from the word that was read', () => {
  const memory = new FakeMemory();
  memory.words(STACK, [STACK + 0x100n, STACK + 0x180n]);
  memory.words(STACK + 0x100n, [ret('first')]);
  memory.words(STACK + 0x178n, [ret('outer')]);
  const entries = {
    leaf: { spRegister: 'sp_indirect', spOffset: 8 } as const,
    first: { type: 'end' } as const,
    outer: { type: 'end' } as const,
  };
  assert.equal(walk(entries, memory, {}).frames, ['leaf call', 'first call']);
  assert.equal(walk(entries, memory, {}, false).frames, ['leaf call', 'outer call']);
});

test('circles, holes and code that has no rule end a stack with their names', () => {
  const memory = new FakeMemory();
  memory.words(STACK, [ret('leaf')]);
  assert.is(walk({ leaf: { spOffset: 8 } }, memory, {}).end, 'unreadable');
  assert.is(walk({ leaf: { type: 'undefined' } }, memory, {}).end, 'undefined');
  memory.words(STACK - 8n, [ret('leaf'), ret('leaf')]);
  assert.is(walk({ leaf: { spOffset: 0 } }, memory, {}).end, 'loop');
  memory.words(STACK, [0x1234n]);
  assert.is(walk({ leaf: {} }, memory, {}).end, 'not-code');
});

test('the table is searched where it lies: the last entry at or before an address', () => {
  const memory = new FakeMemory();
  const starts = [0n, 0x20n, 0x80n].map((at) => TEXT + at);
  const ips = TEXT + 0x10000n;
  const table = Buffer.alloc(12);
  starts.forEach((start, i) => void table.writeInt32LE(Number(start - (ips + BigInt(4 * i))), 4 * i));
  memory.put(ips, table);
  const entries = Buffer.alloc(18);
  [8, 16, 24].forEach((offset, i) => {
    entries.writeInt16LE(offset, 6 * i);
    entries.writeUInt16LE(0x205, 6 * i + 4);
  });
  memory.put(ips + 0x1000n, entries);
  const at = (address: bigint) => findOrc({ ips, entries: ips + 0x1000n, count: 3 }, address, memory, 3)?.spOffset;
  assert.equal([TEXT - 1n, TEXT, TEXT + 0x1fn, TEXT + 0x20n, TEXT + 0x500n].map(at), [undefined, 8, 8, 16, 24]);
  assert.is(findOrc({ ips, entries: ips + 0x1000n, count: 1 << 30 }, TEXT, memory, 3), undefined, 'a forged count finds nothing');
});

test.run();
