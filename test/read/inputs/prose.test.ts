// Which files of a directory are read: what is told at a glance is what the reader would have found.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isProse, isSpoken } from '../../../src/read/inputs/prose.ts';
import { TextReader } from '../../../src/text/reader.ts';

const kernelLines = (text: string): number => {
  const reader = new TextReader();
  reader.push(Buffer.from(text, 'latin1'));
  reader.end();
  return reader.counts.kernel;
};

const level = fc.option(
  fc.nat(191).map((n) => `<${n}>`),
  { nil: '' },
);
const time = fc
  .tuple(fc.nat(999_999), fc.nat(999_999))
  .map(([sec, usec]) => `[${String(sec).padStart(5)}.${String(usec).padStart(6, '0')}]`);
const line = fc
  .tuple(level, time, fc.string({ maxLength: 60 }))
  .map((parts) => `${parts[0]}${parts[1]} ${parts[2].replace(/[\r\n]/g, ' ')}\n`);

test('lines that open as dmesg prints them are a kernel’s for the reader too', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.string({ maxLength: 80 }), (lines, after) => {
      const text = lines.join('') + after;
      assert.is(isSpoken(Buffer.from(text, 'latin1')), kernelLines(text) > 0, text);
    }),
  );
});

test('samples are logs, what describes them is not', () => {
  for (const sample of readdirSync('samples').filter((name) => name !== 'README.md'))
    assert.not.ok(isProse(join('samples', sample, 'dmesg.txt')), sample);
  assert.ok(isProse('LICENSE'));
  assert.ok(isProse('package.json'));
  assert.ok(kernelLines(readFileSync('samples/x86_64-6.1-odd-records/dmesg.txt', 'latin1')) > 0);
});

test.run();
