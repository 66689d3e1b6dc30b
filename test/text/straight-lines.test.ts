// What the lines that went straight on leave behind for those that do not.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StraightLines } from '../../src/text/straight-lines.ts';

const test = suite('straight lines');
const WINDOW = 512;
const lines = (): StraightLines => new StraightLines((text) => text.includes(' '));

test('the last of them is known, until others stood behind it', () => {
  const straight = lines();
  assert.is(straight.last, undefined);
  straight.add('one two\nthree', 8, 13);
  assert.is(straight.last, 'three');
  straight.interrupt(40);
  assert.is(straight.last, undefined);
  assert.is(straight.columns, 40);
});

test('the longest is one that a break could have been put into, without the blanks of the break', () => {
  const straight = lines();
  straight.add('a line of words  ', 0, 17);
  straight.add('x'.repeat(90), 0, 90);
  assert.is(straight.columns, 15);
});

test('a long line is forgotten after two windows', () => {
  const straight = lines();
  straight.add(`a ${'x'.repeat(98)}`, 0, 100);
  for (let n = 1; n < WINDOW * 2; n++) {
    assert.is(straight.columns, 100, `line ${n}`);
    straight.add('a b', 0, 3);
  }
  assert.is(straight.columns, 3);
});

test.run();
