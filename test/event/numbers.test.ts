// Numbers that no machine has: a log can say any, JSON holds none beyond 2^53.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readLog } from '../support/read-incidents.ts';
import { schemaErrors } from '../support/validate-event.ts';

const HUGE = '9'.repeat(40);

for (const [name, lines] of [
  ['a CPU line', [`CPU: ${HUGE} PID: ${HUGE} Comm: java Not tainted 6.1.0 #1`]],
  ['a bare CPU line', [`CPU ${HUGE}`, `Pid: ${HUGE}, comm: java Not tainted 2.6.32`]],
  ['the title of a stack', [`Allocated by task ${HUGE} on cpu ${HUGE}:`, ' f+0x1/0x2']],
  ['a module’s size', [`Modules linked in: a ${HUGE} - b`]],
] as const)
  test(`${name} with a number of forty digits fits the schema`, () => {
    const text = [
      'BUG: unable to handle kernel NULL pointer dereference at 0000000000000008',
      ...lines,
      'Call Trace:',
      ' f+0x1/0x2',
      ' g+0x1/0x2',
    ]
      .map((line) => `[    1.000000] ${line}\n`)
      .join('');
    const { events } = readLog(text);
    assert.ok(events.length > 0);
    for (const event of events) assert.equal(schemaErrors(event), []);
  });

test.run();
