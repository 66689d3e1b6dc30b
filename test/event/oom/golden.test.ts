// Logs of every wording era, what is right (NAME.expect, by hand) and what we say (NAME.json, by `--update`). The expectation says where
// the log is from: an excerpt of our own captures, or written from a kernel's format strings.
import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assertExpected } from '../../support/expectations.ts';
import { golden } from '../../support/golden.ts';
import { eventsOf, LOGS, logText } from '../../support/read-events.ts';
import { schemaErrors } from '../../support/validate-event.ts';

for (const file of readdirSync(LOGS).filter((f) => f.endsWith('.log'))) {
  test(file, () => {
    const events = eventsOf(logText(file));
    for (const event of events) assert.equal(schemaErrors(event), [], event.title);
    golden(`oom/${file.replace(/\.log$/, '.json')}`, `${JSON.stringify(events, undefined, 1)}\n`);
    assert.match(assertExpected(`${LOGS}/${file}`, events).origin ?? '', /^(?:excerpt|written|the OOM excerpt)/);
  });
}

test.run();
