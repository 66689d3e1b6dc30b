import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLine } from '../../../src/cli/crash/line.ts';

test('words between blanks, then what the output goes through', () => {
  assert.equal(parseLine('  ps  -m | head -n 5 | wc'), { words: ['ps', '-m'], output: '| head -n 5 | wc' });
  assert.equal(parseLine('log > out.txt'), { words: ['log'], output: '> out.txt' });
  assert.equal(parseLine('bt'), { words: ['bt'], output: undefined });
  assert.equal(parseLine(''), { words: [], output: undefined });
});

test('quotes keep blanks and pipes in a word', () => {
  assert.equal(parseLine(`log | grep "a | b"`).output, '| grep "a | b"');
  assert.equal(parseLine(`ps 'a | b' ""`), { words: ['ps', 'a | b', ''], output: undefined });
  assert.equal(parseLine(`ps 'open`), { words: ['ps', 'open'], output: undefined });
});

test.run();
