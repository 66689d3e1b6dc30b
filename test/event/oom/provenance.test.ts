// Every value that was read leads back to the lines that say it: event.sources, over all golden OOM reports.
import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { eventsOf, LOGS, logText } from '../../support/read-events.ts';

/** What is worked out and printed nowhere. */
const COMPUTED = new RegExp(
  [
    String.raw`^oom\.(?:cause|victimChoice|missing)\.`,
    String.raw`^oom\.usage\.(?:scope|unaccountedKb|tasksRssKb)$`,
    // of the event itself
    '^(?:schemaVersion|source|id|boot|kind|severity|title|altTitles|culprit|signature|records|uptime|callerId|completeness|completenessReason)',
  ].join('|'),
);
/** What follows from the text of its records and is not in it letter by letter. */
const CONVERTED = new RegExp(
  [
    String.raw`^oom\.usage\.(?:totalKb|parts\.\d+\.)`, // sums
    String.raw`^oom\.trigger\.gfpFlags`, // names of the mask, which kernels print since 4.6
    String.raw`^oom\.cgroup\.(?:pod|container|runtime|unit)$`, // parts of the path, unescaped
    String.raw`^oom\.allocations\.\d+\.bytes$`, // printed as 1.4 GiB
    String.raw`^oom\.zones\.\d+\.buddy\.\d+\.order$`, // its place on the line
    String.raw`^oom\.victims\.\d+\.pgtablesKb$`, // in bytes until 5.4.10
    String.raw`^oom\.pageSizeKb$`,
    String.raw`^oom\.doubts\.`, // quoted with the counter's name
    String.raw`^details\.(?:what|seconds)$`,
    '^(?:stacks|taint|modules|registers)', // offsets, letters, hex without leading zeros
    String.raw`^kernel\.version$`, // its blanks are one
  ].join('|'),
);
/** Lists with one record an item, in order. */
const TABLES = ['oom.tasks', 'oom.slabs', 'oom.allocations', 'oom.doubts'];

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

function leavesOf(value: unknown, path: string): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, path === '' ? key : `${path}.${key}`));
}

/** The records behind a path: its own, or those of what it is part of. */
function recordsOf({ sources = {} }: Event, path: string): readonly number[] | undefined {
  const table = TABLES.find((name) => path.startsWith(`${name}.`));
  if (table !== undefined) return sources[table]?.slice(Number(path.split('.')[2])).slice(0, 1);
  for (let at = path.length; at > 0; at = path.lastIndexOf('.', at - 1)) {
    const found = sources[path.slice(0, at)];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Values that were read, and those of them that lead nowhere or to lines that do not say them. */
function checked(event: Event): { readonly read: number; readonly wrong: string[] } {
  const { raw = [], sources: _sources, ...said } = event;
  const texts = new Map(raw.map(({ seq, text }) => [seq, text]));
  // where the report names no release, it is that of the log's banner
  const banner = event.sources?.['kernel.release'] === undefined ? 'kernel.release' : undefined;
  const read = leavesOf(said, '').filter(({ path }) => !COMPUTED.test(path) && path !== banner);
  const wrong = read.flatMap(({ path, value }) => {
    const records = recordsOf(event, path) ?? [];
    if (records.length === 0) return [`${path} has no record`];
    if (typeof value === 'boolean' || CONVERTED.test(path)) return [];
    const shown = records.map((seq) => texts.get(seq) ?? `no record ${seq} in the report`).join('\n');
    return shown.includes(String(value)) ? [] : [`${path} ${value} is not in: ${shown}`];
  });
  return { read: read.length, wrong };
}

for (const file of readdirSync(LOGS).filter((f) => f.endsWith('.log'))) {
  test(`${file}: all values that were read have the records that say them`, () => {
    const events = eventsOf(logText(file), file, true).filter(({ oom }) => oom !== undefined);
    assert.ok(events.length > 0);
    for (const event of events) {
      const { read, wrong } = checked(event);
      assert.ok(read > 0, event.title);
      assert.equal(wrong, []);
    }
  });
}

test('the rows of the task table lead each to its own record', () => {
  const [event] = eventsOf(logText('real-6.1-cpuset.log'), 'log', true);
  const tasks = event?.oom?.tasks ?? [];
  const records = event?.sources?.['oom.tasks'] ?? [];
  assert.is(records.length, tasks.length);
  assert.is(new Set(records).size, tasks.length);
});

test.run();
