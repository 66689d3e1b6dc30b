// How init ended, from the code that the panic's reason states.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exitText, initExitCode } from '../../src/decode/exit-code.ts';

test('a status, or the signal that killed it', () => {
  assert.is(exitText(0x300), 'exit status 3');
  assert.is(exitText(0x0b), 'signal 11 (SIGSEGV)');
  assert.is(exitText(0x8b), 'signal 11 (SIGSEGV)', 'bit 7 says that a core was dumped');
  assert.is(exitText(7), 'signal 7', 'SIGBUS on x86, SIGEMT on mips');
});

test('only where the reason states it', () => {
  assert.is(initExitCode('Attempted to kill init! exitcode=0x0000000b'), 11);
  assert.is(initExitCode('Attempted to kill init!'), undefined);
  assert.is(initExitCode('Fatal exception'), undefined);
});

test.run();
