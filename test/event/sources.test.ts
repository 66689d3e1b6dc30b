// What was read knows the records that say it, and their text holds it as it was printed.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { kindsOf } from '../../src/event/kinds.ts';
import { TextReader } from '../../src/text/reader.ts';
import { eventsOf } from '../support/read-events.ts';

const DIR = 'test/golden/events';
/** Kinds whose families have tables. */
const KINDS = new Set(kindsOf(['lock']));
/** Computed from what was read, or said in the contract's words and not the kernel's. */
const COMPUTED = /^details\.(?:type|key)$|^locks\.\d+\.role$/;

type Leaf = readonly [path: string, value: string | number | boolean];

function leavesOf(value: unknown, path: string): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value as Leaf[1]]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`));
}

/** The records of a path, or of the nearest of which it is a part. */
function recordsOf(sources: Event['sources'], path: string): readonly number[] | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const records = sources?.[at];
    if (records !== undefined) return records;
  }
  return undefined;
}

/** Whether the text holds the value, by its digits: as decimal, as hex, `0x` and leading zeros or none. */
function holds(text: string, value: Leaf[1]): boolean {
  if (typeof value === 'boolean' || text.includes(`${value}`)) return true;
  if (typeof value === 'number') return text.includes(Math.abs(value).toString(16));
  return /^0x[0-9a-f]+$/.test(value) && text.toLowerCase().includes(value.slice(2));
}

for (const file of readdirSync(DIR).filter((f) => f.endsWith('.log'))) {
  const log = readFileSync(`${DIR}/${file}`, 'latin1');
  const events = eventsOf(log, file).filter(({ kind }) => KINDS.has(kind));
  if (events.length === 0) continue;
  test(file, () => {
    const reader = new TextReader({ form: 'dmesg' });
    const texts = new Map<number, string>();
    for (const { seq, text } of [...reader.push(Buffer.from(log, 'latin1')), ...reader.end()]) texts.set(seq, text);
    for (const event of events) {
      for (const [path, value] of (['details', 'locks', 'task'] as const).flatMap((part) => leavesOf(event[part] ?? {}, part))) {
        if (COMPUTED.test(path)) continue;
        const records = recordsOf(event.sources, path);
        assert.ok(records, `${event.id} ${path}: ${value} has no record`);
        const text = (records ?? []).map((seq) => texts.get(seq)).join('\n');
        assert.ok(holds(text, value), `${event.id} ${path}: ${value} is not in\n${text}`);
      }
    }
  });
}

test.run();
