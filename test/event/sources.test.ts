// A value knows its records: every value of every golden event that was read and not worked out leads by event.sources to records, and
// their text says it.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { FAMILIES, familyOf, type KindFamily } from '../../src/event/kinds.ts';
import { recordsOf } from '../../src/event/records-of.ts';
import { isPrinted } from '../support/printed.ts';
import { eventsOf, recordsOfLog } from '../support/read-events.ts';

/** What is worked out and stands in no line. */
const COMPUTED = new RegExp(
  `^(?:${[
    // of the event as a whole
    'schemaVersion|source|id|boot|kind|severity|completeness|completenessReason',
    String.raw`title|altTitles\.\d+|signature\..*|records\..*`,
    // of its first record, not of its text
    String.raw`uptime|callerId|wall\..*`,
    // conclusions and translations
    String.raw`culprit\.why|taint\.flags\..*|fault\.hint|code\.faultIndex|code\.instructions\..*`,
    String.raw`oom\.(?:cause|usage|victimChoice|missing)\..*|oom\.pageSizeKb`,
    // its place in the row
    String.raw`oom\.zones\.\d+\.buddy\.\d+\.order`,
    // the key that stands for a command
    String.raw`details\.key`,
    // of repeats that are one event
    String.raw`details\.(?:count|firstUptime|lastUptime|rate)`,
  ].join('|')})$`,
);

/** The share of values that lead to the records that say them, in per cent. It only ever rises. */
const FLOOR: Readonly<Record<KindFamily, number>> = {
  oops: 100,
  panic: 100,
  hung: 100,
  oom: 100,
  corrupt: 100,
  lock: 100,
  warn: 100,
  hw: 91.6,
  other: 98.1,
};

interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean;
}

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => leavesOf(each, path === '' ? key : `${path}.${key}`));
  return value === undefined ? [] : [{ path, value: value as Leaf['value'] }];
}

/** A stack that no line titles is called `Call Trace`, and is the task's where no tag says otherwise. */
function isDefault({ sources = {}, stacks = [] }: Event, { path, value }: Leaf): boolean {
  const [, stack, field] = /^(stacks\.\d+)\.(label|context)$/.exec(path) ?? [];
  if (stack === undefined || sources[path] !== undefined) return false;
  const { length } = stacks[Number(stack.slice('stacks.'.length))]?.frames ?? [];
  return field === 'context' ? value === 'task' : value === 'Call Trace' && sources[stack]?.length === length;
}

interface Count {
  read: number;
  readonly missing: string[];
}

function check(event: Event, texts: ReadonlyMap<number, string>, { missing }: Count): number {
  const { sources: _sources, ...said } = event;
  const leaves = leavesOf(said).filter((leaf) => !COMPUTED.test(leaf.path) && !isDefault(event, leaf));
  for (const { path, value } of leaves) {
    const records = recordsOf(event, path);
    const text = records.map((seq) => texts.get(seq) ?? '').join('\n');
    if (records.length === 0) missing.push(`${event.source} ${event.id} ${path}: ${value} has no records`);
    else if (!isPrinted(path, value, text)) missing.push(`${event.source} ${event.id} ${path}: ${value} is not in ${text}`);
  }
  return leaves.length;
}

const LOGS = ['test/golden/events', 'test/golden/oom'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => `${folder}/${file}`),
);

test('every value that was read leads to records that say it', () => {
  const counts = new Map<KindFamily, Count>(FAMILIES.map((family) => [family, { read: 0, missing: [] }]));
  for (const file of LOGS) {
    const log = readFileSync(file, 'latin1');
    const texts = new Map(recordsOfLog(log).map(({ seq, text }) => [seq, text]));
    for (const event of eventsOf(log, file)) {
      const count = counts.get(familyOf(event.kind)) as Count;
      count.read += check(event, texts, count);
    }
  }
  for (const [family, { read, missing }] of counts) {
    const share = (100 * (read - missing.length)) / read;
    console.log(`${family.padEnd(8)} ${share.toFixed(2).padStart(6)} % of ${read} values`);
    if (process.env.MISSING) console.log(missing.join('\n'));
    assert.ok(share >= FLOOR[family], `${family}: ${missing.slice(0, 20).join('\n')}`);
  }
});

test.run();
