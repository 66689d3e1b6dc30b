// The stack of a task that is not on a CPU.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { STACK_ENDS } from '../../src/machine/stacks/stack-end.ts';
import { sleepingStack } from '../../src/unwind/task-stack.ts';
import { unwinderOf } from '../../src/unwind/unwinder.ts';
import { FakeMemory, fakeSymbols } from '../support/fake-memory.ts';

test('a zombie that gave its stack back has none, whatever its saved stack pointer leads to now', () => {
  const unwinder = unwinderOf({ machine: 'x86_64', memory: new FakeMemory(8), symbols: fakeSymbols({}), release: '6.1.0', pacMask: 0n });
  const { frames, end } = sleepingStack(unwinder, 0xffff888000001000n, null);
  assert.equal(frames, []);
  assert.is(end, 'gone');
  assert.match(STACK_ENDS[end] ?? '', /has exited/);
});

test.run();
