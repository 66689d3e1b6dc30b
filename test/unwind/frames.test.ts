// One stack an architecture, laid out as its kernel does: calls, an interrupt in between where it has a form of its own, an end.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Machine } from '../../src/dump/dump.ts';
import { ppc64Step } from '../../src/unwind/frames/ppc64.ts';
import { startFrom } from '../../src/unwind/start.ts';
import { unwinderOf } from '../../src/unwind/unwinder.ts';
import { walkStack } from '../../src/unwind/walk.ts';
import { FakeMemory, fakeSymbols } from '../support/fake-memory.ts';

function walk(
  machine: Machine,
  memory: FakeMemory,
  functions: Readonly<Record<string, bigint>>,
  registers: Readonly<Record<string, bigint>>,
) {
  const symbols = fakeSymbols(functions);
  const unwinder = unwinderOf({ machine, memory, symbols, release: '6.12.0', pacMask: 0x007f000000000000n });
  const start = startFrom(machine, (name) => registers[name]);
  assert.ok(start && unwinder.step);
  const { frames, end } = walkStack(start, unwinder.step, unwinder.code);
  return { end, frames: frames.map(({ ip, kind }) => `${symbols.at(kind === 'call' ? ip - 1n : ip)?.name ?? ip} ${kind}`) };
}

test('arm64: records {fp, lr}, one of them in the pt_regs of an interrupt, signed return addresses', () => {
  const text = 0xffff800080000000n;
  const stack = 0xffff800081000000n;
  const memory = new FakeMemory();
  const functions = {
    gic_handle_irq: text,
    el1h_64_irq_handler: text + 0x100n,
    el1h_64_irq: text + 0x200n,
    do_idle: text + 0x300n,
    start_kernel: text + 0x400n,
  };
  const signed = (functions.el1h_64_irq_handler + 0x10n) & ~0x002a000000000000n;
  memory.words(stack, [stack + 0x20n, signed]);
  memory.words(stack + 0x20n, [stack + 0x40n, functions.el1h_64_irq + 0x10n]);
  memory.words(stack + 0x40n, [stack + 0x60n, functions.do_idle + 0x10n]);
  memory.words(stack + 0x60n, [stack + 0x80n, functions.start_kernel + 0x10n]);
  memory.words(stack + 0x80n, [0n, 0n, 0n]);
  assert.equal(walk('arm64', memory, functions, { pc: text + 8n, sp: stack, x29: stack }), {
    frames: ['gic_handle_irq exception', 'el1h_64_irq_handler call', 'el1h_64_irq call', 'do_idle interrupt', 'start_kernel call'],
    end: 'thread',
  });
});

test('arm64 since 6.14: a record that says that pt_regs hold the interrupted function', () => {
  const text = 0xffff800080000000n;
  const stack = 0xffff800081000000n;
  const memory = new FakeMemory();
  const functions = { el1h_64_irq: text, do_idle: text + 0x100n };
  const regs = Array.from({ length: 40 }, () => 0n);
  regs[29] = stack + 0x400n;
  regs[31] = stack + 0x3f0n;
  regs[32] = functions.do_idle + 4n;
  regs[39] = 2n; // FRAME_META_TYPE_PT_REGS behind the record's two zeros
  memory.words(stack, regs);
  memory.words(stack + 0x400n, [0n, 0n, 1n]);
  assert.equal(walk('arm64', memory, functions, { pc: text + 8n, sp: stack, x29: stack + 37n * 8n }), {
    frames: ['el1h_64_irq exception', 'do_idle interrupt'],
    end: 'thread',
  });
});

test('riscv64: records below the frame pointer, an interrupt, a leaf that saved no return address', () => {
  const text = 0xffffffff80000000n;
  const stack = 0xff20000000011000n;
  const memory = new FakeMemory();
  const functions = { leaf: text, do_irq: text + 0x100n, handle_exception: text + 0x200n, do_idle: text + 0x300n, kthread: text + 0x400n };
  const regs = Array.from({ length: 36 }, () => 0n);
  regs[0] = functions.do_idle + 8n;
  regs[2] = stack + 0x300n;
  regs[8] = stack + 0x340n;
  memory.words(stack, [0n, 0n, 0n, stack + 0x60n]);
  memory.words(stack + 0x50n, [stack + 0x120n, functions.handle_exception + 0x10n]);
  memory.words(stack + 0x60n, regs);
  memory.words(stack + 0x330n, [0n, functions.kthread + 0x10n]);
  assert.equal(walk('riscv64', memory, functions, { pc: text + 8n, ra: functions.do_irq + 0x10n, sp: stack, s0: stack + 0x20n }), {
    frames: ['leaf exception', 'do_irq call', 'handle_exception call', 'do_idle interrupt', 'kthread call'],
    end: 'thread',
  });
});

test('s390x: the back chain, and pt_regs behind a frame that has none', () => {
  const text = 0x100000n;
  const stack = 0x37fff00000n;
  const memory = new FakeMemory(8, 'big');
  const functions = { handler: text, ext_int_handler: text + 0x100n, psw_idle: text + 0x200n, do_idle: text + 0x300n };
  const chain = (at: bigint, next: bigint, r14: bigint): void => {
    memory.words(at + 136n, [r14]);
    memory.words(at + 152n, [next]);
  };
  chain(stack, stack + 0x100n, 0n);
  chain(stack + 0x100n, 0n, functions.ext_int_handler + 0x10n);
  const regs = Array.from({ length: 19 }, () => 0n);
  regs[2] = functions.psw_idle + 4n;
  regs[18] = stack + 0x300n;
  memory.words(stack + 0x100n + 160n, regs);
  chain(stack + 0x300n, stack + 0x400n, 0n);
  chain(stack + 0x400n, 0n, functions.do_idle + 0x10n);
  memory.words(
    stack + 0x400n + 160n,
    Array.from({ length: 19 }, () => 0n),
  );
  assert.equal(walk('s390x', memory, functions, { psw: text + 8n, r15: stack, psw_mask: 0n }), {
    frames: ['handler exception', 'ext_int_handler call', 'psw_idle interrupt', 'do_idle call'],
    end: 'thread',
  });
});

for (const { marker, regs, since } of [
  { marker: 96n, regs: 112n, since: 'before 6.2' },
  { marker: 32n, regs: 48n, since: 'since 6.2' },
]) {
  test(`ppc64, ${since}: the back chain, and a marked frame of an interrupt`, () => {
    const text = 0xc000000000100000n;
    const stack = 0xc000000004000000n;
    const memory = new FakeMemory();
    const functions = { timer: text, decrementer_common: text + 0x100n, idle: text + 0x200n, start_kernel: text + 0x300n };
    memory.words(stack, [stack + 0x100n, 0n, 0n]);
    memory.words(stack + 0x100n, [stack + 0x400n, 0n, functions.decrementer_common + 0x10n]);
    const saved = Array.from({ length: 34 }, () => 0n);
    saved[1] = stack + 0x400n;
    saved[32] = functions.idle + 8n;
    memory.words(stack + 0x100n + regs, saved);
    memory.words(stack + 0x100n + marker, [0x53474552n]);
    memory.words(stack + 0x400n, [stack + 0x500n, 0n, 0n]);
    memory.words(stack + 0x500n, [0n, 0n, functions.start_kernel + 0x10n]);
    assert.equal(walk('ppc64', memory, functions, { nip: text + 8n, r1: stack, msr: 0n }), {
      frames: ['timer exception', 'decrementer_common call', 'idle interrupt', 'start_kernel call'],
      end: 'thread',
    });
  });
}

test('ppc64: what ends the back chain', () => {
  const stack = 0xc000000004000000n;
  const end = (sp: bigint, put: (memory: FakeMemory) => void) => {
    const memory = new FakeMemory();
    put(memory);
    return ppc64Step(memory)({ ip: 0n, sp, fp: 0n, at: 0n, interrupted: false, reliable: true });
  };
  const marked = (msr: readonly bigint[]) =>
    end(stack, (memory) => {
      memory.words(stack, [stack + 0x200n, 0n, 0n, 0n, 0x53474552n]);
      memory.words(stack + 48n + 8n, [stack + 0x200n]);
      memory.words(stack + 48n + 32n * 8n, [0x1000n, ...msr]);
    });
  assert.is(marked([0x4000n]), 'user', 'an exception in user space');
  assert.equal(marked([0n]), { ip: 0x1000n, sp: stack + 0x200n, fp: 0n, at: stack + 0x200n, interrupted: true, reliable: true });
  assert.is(marked([]), 'unreadable', 'pt_regs that end with their page');
  const next = (word: bigint) => end(stack, (memory) => memory.words(stack, [word]));
  assert.equal([next(0n), next(stack + 0x100n)], ['thread', 'unreadable'], 'the first frame, a caller that is not there');
  assert.is(
    end(stack + 8n, (memory) => memory.words(stack + 8n, [0n])),
    'lost',
    'no stack pointer',
  );
  assert.is(
    end(stack, () => {}),
    'unreadable',
  );
});

test('i386: the ebp chain, and an ebp that means pt_regs', () => {
  const text = 0xc1000000n;
  const stack = 0xc2000000n;
  const memory = new FakeMemory(4);
  const functions = { handler: text, asm_sysvec_apic_timer_interrupt: text + 0x100n, idle: text + 0x200n, start_kernel: text + 0x300n };
  memory.words(stack, [(stack + 0x40n) & 0x7fffffffn, functions.asm_sysvec_apic_timer_interrupt + 0x10n]);
  const regs = Array.from({ length: 17 }, () => 0n);
  regs[5] = stack + 0x100n;
  regs[12] = functions.idle + 4n;
  regs[13] = 0x60n;
  regs[15] = stack + 0xf0n;
  memory.words(stack + 0x40n, regs);
  memory.words(stack + 0x100n, [0n, functions.start_kernel + 0x10n]);
  assert.equal(walk('i386', memory, functions, { ip: text + 8n, sp: stack, bp: stack }), {
    frames: ['handler exception', 'asm_sysvec_apic_timer_interrupt call', 'idle interrupt', 'start_kernel call'],
    end: 'thread',
  });
});

test.run();
