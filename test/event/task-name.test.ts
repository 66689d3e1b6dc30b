// Who a report is about, as all outputs write it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { taskName } from '../../src/event/task-name.ts';

test('name and pid, or what there is of them', () => {
  assert.is(taskName('kworker/u4:0', 7), 'kworker/u4:0[7]');
  assert.is(taskName('java', undefined), 'java');
  assert.is(taskName(undefined, 7), 'pid 7');
  assert.is(taskName(undefined, undefined), undefined);
  // an empty comm is a name that a task can give itself
  assert.is(taskName('', 7), '[7]');
});

test.run();
