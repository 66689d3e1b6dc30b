import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../src/text/reader.ts';

const read = (lines: readonly string[]): string[] => {
  const reader = new TextReader();
  return [...reader.push(Buffer.from(`${lines.join('\n')}\n`)), ...reader.end()].map((r) => r.text);
};
const at = (usec: number, text: string): string => `[    0.${String(usec).padStart(6, '0')}] ${text}`;

test('a log that a second console repeats is given once', () => {
  const head = [at(0, 'Linux version 6.1.0'), at(0, 'Command line: earlyprintk=ttyS0,keep'), at(180_000, 'Console: colour')];
  const later = ['frame', 'frame', 'other'].map((text) => at(300_000, text));
  const twice = later.flatMap((line) => [line, line]);
  const block = [at(400_000, 'two'), at(400_000, 'lines')];
  assert.equal(read(['Probing EDD', ...head, ...head, ...twice, ...block, ...block]), [
    'Probing EDD',
    ...[...head, ...later, ...block].map((l) => l.slice(15)),
  ]);
});

test('equal lines of one console stay', () => {
  const lines = [at(0, 'Linux version 6.1.0'), at(5, 'a'), at(5, 'a'), at(5, 'a')];
  assert.is(read(lines).length, 4);
});

test('a second boot stays', () => {
  const boot = [at(0, 'Linux version 6.1.0'), at(0, 'Command line: quiet'), '[    9.000000] late'];
  assert.is(read([...boot, ...boot]).length, 6);
});

test.run();
