// JSON of a log that cannot all be read: what is lost is said, with its number.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../src/text/reader.ts';

const entry = (text: string): string => JSON.stringify({ _TRANSPORT: 'kernel', __REALTIME_TIMESTAMP: '1764446434000000', MESSAGE: text });

function read(lines: readonly string[]): readonly [texts: readonly string[], losses: readonly string[]] {
  const reader = new TextReader();
  const records = [...reader.push(Buffer.from(`${lines.join('\n')}\n`)), ...reader.end()];
  return [records.map(({ text }) => text), reader.losses];
}
const HEAD = Array.from({ length: 5 }, (_, i) => entry(`usb 1-1: line ${i}`));

test('objects that are no JSON are counted as a loss, those around them are read', () => {
  const [whole, none] = read([...HEAD, entry('last')]);
  assert.equal([whole.length, none], [6, []]);
  const [texts, losses] = read([...HEAD, '{"MESSAGE": nothing}', entry('between'), '{"MESSAGE": "x" "y"}', entry('last')]);
  assert.equal(texts.slice(-2), ['between', 'last']);
  assert.equal(losses, ['2 JSON objects could not be read']);
});

test('an object without its end is read as far as it goes; one that says nothing is lost', () => {
  const cut = entry('the last words');
  assert.equal(read([...HEAD, cut.slice(0, -4)])[0].at(-1), 'the last wor');
  assert.equal(read([...HEAD, '{"MESSAGE": nothing'])[1], ['1 JSON objects could not be read']);
});

test.run();
