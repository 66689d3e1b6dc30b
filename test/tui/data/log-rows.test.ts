// The rows of the log screen: no record is lost by folding or filtering, and both ways of looking up agree.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { LogRows } from '../../../src/tui/data/log-rows.ts';
import { Source } from '../../../src/tui/data/source.ts';

/** A log of so many records; each report has its own records, others stand between them. */
function logOf(count: number, reports: readonly { readonly from: number; readonly length: number; readonly step: number }[]): Source {
  const source = new Source('a.log');
  source.take({ kind: 'records', records: Array.from({ length: count }, (_, i) => ({ seq: i + 1, usec: i * 1000, text: `line ${i}` })) });
  for (const [i, { from, length, step }] of reports.entries()) {
    const members = Array.from({ length }, (_, k) => from + k * step).filter((seq) => seq <= count && source.records.owner(seq - 1) < 0);
    if (members.length === 0) continue;
    const records = { first: members[0]!, last: members.at(-1)!, count: members.length };
    source.take({ kind: 'event', event: { id: `E${i + 1}`, kind: 'warning', records } as Event, members });
  }
  return source;
}

const logs = fc.tuple(
  fc.integer({ min: 1, max: 400 }),
  fc.array(
    fc.record({ from: fc.integer({ min: 1, max: 400 }), length: fc.integer({ min: 1, max: 120 }), step: fc.constantFrom(1, 1, 2) }),
    {
      maxLength: 6,
    },
  ),
);

/** Every record that the rows account for, in order. */
function covered(rows: LogRows): number[] {
  const found: number[] = [];
  for (let i = 0; i < rows.count; i++) {
    const row = rows.at(i)!;
    for (let k = 0; k < (row.kind === 'record' ? 1 : row.count); k++) found.push(row.row + k);
  }
  return found;
}

test('every record is in exactly one row, shown, folded or hidden', () => {
  fc.assert(
    fc.property(
      logs,
      fc.option(fc.array(fc.boolean(), { minLength: 400, maxLength: 400 }), { nil: undefined }),
      ([count, reports], passes) => {
        const source = logOf(count, reports);
        const shown = passes && Array.from({ length: count }, (_, i) => i).filter((i) => passes[i]);
        const rows = new LogRows(source, new Set(), shown);
        assert.equal(
          covered(rows),
          Array.from({ length: count }, (_, i) => i),
        );
        for (let i = 0; i < rows.count; i++) assert.is(rows.rowOf(rows.at(i)!.row), i);
        if (shown) for (let i = 0; i < rows.count; i++) if (rows.at(i)!.kind === 'record') assert.ok(shown.includes(rows.at(i)!.row));
      },
    ),
  );
});

test('an unfolded report is shown whole', () => {
  const source = logOf(200, [{ from: 50, length: 100, step: 1 }]);
  const folded = new LogRows(source, new Set());
  assert.ok(folded.count < 200);
  assert.is(folded.at(folded.rowOf(140))?.kind, 'fold');
  assert.is(new LogRows(source, new Set(['E1'])).count, 200);
});

test('what stands between the records of a report is not folded with it', () => {
  const source = logOf(200, [{ from: 1, length: 60, step: 2 }]);
  assert.is(new LogRows(source, new Set()).count, 200);
});

test.run();
