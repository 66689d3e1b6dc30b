// What each error becomes: one line on stderr, and a code of the contract.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT, readCode, runCommand, UsageError } from '../../src/cli/exit.ts';
import { InputError } from '../../src/dump/source.ts';
import { QuestionError, StoreError } from '../../src/fleet/store/store-error.ts';

/** Runs with what a process is made of replaced: what was printed, and the code. */
async function told(run: () => Promise<number>): Promise<readonly [code: unknown, text: string]> {
  const { exitCode } = process;
  const { write } = process.stderr;
  const listeners = process.stdout.listeners('error');
  let text = '';
  process.stderr.write = ((part: string) => {
    text += part;
    return true;
  }) as typeof write;
  try {
    await runCommand(run);
    return [process.exitCode, text];
  } finally {
    process.stderr.write = write;
    process.exitCode = exitCode;
    for (const each of process.stdout.listeners('error')) if (!listeners.includes(each)) process.stdout.off('error', each as () => void);
  }
}
const thrown = (error: unknown) => told(() => Promise.reject(error));
const refused = (code: string) => Object.assign(new Error(code), { code, syscall: 'open', path: '/x' });

test('what a command returns is its code', async () => {
  assert.equal(await told(async () => EXIT.loss), [3, '']);
});

test('a wrong command line, an input, a store, a question to it, what the system refuses', async () => {
  assert.equal(await thrown(new UsageError('no such option')), [1, 'lastkmsg: no such option\n']);
  const input = new InputError({ file: 'x', sought: 'a log', found: 'nothing' });
  assert.equal(await thrown(input), [2, 'lastkmsg: x: sought a log; found nothing\n']);
  assert.equal(await thrown(new StoreError('no store')), [2, 'lastkmsg: no store\n']);
  assert.equal(await thrown(new QuestionError('no such column')), [1, 'lastkmsg: no such column\n']);
  const [code, text] = await thrown(refused('EACCES'));
  assert.equal([code, text.split('\n').length], [2, 2]);
  assert.match(text, /^lastkmsg: \/x: /);
});

test('a bug says that it is one, with its stack', async () => {
  const [code, text] = await thrown(new TypeError('x is undefined'));
  assert.is(code, 70);
  assert.match(text, /^lastkmsg: this is a bug in lastkmsg, please report it: TypeError: x is undefined\\x0a {4}at /);
  assert.equal(await thrown('a word'), [70, 'lastkmsg: this is a bug in lastkmsg, please report it: a word\n']);
});

test('a reader that has seen enough ends us quietly, with the code that stood; a disk that is full does not', async () => {
  assert.equal(await thrown(refused('EPIPE')), [0, '']);
  const { exit } = process;
  const codes: unknown[] = [];
  process.exit = ((code: unknown) => codes.push(code)) as unknown as typeof exit;
  try {
    const [, text] = await told(async () => {
      process.exitCode = EXIT.loss;
      process.stdout.emit('error', refused('EPIPE'));
      codes.splice(1); // what really exits goes no further
      process.exitCode = undefined;
      return EXIT.ok;
    });
    await told(async () => {
      process.stdout.emit('error', refused('ENOSPC'));
      return EXIT.ok;
    });
    assert.equal(codes, [3, 2], text);
  } finally {
    process.exit = exit;
  }
});

test('one input that failed never hides what the others gave', () => {
  assert.is(readCode({ read: 0, failed: 1, lossy: false }), 2);
  assert.is(readCode({ read: 1, failed: 1, lossy: false }), 3);
  assert.is(readCode({ read: 1, failed: 0, lossy: true }), 3);
  assert.is(readCode({ read: 0, failed: 0, lossy: false }), 0);
});

test.run();
