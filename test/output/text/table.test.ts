import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tableLines } from '../../../src/output/oom/table.ts';
import { bareTable } from '../../../src/output/text/table.ts';

const cell = (text: string) => ({ lines: [text] });

test('a long table has the columns of a short one', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => [cell(`${i}`), cell(i === 700 ? 'wider than the rest' : `n${i}`), cell('end')]);
  const lines = bareTable(rows, [4, 19, 3], [0]).split('\n');
  assert.is(lines.length, rows.length + 1);
  assert.is(lines[0], '  0  n0                   end');
  assert.is(new Set(lines.slice(0, -1).map((line) => line.length)).size, 1);
});

test('heads and numbers of a long table stand in line, and no number of rows ends it', () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => [`${i}`, `task${i}`]);
  const { lines } = tableLines([{ head: 'PID', align: 'right' }, { head: 'NAME' }], rows, []);
  assert.is(lines.length, rows.length + 1);
  assert.equal([lines[0], lines[1], lines.at(-1)], ['   PID  NAME', '     0  task0', '149999  task149999']);
});

test.run();
