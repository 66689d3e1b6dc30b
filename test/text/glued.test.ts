// Records that a torn console puts on one line, however many.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../src/text/reader.ts';

test('a line of twenty thousand records is read without a deep stack', () => {
  const head = Array.from({ length: 40 }, (_, i) => `[    ${i}.000000] line ${i}`).join('\n');
  const glued = Array.from({ length: 20_000 }, (_, i) => `[  100.${String(i).padStart(6, '0')}] a`).join('');
  const reader = new TextReader({ form: 'dmesg' });
  const records = [...reader.push(Buffer.from(`${head}\n${glued}\n`, 'latin1')), ...reader.end()];
  assert.ok(records.length > 40, `${records.length}`);
  assert.is(records.at(-1)?.text.endsWith('a'), true);
});

test.run();
