// The stack in memory against the trace that the log has of the same task.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { asleepIn, functionsOf, inInterrupt, stackFacts } from '../../../src/read/machine/stack-facts.ts';
import type { Frame, Stack } from '../../../src/unwind/stack.ts';
import { fakeSymbols } from '../../support/fake-memory.ts';

const FUNCTIONS = { panic: 0x1000n, handler: 0x2000n, write: 0x3000n, sys: 0x4000n };
const symbols = fakeSymbols(FUNCTIONS);
const frame = (ip: bigint, reliable = true): Frame => ({ ip, sp: 0n, kind: 'call', reliable });
const stack: Stack = { end: 'user', frames: [frame(0x1010n), frame(0x2010n), frame(0x9999n), frame(0x3010n), frame(0x4010n)] };

const log = (...trace: readonly string[]): string[] => ['CPU: 1 PID: 28 Comm: init Not tainted 6.1.0 #1', 'Call Trace:', ...trace];
const facts = (lines: readonly string[], known?: (name: string) => boolean) => stackFacts(symbols, stack, 28, () => lines, known).stack;

test('frames of the log in their order; those between are no difference', () => {
  const found = facts(log(' <TASK>', ' handler+0x10/0x20', ' ? stale+0x1/0x2', ' sys+0x10/0x20', ' </TASK>'));
  assert.is(found?.agrees, true);
  assert.equal(found?.frames.slice(0, 3), ['panic+0x10', 'handler+0x10', '0x9999']);
});

test('powerpc prints the addresses of frame and code before each', () => {
  const line = (name: string): string => `[c00000000437b860] [c000000000137e14] ${name}+0x10/0x20`;
  assert.is(facts(log(line('handler'), line('sys')))?.agrees, true);
  assert.is(facts(log(line('sys'), line('handler')))?.agrees, false);
});

test('a function that the stack has not is named, unless nobody knows its name', () => {
  const lines = log(' in_module+0x1/0x2 [m]', ' sys+0x10/0x20');
  assert.match(facts(lines)?.why ?? '', /the log has in_module/);
  assert.is(facts(lines, (name) => name in FUNCTIONS)?.agrees, true);
});

test('no trace of that task, or one without a frame, says neither', () => {
  assert.is(facts([])?.agrees, undefined);
  assert.is(facts(log('what is no frame'))?.agrees, undefined);
  assert.is(stackFacts(symbols, stack, 29, () => log(' sys+0x1/0x2')).stack?.agrees, undefined);
});

test('x86 rewinds the stack of a task that oopsed before it dies: nothing of the trace can be there', () => {
  const rewound = fakeSymbols({ panic: 0x1000n, make_task_dead: 0x2000n, rewind_stack_and_make_dead: 0x3000n });
  const left: Stack = { end: 'user', frames: [frame(0x1010n), frame(0x2010n), frame(0x3010n)] };
  assert.is(stackFacts(rewound, left, 28, () => log(' handler+0x10/0x20')).stack?.agrees, undefined);
  // a trace of later is compared
  assert.is(
    stackFacts(rewound, left, 28, () => log(' make_task_dead+0x10/0x20', ' rewind_stack_and_make_dead+0x16/0x20')).stack?.agrees,
    true,
  );
});

test('guesses are no stack, and say of no CPU what it did', () => {
  const guessed: Stack = { end: 'lost', frames: [frame(0x1010n), frame(0x2010n, false)] };
  assert.equal(
    stackFacts(symbols, guessed, 28, () => log(' handler+0x10/0x20')),
    {},
  );
  assert.equal(functionsOf(symbols, guessed.frames), ['panic']);
});

test('a task that sleeps is told by who sleeps, not by the scheduler', () => {
  const named = fakeSymbols({ __schedule: 0x1000n, schedule: 0x2000n, schedule_timeout: 0x3000n, xyz_wait: 0x4000n });
  const frames = [0x1010n, 0x2010n, 0x3010n, 0x4010n].map((ip) => frame(ip));
  assert.equal(asleepIn(named, frames), ['xyz_wait']);
  assert.equal(asleepIn(named, frames.slice(0, 2)), ['__schedule', 'schedule']);
});

test('what runs over the idle task is work: a timer that panicked, not the instruction at which an idle CPU was stopped', () => {
  const at = (...kinds: readonly Frame['kind'][]): Frame[] => kinds.map((kind) => ({ ...frame(0x1010n), kind }));
  assert.is(inInterrupt(at('exception', 'call', 'exception', 'call', 'interrupt', 'call')), true);
  assert.is(inInterrupt(at('interrupt', 'call', 'call')), false);
});

test.run();
