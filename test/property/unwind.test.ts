// Stacks and tables that say anything: a walk ends, with a reason, and never throws.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Machine } from '../../src/dump/dump.ts';
import { cpuStack } from '../../src/unwind/cpu-stack.ts';
import { sleepingStack } from '../../src/unwind/task-stack.ts';
import { unwinderOf } from '../../src/unwind/unwinder.ts';
import { FakeMemory, fakeSymbols } from '../support/fake-memory.ts';

const MACHINES: readonly Machine[] = ['x86_64', 'i386', 'arm64', 'arm', 'riscv64', 's390x', 'ppc64'];
const WORDS = 256;

/** A word of a stack: anything, a place on the stack, or code. */
const word = (stack: bigint, text: bigint) =>
  fc.oneof(
    fc.bigInt(0n, (1n << 64n) - 1n),
    fc.nat(WORDS * 8).map((n) => stack + BigInt(n)),
    fc.nat(WORDS).map((n) => stack + BigInt(8 * n)),
    fc.nat(0x7ff).map((n) => text + BigInt(n)),
  );

for (const machine of MACHINES) {
  test(`${machine}: any stack, any table`, () => {
    const wordSize = machine === 'i386' || machine === 'arm' ? 4 : 8;
    const [text, stack] = wordSize === 4 ? [0xc1000000n, 0xc2000000n] : [0xffffffff81000000n, 0xffffc90000000000n];
    const functions = Object.fromEntries(
      ['__schedule', 'el1h_64_irq', 'handle_exception', 'call_on_irq_stack', 'machine_kexec', 'f', 'g', 'h'].map((name, i) => [
        name,
        text + BigInt(i * 0x100),
      ]),
    );
    fc.assert(
      fc.property(
        fc.array(word(stack, text), { minLength: WORDS, maxLength: WORDS }),
        fc.array(word(stack, text), { minLength: 4, maxLength: 4 }),
        fc.uint8Array({ minLength: 2048, maxLength: 2048 }),
        (words, first, noise) => {
          const memory = new FakeMemory(wordSize);
          memory.words(stack, words);
          memory.put(text, Buffer.from(noise));
          memory.put(text + 0x10000n, Buffer.from(noise));
          const symbols = fakeSymbols(functions, {
            __start_orc_unwind_ip: text + 0x10000n,
            __stop_orc_unwind_ip: text + 0x10200n,
            __start_orc_unwind: text + 0x10200n,
          });
          const unwinder = unwinderOf({ machine, memory, symbols, release: noise[0]! & 1 ? '7.2.0' : '5.10.0', pacMask: 0n });
          const range = { low: stack, high: stack + BigInt(WORDS * wordSize) };
          const registers = (name: string): bigint =>
            BigInt.asUintN(8 * wordSize, /^(?:sp|r15|r1)$/.test(name) ? stack : (first[name.length % 4] ?? 0n));
          for (const found of [
            cpuStack(unwinder, { pid: 0, registers }, { task: range, exception: range }),
            sleepingStack(unwinder, stack, range),
          ]) {
            assert.ok(found.frames.length <= 1000);
            assert.type(found.end, 'string');
          }
        },
      ),
      { numRuns: 60 },
    );
  });
}

test.run();
