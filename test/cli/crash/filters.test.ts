import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applyFilters } from '../../../src/cli/crash/filters.ts';
import { UsageError } from '../../../src/cli/exit.ts';

const TEXT = 'PID  COMM\n1  init\n22  java\n3  jbd2/vda-8\n22  java\n';
const through = (output: string): string[] => applyFilters(TEXT, output).split('\n').slice(0, -1);

test('grep as people use it behind crash', () => {
  assert.equal(through('| grep java'), ['22  java', '22  java']);
  assert.equal(through('| grep -v java'), ['PID  COMM', '1  init', '3  jbd2/vda-8']);
  assert.equal(through('| grep -i comm'), ['PID  COMM']);
  assert.equal(through('| grep -c java'), ['2']);
  assert.equal(through('| grep -A1 init'), ['1  init', '22  java']);
  assert.equal(through('| grep -B 1 init'), ['PID  COMM', '1  init']);
  assert.equal(through("| egrep 'init|jbd2'"), ['1  init', '3  jbd2/vda-8']);
  assert.equal(through(String.raw`| grep 'init\|jbd2'`), ['1  init', '3  jbd2/vda-8']);
  assert.equal(through('| grep -n init'), ['2:1  init']);
  assert.equal(through('| fgrep a-8'), ['3  jbd2/vda-8']);
  assert.equal([through('| fgrep v.a'), through('| grep -F v.a'), through("| fgrep '('")], [[], [], []]);
  assert.equal(through('| grep -F /vda'), ['3  jbd2/vda-8']);
  assert.equal([through('| grep -w jav'), through('| grep -wc java')], [[], ['2']]);
});

test('head, tail, wc, sort, uniq, and one behind the other', () => {
  assert.equal(through('| head -n 2'), ['PID  COMM', '1  init']);
  assert.equal(through('| head -1'), ['PID  COMM']);
  assert.equal(through('| tail -1'), ['22  java']);
  assert.equal(through('| wc -l'), ['5']);
  assert.equal(through('| grep java | uniq -c'), ['      2 22  java']);
  assert.equal(through('| tail -4 | sort -n').at(0), '1  init');
  assert.equal(through('| sort -rn | head -1'), ['22  java']);
  assert.equal(through('| less').length, 5);
});

test('no program is ever started: what is not built in is told', () => {
  for (const output of ['| sh', '| awk 1', '> /tmp/x', '| head > /tmp/x', '| grep', "| grep '('"]) {
    assert.throws(
      () => applyFilters(TEXT, output),
      (error: unknown) => error instanceof UsageError,
    );
  }
});

test.run();
