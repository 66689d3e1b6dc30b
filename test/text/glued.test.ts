// Records that a torn console puts on one line, however many.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../src/text/reader.ts';

test('a line of thirty thousand records is read without a deep stack', () => {
  const head = '[    4.184735] Uhhuh. NMI received for unknown reason 31';
  const glued = '[    4.184736] Dazed and '.repeat(30_000);
  const reader = new TextReader({ form: 'dmesg' });
  const records = [...reader.push(Buffer.from(`${head}\n${glued}\n`, 'latin1')), ...reader.end()];
  assert.ok(records.length > 10_000, `${records.length}`);
  assert.is(records.at(-1)?.text, 'Dazed and ');
});

test.run();
