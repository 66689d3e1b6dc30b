// Logs of every wording era and what must come out of them: test/golden/oom/NAME.log → NAME.json. A log's first line says where it is
// from: an excerpt of our own captures, or written from a kernel's format strings.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { golden } from '../../support/golden.ts';
import { eventsOf, LOGS, logText } from '../../support/read-events.ts';
import { schemaErrors } from '../../support/validate-event.ts';

for (const file of readdirSync(LOGS).filter((f) => f.endsWith('.log'))) {
  test(file, () => {
    assert.match(readFileSync(`${LOGS}/${file}`, 'latin1'), /^# ORIGIN: (?:excerpt|written|the OOM excerpt)/);
    const events = eventsOf(logText(file));
    assert.ok(events.length > 0, 'no event');
    for (const event of events) assert.equal(schemaErrors(event), [], event.title);
    golden(`oom/${file.replace(/\.log$/, '.json')}`, `${JSON.stringify(events, undefined, 1)}\n`);
  });
}

test.run();
