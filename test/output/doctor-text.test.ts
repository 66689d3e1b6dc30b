// What doctor prints: each answer below its own question, with what to type.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { doctorText } from '../../src/output/doctor-text.ts';
import { plain } from '../../src/output/text/theme.ts';

test('each answer stands below its question, with why, what to write and what to type', () => {
  const text = doctorText(
    {
      live: false,
      release: '6.1.0',
      verdict: 'not ready',
      answers: [
        { check: 'a', title: 'One', status: 'ok', found: 'it is there' },
        { check: 'b', title: 'Two', status: 'fail', found: 'it is not', why: 'It was never set.', type: ['do it', 'reboot'] },
        { check: 'a', title: 'One', status: 'warn', found: 'it is old', persist: { file: '/etc/x', line: 'a=\x1b[1m' } },
        { check: 'c', title: 'Three', status: 'unknown', found: 'nobody knows' },
      ],
    },
    { width: 80, paint: plain },
  );
  assert.is(
    text,
    [
      'This machine will lose its next crash.',
      '1 must be mended, 1 could be better.',
      'Kernel 6.1.0, as installed in this image.',
      '',
      'One',
      '  ok   it is there',
      '  warn it is old',
      '       /etc/x should say:',
      '         a=\\x1b[1m',
      '',
      'Two',
      '  FAIL it is not',
      '       It was never set.',
      '       # do it',
      '       # reboot',
      '',
      'Three',
      '  ?    nobody knows',
      '',
    ].join('\n'),
  );
});

test.run();
