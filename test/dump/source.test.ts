import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/dump/source.ts';

test('an error is one line without controls, whatever it quotes', () => {
  const { message } = new InputError({ file: 'a\nb', sought: 'kernel 6.1.0\r\x1b[2J', found: 'nothing\x9b', hint: 'ü' });
  assert.is(message, String.raw`a\x0ab: sought kernel 6.1.0\x0d\x1b[2J; found nothing\x9b; ü`);
});

test.run();
