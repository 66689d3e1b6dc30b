// What the build writes down of patterns is what taking them apart says.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openBook, startsOf, writeStarts } from '../../../grammars/common/starts.ts';
import { startOf } from '../../../grammars/common/table.ts';
import { FAMILIES } from '../../../grammars/families.ts';

const patterns = FAMILIES.flatMap(({ lines }) => lines.map(startOf));
const known = openBook(writeStarts(patterns));

test('the pattern of every row is known as it is', () => {
  for (const pattern of patterns) assert.equal(known(pattern), startsOf(pattern), String(pattern));
});

test('case counts, and what nobody wrote down is not known', () => {
  const book = openBook(writeStarts([/oops/, /[Cc]all_\w+: (?:a|b)/]));
  assert.is(book(/oops/)?.beginnings.may('O'.charCodeAt(0)), false);
  assert.is(book(/oops/i), undefined);
  assert.is(book(/panic/), undefined);
});

test.run();
