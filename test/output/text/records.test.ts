// The records that a claim rests on: a range is named only where every number in it is meant.

import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oomSections } from '../../../src/output/oom/index.ts';
import { eventRange, fewRuns, recordsText, runsOf } from '../../../src/output/text/records.ts';
import { plain } from '../../../src/output/text/theme.ts';
import { TextReader } from '../../../src/text/reader.ts';
import { recordsTail } from '../../../src/tui/oom/labelled.ts';
import { eventsOf, logText } from '../../support/read-events.ts';

const numbers = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });

test('runs are ranges, pairs and single records are not', () => {
  assert.is(recordsText([18, 19, 20, 21, 22, 23, 32, 37, 38, 39, 40]), '18–23, 32, 37–40');
  assert.is(recordsText([7, 8]), '7, 8');
  assert.is(recordsText([12, 7, 12]), '7, 12');
  assert.is(recordsText([]), '');
  assert.is(recordsText(), '');
  assert.is(recordsText([3]), '3');
});

test('the records of an event are a range only where no other stands among them', () => {
  assert.is(eventRange({ first: 3, last: 5, count: 3 }), '3–5');
  assert.is(eventRange({ first: 3, last: 9, count: 3 }), '3…9');
  assert.is(eventRange({ first: 3, last: 3, count: 1 }), '3');
});

test('of many runs the first are named and the records of the others counted', () => {
  assert.is(recordsText([1, 3, 5, 7, 8, 9, 11], 3), '1, 3, 5 and 4 more');
  assert.is(recordsText([1, 3, 5], 3), '1, 3, 5');
  assert.equal(fewRuns([1, 2, 3, 9, 11], 1), { runs: [{ first: 1, last: 3 }], more: 2 });
});

test('what is read back from the runs is what was given, each once', () => {
  fc.assert(
    fc.property(numbers, (records) => {
      const back = runsOf(records).flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, n) => first + n));
      assert.equal(
        back,
        [...new Set(records)].sort((a, b) => a - b),
      );
    }),
  );
});

test('what is named and what is counted are all records', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 6 }), (records, most) => {
      const { runs, more } = fewRuns(records, most);
      const named = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
      assert.is(named + more, new Set(records).size);
      assert.ok(runs.length <= most);
    }),
  );
});

/** `[18–23, 32]` at the end of a line, as numbers. */
const namedIn = (line: string): number[] =>
  (/ \[([\d–, ]+)\]$/.exec(line)?.[1] ?? '').split(', ').flatMap((run) => {
    const [first = 0, last = first] = run.split('–').map(Number);
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });

test('no claim of an out-of-memory report names a record that it does not rest on', () => {
  for (const file of readdirSync('test/golden/oom').filter((name) => name.endsWith('.log'))) {
    for (const event of eventsOf(logText(file))) {
      const claims = event.oom?.cause?.evidence.filter(({ records = [] }) => records.length > 0) ?? [];
      const why = oomSections(event, { width: 10_000, paint: plain }).find(({ title }) => title.startsWith('Why'));
      for (const { text, records = [] } of claims) {
        const line = why?.lines.find((each) => each.startsWith(`- ${text}`)) ?? '';
        if (/ more\]$/.test(line)) continue;
        assert.equal(namedIn(line), records, `${file}: ${line}`);
        assert.equal(namedIn(` ${recordsTail(records)}`), records);
      }
    }
  }
});

test('records of a text log are a range only where their lines are: nothing of another line is claimed', () => {
  const said = (form: 'syslog' | 'dmesg', lines: readonly string[]): string => {
    const reader = new TextReader({ form });
    const records = [...reader.push(Buffer.from(lines.map((line) => `${line}\n`).join(''))), ...reader.end()];
    return recordsText(records.map(({ seq }) => seq));
  };
  const [first = '', second = '', third = ''] = ['one', 'two', 'three'].map((text, n) => `Nov 22 20:00:3${n} host kernel: ${text}`);
  assert.is(said('syslog', [first, second, third]), '1–3');
  // the records follow one another in the log, but line 3 is another program's
  assert.is(said('syslog', [first, second, 'Nov 22 20:00:31 host sshd[1]: x', third]), '1, 2, 4');
  // a record of two lines goes by the number of its first
  assert.is(said('dmesg', ['[    1.000001] one', '               more', '[    1.000002] two', '[    1.000003] three']), '1, 3, 4');
});

test.run();
