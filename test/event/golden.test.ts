// Every log in test/golden/events has beside it what is right (NAME.expect, by hand) and what we say (NAME.json, by `--update`). The
// name of a real log says which kernel printed it.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assertExpected } from '../support/expectations.ts';
import { golden } from '../support/golden.ts';
import { eventsOf } from '../support/read-events.ts';
import { schemaErrors } from '../support/validate-event.ts';

const DIR = 'test/golden/events';

for (const file of readdirSync(DIR).filter((f) => f.endsWith('.log'))) {
  test(file, () => {
    const events = eventsOf(readFileSync(`${DIR}/${file}`, 'latin1'), file);
    for (const event of events) assert.equal(schemaErrors(event), [], event.id);
    golden(`events/${file.replace(/\.log$/, '.json')}`, `${JSON.stringify(events, null, 1)}\n`);
    assertExpected(`${DIR}/${file}`, events);
  });
}
test('the article: both excerpts name the function, its module and the taint; the second the workqueue, pid and CPU', () => {
  const [first] = eventsOf(readFileSync(`${DIR}/article-signatures.log`, 'latin1'));
  const [second] = eventsOf(readFileSync(`${DIR}/article-vmcore-dmesg.log`, 'latin1'));
  for (const event of [first, second]) {
    assert.equal([event?.culprit?.symbol, event?.culprit?.module], ['driver_xyz_process', 'driver_xyz']);
    assert.equal(
      event?.taint?.flags.map((f) => f.letter),
      ['B', 'W', 'O', 'E'],
    );
  }
  assert.is(second?.workqueue, 'events_unbound driver_xyz_wq');
  assert.equal([second?.task?.pid, second?.task?.cpu], [4123, 7]);
});

test.run();
