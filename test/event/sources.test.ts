// A value knows its records: every value of every golden event that was read and not worked out leads by event.sources to records, and
// their text says it.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FAMILIES as REPORT_FAMILIES } from '../../grammars/families.ts';
import type { Event } from '../../src/event/event.ts';
import { FAMILIES, familyOf, type KindFamily } from '../../src/event/kinds.ts';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import type { PrintkRecord } from '../../src/record/record.ts';
import { eventsOf, recordsOfLog } from '../support/read-events.ts';
import { missingLine, readOf } from '../support/sources.ts';

const LOGS = ['test/golden/events', 'test/golden/oom'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => `${folder}/${file}`),
);

interface Count {
  read: number;
  readonly missing: string[];
}

/** Says the share of each family, and fails with the values that are missing. */
function judge(counts: ReadonlyMap<KindFamily, Count>): void {
  for (const [family, { read, missing }] of counts) {
    const share = (100 * (read - missing.length)) / read;
    console.log(`${family.padEnd(8)} ${share.toFixed(2).padStart(6)} % of ${read} values`);
    assert.ok(read > 0, `no value of ${family}`);
    assert.equal(missing.slice(0, 20), [], family);
  }
}

/** The values of all events of some records. */
function count(events: readonly Event[], records: readonly PrintkRecord[], counts: ReadonlyMap<KindFamily, Count>): void {
  const texts = new Map(records.map(({ seq, callerId = '', text }) => [seq, `${callerId} ${text}`]));
  for (const event of events) {
    const family = counts.get(familyOf(event.kind)) as Count;
    const { values, missing } = readOf(event, texts);
    family.read += values;
    family.missing.push(...missing.map((each) => missingLine(event, each)));
  }
}

const newCounts = () => new Map<KindFamily, Count>(FAMILIES.map((family) => [family, { read: 0, missing: [] }]));

test('every value that was read leads to records that say it: golden logs', () => {
  const counts = newCounts();
  for (const file of LOGS) {
    const log = readFileSync(file, 'latin1');
    count(eventsOf(log, file), recordsOfLog(log), counts);
  }
  judge(counts);
});

test('the same for the example of each row, alone', () => {
  const counts = newCounts();
  for (const { name, lines } of REPORT_FAMILIES) {
    const pipeline = new EventPipeline({ source: name });
    const records: PrintkRecord[] = [];
    for (const [i, example] of lines.flatMap(({ examples }) => examples).entries()) {
      // hours lie between, so that nothing of one has to do with another
      const own = recordsOfLog(example.replace(/^/gm, `[${(i + 1) * 10_000}.000000] `));
      const from = records.length;
      for (const record of own) records.push({ ...record, seq: from + record.seq });
      count([...pipeline.push(records.slice(from)), ...pipeline.end('silence')], records, counts);
    }
  }
  judge(counts);
});

test.run();
