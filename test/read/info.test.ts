// What is said of an input is the same whoever read it: `dump` of incidents is what `info --json` prints.
import { Readable } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLogInput } from '../../src/read/inputs/open.ts';
import { textFrom } from '../../src/read/inputs/text-input.ts';
import { readIncidents } from '../../src/read/read-incidents.ts';

test('a dump whose writers were interrupted counts them once', async () => {
  const name = 'samples/synthetic-x86_64-6.1-record-states/vmcore';
  const input = await openLogInput([{ name }]);
  const { info } = await readIncidents(input);
  assert.is(info.log.inFlight, 1);
  assert.equal(input.info(), info, 'asking twice reads nothing twice');
  await input.close();
});

test('the times of a text are those of its first and last record that have one', async () => {
  const text = 'Booting Linux\n[    1.500000] usb 1-1: new device\n[    2.250000] usb 1-1: gone\nlogin: \n';
  const input = await textFrom('console.log', { chunks: Readable.from([Buffer.from(text)]) });
  for await (const _ of input?.batches ?? []);
  const { records, firstUptime, lastUptime } = input?.info().log ?? {};
  assert.equal({ records, firstUptime, lastUptime }, { records: 4, firstUptime: 1.5, lastUptime: 2.25 });
});

test.run();
