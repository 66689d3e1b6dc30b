// What ran after the registers of a note were saved is looked for on the stack, and believed only where it leads to them.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cpuStack } from '../../src/unwind/cpu-stack.ts';
import { unwinderOf } from '../../src/unwind/unwinder.ts';
import { FakeMemory, fakeSymbols } from '../support/fake-memory.ts';

const TEXT = 0xffffffff81000000n;
const STACK = 0xffffc90000000000n;
const NAMES = ['machine_kexec', '__crash_kexec', 'oops_end', 'asm_exc_page_fault', 'fault', 'kthread', 'printk'];
const FUNCTIONS = Object.fromEntries(NAMES.map((name, i) => [name, TEXT + BigInt(i) * 0x100n]));
const at = (name: string): bigint => FUNCTIONS[name]!;
const ret = (name: string): bigint => at(name) + 0x20n;

/** Code in which every function's call ends at +0x20, and a table with a rule of 8 bytes but where another is given. */
function kernel(calls: Readonly<Record<string, string>>, rules: Readonly<Record<string, number>>): FakeMemory {
  const memory = new FakeMemory();
  const code = Buffer.alloc(0x100 * NAMES.length);
  for (const name of NAMES) {
    const end = Number(ret(name) - TEXT);
    code[end - 5] = 0xe8;
    code.writeInt32LE(Number(at(calls[name] ?? 'printk') - ret(name)), end - 4);
  }
  memory.put(TEXT, code);
  const table = Buffer.alloc(4 * NAMES.length);
  const entries = Buffer.alloc(6 * NAMES.length);
  NAMES.forEach((name, i) => {
    table.writeInt32LE(Number(at(name) - (IPS + BigInt(4 * i))), 4 * i);
    entries.writeInt16LE(rules[name] === REGS ? 0 : 8, 6 * i);
    entries.writeUInt16LE(rules[name] ?? 0x205, 6 * i + 4);
  });
  memory.put(STACK, Buffer.alloc(0x1000));
  memory.put(IPS, table);
  memory.put(ENTRIES, entries);
  return memory;
}
const IPS = TEXT + 0x100000n;
const ENTRIES = TEXT + 0x200000n;
/** Flags of version 3: pt_regs and an interrupted frame; no rule; the end. */
const [REGS, UNDEFINED, END] = [0xb05, 0x000, 0x100];

function stackOf(memory: FakeMemory, registers: Readonly<Record<string, bigint>>): string[] {
  const symbols = fakeSymbols(FUNCTIONS, {
    __start_orc_unwind_ip: IPS,
    __stop_orc_unwind_ip: IPS + BigInt(4 * NAMES.length),
    __start_orc_unwind: ENTRIES,
  });
  const unwinder = unwinderOf({ machine: 'x86_64', memory, symbols, release: '6.12.0' });
  const note = { pid: 1, registers: (name: string) => registers[name] };
  const { frames } = cpuStack(unwinder, note, { task: { low: STACK, high: STACK + 0x4000n } });
  return frames.map(({ ip, kind }) => `${symbols.at(ip)?.name ?? ip} ${kind}`);
}

test('an oops: from machine_kexec over code that has no rule to the registers that the note holds', () => {
  const memory = kernel(
    { __crash_kexec: 'machine_kexec', oops_end: '__crash_kexec', asm_exc_page_fault: 'oops_end' },
    { __crash_kexec: UNDEFINED, asm_exc_page_fault: REGS, kthread: END },
  );
  const regs = Array.from({ length: 21 }, () => 0n);
  regs[16] = at('fault') + 4n;
  regs[17] = 0x10n;
  regs[19] = STACK + 0x800n;
  // left behind by a call that returned, below all that is live
  memory.words(STACK, [0n, ret('printk'), 0n]);
  memory.words(STACK + 0x100n, [ret('machine_kexec'), ret('__crash_kexec'), 0n, 0n, ret('oops_end'), ret('asm_exc_page_fault'), ...regs]);
  memory.words(STACK + 0x800n, [ret('kthread')]);
  assert.equal(stackOf(memory, { ip: at('fault') + 4n, sp: STACK + 0x800n, cs: 0x10n }), [
    'machine_kexec call',
    '__crash_kexec call',
    'oops_end call',
    'asm_exc_page_fault call',
    'fault exception',
    'kthread call',
  ]);
});

test('nothing is put below a note whose registers no stack leads to', () => {
  const memory = kernel({}, { asm_exc_page_fault: REGS, kthread: END });
  const regs = Array.from({ length: 21 }, () => 0n);
  regs[16] = at('fault') + 4n;
  regs[17] = 0x10n;
  regs[19] = STACK + 0x700n; // an older exception: another stack pointer
  memory.words(STACK + 0x100n, [ret('oops_end'), ret('asm_exc_page_fault'), ...regs]);
  memory.words(STACK + 0x700n, [ret('kthread')]);
  memory.words(STACK + 0x800n, [ret('kthread')]);
  assert.equal(stackOf(memory, { ip: at('fault') + 4n, sp: STACK + 0x800n, cs: 0x10n }), ['fault exception', 'kthread call']);
});

test('a CPU in user space has no kernel stack', () => {
  assert.equal(stackOf(kernel({}, {}), { ip: 0x401000n, sp: 0x7ffc0000n, cs: 0x33n }), []);
});

test.run();
