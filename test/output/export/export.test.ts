// Events in the forms of other programs: whatever a log holds, the framing stands, and what each field's own tools say of it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { KINDS, SEVERITIES } from '../../../src/event/kinds.ts';
import { ecs } from '../../../src/output/export/ecs.ts';
import type { Export } from '../../../src/output/export/export.ts';
import { journal } from '../../../src/output/export/journal.ts';
import { junit } from '../../../src/output/export/junit.ts';
import { otlp } from '../../../src/output/export/otlp.ts';
import { prometheus } from '../../../src/output/export/prometheus.ts';
import { sarif } from '../../../src/output/export/sarif.ts';
import { entriesOf, isPrometheus, xmlFaults } from '../../support/framings.ts';
import { sample } from '../../support/sample-events.ts';

const context = { now: Date.UTC(2026, 10, 29), version: '0.1.0', what: 'events' as const };

/** What an export writes of events, as bytes; every other one is told with reasons, as an incident is. */
function written(form: Export, events: readonly Event[], inputs: readonly string[] = []): Buffer {
  for (const input of inputs) form.input(input);
  return Buffer.from(
    `${form.head}${events.map((event, i) => form.event(event, i % 2 === 0 ? undefined : [event.title, event.source])).join('')}${form.end()}`,
    form.encoding,
  );
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\n',
    '\r\n\0',
    ']]>',
    '"\\\n',
    '"} 1\nlastkmsg_events 9',
    '<!--',
    '\ud800',
    '\ufffe',
    '\x1b[31m',
    '\xff\xfe',
    'a\u202eb\u2066',
    '日本',
    'a\nMESSAGE=b',
  ),
);
const events: fc.Arbitrary<Event[]> = fc.array(
  fc
    .record({
      source: hostile,
      title: hostile,
      comm: hostile,
      symbol: hostile,
      hash: fc.option(hostile, { nil: undefined }),
      kind: fc.constantFrom(...KINDS),
      severity: fc.constantFrom(...SEVERITIES),
      wall: fc.constantFrom('2024-05-01T12:00:00Z', 'no time', undefined),
      first: fc.nat(9),
    })
    .map(({ source, title, comm, symbol, hash, kind, severity, wall, first }) => ({
      ...sample[0]!,
      source,
      title,
      kind,
      severity,
      wall: wall === undefined ? undefined : { time: wall, source: 'journal' as const, uncertaintySeconds: 1 },
      records: { first, last: first + 2, count: 3 },
      task: { pid: 1, comm },
      culprit: { symbol, module: comm },
      hardware: title,
      kernel: { release: comm },
      stacks: [{ label: title, context: 'task' as const, frames: [{ symbol }] }],
      signature: hash === undefined ? undefined : { hash, frames: [] },
    })),
  { maxLength: 4 },
);
const all = (check: (found: Event[]) => void): void => fc.assert(fc.property(events, check), { numRuns: 200 });
const lossless = (text: string): boolean => text === Buffer.from(text).toString();
/** Nothing that a terminal obeys, but line feeds and tabs. */
const OBEYED = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

test('OTLP: one request on one line, a record an event, 64-bit numbers as strings', () => {
  all((found) => {
    const text = written(otlp(context), found).toString();
    assert.is(text.trimEnd().split('\n').length, 1);
    assert.not.match(text, OBEYED);
    const { resourceLogs } = JSON.parse(text);
    assert.is(resourceLogs.length, found.length);
    for (const [i, { resource, scopeLogs }] of resourceLogs.entries()) {
      const [{ logRecords }] = scopeLogs;
      const [record] = logRecords;
      assert.ok([21, 17, 13, 9].includes(record.severityNumber));
      assert.is(record.timeUnixNano, found[i]?.wall?.time.startsWith('2024') ? '1714564800000000000' : undefined);
      for (const { key, value } of [...resource.attributes, ...record.attributes]) {
        assert.match(key, /^[a-z][\w.]*$/);
        assert.is(Object.keys(value).length, 1);
        if ('intValue' in value) assert.match(value.intValue, /^-?\d+$/);
        if ('stringValue' in value) assert.ok(lossless(value.stringValue));
      }
    }
  });
});

test('ECS: a line an event with what every document must have; a time of reading is said to be one', () => {
  all((found) => {
    const text = written(ecs(context), found).toString();
    assert.not.match(text, OBEYED);
    const lines = text.split('\n').slice(0, -1);
    assert.is(lines.length, found.length);
    for (const [i, line] of lines.entries()) {
      const document = JSON.parse(line);
      const dated = found[i]?.wall?.time.startsWith('2024') ?? false;
      assert.is(document['@timestamp'], dated ? '2024-05-01T12:00:00.000Z' : '2026-11-29T00:00:00.000Z');
      assert.equal(document.tags, dated ? undefined : ['time-of-reading']);
      assert.match(document.ecs.version, /^8\.\d+\.\d+$/);
      assert.ok(['host', 'process', 'network'].includes(document.event.category[0]));
      assert.ok(lossless(document.message) && lossless(document.log.file.path));
    }
  });
});

test('ECS: the process of an OOM kill is the one that was killed', () => {
  const oom = { ...sample[0]!, kind: 'oom-kill' as const, oom: { victims: [{ pid: 7, comm: 'java' }] } } as Event;
  assert.equal(JSON.parse(written(ecs(context), [oom]).toString()).process, { pid: 7, name: 'java' });
});

test('journal export: an entry an event, and every value comes back as it was', () => {
  all((found) => {
    const entries = entriesOf(written(journal(context), found));
    assert.is(entries.length, found.length);
    for (const [i, entry] of entries.entries()) {
      assert.is(entry.get('LASTKMSG_SOURCE'), Buffer.from(found[i]?.source ?? '').toString());
      assert.is(entry.get('LASTKMSG_KIND'), found[i]?.kind);
      assert.is(entry.get('__REALTIME_TIMESTAMP')?.length, 16);
      assert.match(entry.get('_BOOT_ID') ?? '', /^[0-9a-f]{32}$/);
      for (const name of entry.keys()) assert.match(name, /^_{0,2}[A-Z][A-Z0-9_]*$/);
    }
  });
});

test('Prometheus: every line is of the text format, no series is told twice, and sources are bounded', () => {
  all((found) => {
    const text = written(prometheus(context), found).toString();
    assert.not.match(text, OBEYED);
    const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of text.split('\n').slice(0, -1)) assert.ok(isPrometheus(line), JSON.stringify(line));
    const names = series.map((line) => line.slice(0, line.lastIndexOf(' ')));
    assert.is(new Set(names).size, names.length);
    const counts = series.filter((line) => line.startsWith('lastkmsg_events{')).map((line) => Number(line.slice(line.lastIndexOf(' '))));
    assert.is(
      counts.reduce((sum, n) => sum + n, 0),
      found.length,
    );
  });
  const many = Array.from({ length: 1000 }, (_, i) => ({ ...sample[0]!, source: `${i}.log` }));
  const text = written(prometheus(context), many).toString();
  assert.is(text.match(/^lastkmsg_events\{/gm)?.length, 101);
  assert.match(text, 'lastkmsg_events{source="others",kind="null-dereference",severity="fatal"} 900');
});

test('Prometheus: the newest event of a source has its time, in whatever order they come', () => {
  const at = (time: string | undefined) => ({
    ...sample[0]!,
    source: 'a',
    wall: time && { time, source: 'journal', uncertaintySeconds: 1 },
  });
  const last = (...times: readonly (string | undefined)[]) =>
    /^lastkmsg_last_event_timestamp_seconds\{source="a"\} (\S+)$/m.exec(
      written(prometheus(context), times.map(at) as Event[]).toString(),
    )?.[1];
  assert.is(last('1970-01-01T00:02:00Z', '1970-01-01T00:01:00Z', undefined), '120');
  assert.is(last('1970-01-01T00:00:00Z'), '0');
});

test('JUnit: well-formed, its counts are those of its cases, and an input without events has a case that passed', () => {
  all((found) => {
    const text = written(junit(), found, ['quiet.log']).toString();
    assert.not.match(text, OBEYED);
    assert.equal(xmlFaults(text), []);
    const counted = [...text.matchAll(/<testsuite .*? tests="(\d+)" failures="(\d+)" errors="0" skipped="(\d+)"/g)];
    const sum = (at: number): number => counted.reduce((all, match) => all + Number(match[at]), 0);
    assert.is(sum(1), text.match(/<testcase /g)?.length);
    assert.is(sum(2), text.match(/<failure /g)?.length ?? 0);
    assert.is(sum(3), text.match(/<skipped /g)?.length ?? 0);
    if (!found.some(({ source }) => source === 'quiet.log'))
      assert.match(text, '<testcase classname="lastkmsg" name="nothing that kills or warns"/>');
  });
});

test('SARIF: a result for each fault, its rule by its kind, lines from 1', () => {
  all((found) => {
    const text = written(sarif(context), found, ['quiet.log']).toString();
    assert.not.match(text, OBEYED);
    const [{ tool, results, artifacts }] = JSON.parse(text).runs;
    const rules: string[] = tool.driver.rules.map(({ id }: { id: string }) => id);
    assert.is(new Set(rules).size, rules.length);
    let count = 0;
    for (const { ruleId, ruleIndex, level, message, locations, occurrenceCount } of results) {
      assert.is(rules[ruleIndex], ruleId);
      assert.ok(['error', 'warning', 'note'].includes(level));
      assert.ok(message.text !== '');
      const { artifactLocation, region } = locations[0].physicalLocation;
      assert.match(artifactLocation.uri, /^[\w.!~*'()%\-/]*$/);
      assert.not.match(artifactLocation.uri, /^\/\//);
      if (region !== undefined) assert.ok(region.startLine >= 1 && region.endLine >= region.startLine);
      count += occurrenceCount;
    }
    assert.is(count, found.length);
    assert.ok(artifacts.length >= 1);
  });
});

test('what struck often is one case and one result', () => {
  const twice = [sample[0]!, { ...sample[0]!, id: 'E9' }];
  assert.match(written(junit(), twice).toString(), 'tests="1" failures="1"');
  assert.is(JSON.parse(written(sarif(context), twice).toString()).runs[0].results[0].occurrenceCount, 2);
});

/** Runs a program that reads the form, where it is installed. */
function said(program: string, args: readonly string[], input: Buffer): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(program, args, { input });
  return error === undefined ? `${status} ${stdout}${stderr}` : undefined;
}

const nasty = (): Event[] => fc.sample(events, { numRuns: 40, seed: 7 }).flat();

test('promtool, xmllint and systemd-journal-remote take it, where they are installed', () => {
  const promtool = said('promtool', ['check', 'metrics'], written(prometheus(context), nasty()));
  if (promtool !== undefined) assert.is(promtool.trim(), '0');
  const xmllint = said('xmllint', ['--noout', '-'], written(junit(), nasty()));
  if (xmllint !== undefined) assert.is(xmllint.trim(), '0');
  const entries = nasty();
  const file = join(mkdtempSync(join(tmpdir(), 'lastkmsg-journal-')), 'x.journal');
  const remote = said('/lib/systemd/systemd-journal-remote', ['-o', file, '-'], written(journal(context), entries));
  if (remote !== undefined) assert.match(remote, new RegExp(`^0 [^]*after writing ${entries.length} entries`));
  rmSync(dirname(file), { recursive: true });
});

test.run();
