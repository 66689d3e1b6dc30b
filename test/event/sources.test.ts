// A value knows its records: every value of every golden event that was read and not worked out leads by event.sources to records, and
// their text says it.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FAMILIES as REPORT_FAMILIES } from '../../grammars/families.ts';
import type { Event } from '../../src/event/event.ts';
import { RULES } from '../../src/event/hardware/index.ts';
import { FAMILIES, familyOf, type KindFamily } from '../../src/event/kinds.ts';
import { recordsOf } from '../../src/event/records-of.ts';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import type { PrintkRecord } from '../../src/record/record.ts';
import { tableOf } from '../../src/report/tables.ts';
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
    String.raw`oom\.(?:cause|usage|victimChoice|missing)\..*|oom\.pageSizeKb|oom\.victims\.\d+\.inferred`,
    // its place in the row
    String.raw`oom\.zones\.\d+\.buddy\.\d+\.order`,
    // the key that stands for a command
    String.raw`details\.key`,
    // of a stack without a head, how far it can be trusted
    String.raw`details\.confidence`,
    // of repeats that are one event
    String.raw`details\.(?:count|firstUptime|lastUptime|rate)`,
  ].join('|')})$`,
);

/** Details that the hardware's rules work out of what was read. */
const DERIVED = new Set(
  Object.values(RULES).flatMap((rules) =>
    rules.flatMap(({ meaning }) => [...Object.keys(meaning.derive ?? {}), ...(meaning.outcome === undefined ? [] : ['outcome'])]),
  ),
);
const TABLES = REPORT_FAMILIES.filter(({ name }) => name in RULES).map(tableOf);

/**
 * Whether a detail is worked out and not read: a rule makes it, and no row that knows one of its lines has a field of that name. It rests on
 * the lines of the fields that the rule looks at, which need not say it.
 */
function isDerived({ path }: Leaf, text: string): boolean {
  const name = path.slice('details.'.length);
  if (!path.startsWith('details.') || !DERIVED.has(name)) return false;
  return !text.split('\n').some((line) => TABLES.some((recognise) => recognise(line)?.fields?.[name] !== undefined));
}

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

/** A victim whose kill line is lost is measured by the table's pages, which no line says in kB. */
function isOfPages({ oom }: Event, { path }: Leaf): boolean {
  const [, index] = /^oom\.victims\.(\d+)\.(?:totalVmKb|rssKb)$/.exec(path) ?? [];
  return index !== undefined && oom?.victims?.[Number(index)]?.inferred === true;
}

interface Count {
  read: number;
  readonly missing: string[];
}

function check(event: Event, texts: ReadonlyMap<number, string>, { missing }: Count): number {
  const { sources: _sources, ...said } = event;
  const leaves = leavesOf(said).filter((leaf) => !COMPUTED.test(leaf.path) && !isDefault(event, leaf) && !isOfPages(event, leaf));
  for (const leaf of leaves) {
    const { path, value } = leaf;
    const records = recordsOf(event, path);
    const text = records.map((seq) => texts.get(seq) ?? '').join('\n');
    if (records.length === 0) missing.push(`${event.source} ${event.id} ${path}: ${value} has no records`);
    else if (!isDerived(leaf, text) && !isPrinted(path, value, text))
      missing.push(`${event.source} ${event.id} ${path}: ${value} is not in ${text}`);
  }
  return leaves.length;
}

const LOGS = ['test/golden/events', 'test/golden/oom'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => `${folder}/${file}`),
);

/** Says the share of each family, and fails with the values that are missing. */
function judge(counts: ReadonlyMap<KindFamily, Count>): void {
  for (const [family, { read, missing }] of counts) {
    const share = (100 * (read - missing.length)) / read;
    console.log(`${family.padEnd(8)} ${share.toFixed(2).padStart(6)} % of ${read} values`);
    assert.equal(missing.slice(0, 20), [], family);
  }
}

/** The values of all events of some records. */
function count(events: readonly Event[], records: readonly PrintkRecord[], counts: ReadonlyMap<KindFamily, Count>): void {
  const texts = new Map(records.map(({ seq, callerId = '', text }) => [seq, `${callerId} ${text}`]));
  for (const event of events) {
    const family = counts.get(familyOf(event.kind)) as Count;
    family.read += check(event, texts, family);
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
