// No false alarm: machines that work give nothing above information, whatever their kernels complain of while they boot, sleep and wake.
// The logs are written from format strings: each line is one that kernels of healthy machines print.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../support/read-events.ts';

const FOLDER = 'test/golden/healthy';
const logs = readdirSync(FOLDER).filter((file) => file.endsWith('.log'));

test('there are twenty machines', () => {
  assert.ok(logs.length >= 20, `${logs.length}`);
});

for (const file of logs) {
  test(file, () => {
    const above = eventsOf(readFileSync(`${FOLDER}/${file}`, 'latin1')).filter(({ severity }) => severity !== 'info');
    assert.equal(
      above.map(({ severity, title }) => `${severity}: ${title}`),
      [],
    );
  });
}

test.run();
