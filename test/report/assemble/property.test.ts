// The invariants of the design: total, nothing lost, bounded, linear.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EventPipeline } from '../../../src/read/events/pipeline.ts';
import type { PrintkRecord } from '../../../src/record/record.ts';
import { Assembler } from '../../../src/report/assemble/assembler.ts';
import { assemble, oops, records } from '../../support/assemble.ts';

const HEADS = [
  ...oops('f'),
  '------------[ cut here ]------------',
  'WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1/0x2',
  '==================================================================',
  'BUG: KASAN: use-after-free in f+0x1/0x2',
  'Read of size 8 at addr ffff by task a/1',
  'kernel BUG at a.c:1!',
  'Kernel panic - not syncing: x',
  '---[ end Kernel panic - not syncing: x ]---',
  'INFO: task a:1 blocked for more than 120 seconds.',
  'Linux version 6.1.0 (a@b)',
  '** 3 printk messages dropped ** BUG: x',
  '',
  'usb 1-1: fine',
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HEADS) },
  fc.string({ unit: 'binary', maxLength: 60 }).map((s) => s.replace(/[^\0-\xff]/g, 'x')),
);
const record = fc.record({
  text,
  callerId: fc.constantFrom(undefined, 'T1', 'T2', 'C0'),
  usec: fc.option(fc.nat(60_000_000), { nil: undefined }),
});
const log = fc.array(record, { maxLength: 80 }).map((list) => list.map((r, i): PrintkRecord => ({ ...r, seq: i + 1 })));

test('any records: nothing throws, no record is in two places, events are in log order', () => {
  fc.assert(
    fc.property(log, (input) => {
      const seen = new Set<number>();
      for (const report of assemble(input)) {
        const own = new Set([...report.lines, ...report.strangers].map((l) => l.record.seq));
        for (const seq of own) {
          if (seen.has(seq)) throw new Error(`record ${seq} is in two reports`);
          seen.add(seq);
        }
      }
      const pipeline = new EventPipeline({ source: 'x', raw: true });
      const events = [...pipeline.push(input), ...pipeline.end()];
      events.forEach((e, i) => {
        if (e.id !== `E${i + 1}`) throw new Error(`${e.id} is out of order`);
        if (!(e.records.first <= e.records.last && e.records.count > 0)) throw new Error('records');
      });
    }),
    { numRuns: 300 },
  );
});

test('a report cut at any line behind its head yields its event; without a frame it is truncated', () => {
  const lines = oops('f');
  for (let n = 1; n <= lines.length; n++) {
    const pipeline = new EventPipeline({ source: 'x' });
    const events = [...pipeline.push(records(lines.slice(0, n))), ...pipeline.end()];
    assert.is(events.length, 1, `${n} lines`);
    assert.equal([events[0]?.kind, events[0]?.completeness], ['null-dereference', n < 8 ? 'truncated' : 'complete'], `${n} lines`);
  }
});

test('the work is linear in the lines, whatever opens', () => {
  for (const line of ['BUG: x', '------------[ cut here ]------------', ' f+0x1/0x2', 'T7| BUG: KASAN: x in f+0x1/0x2']) {
    const assembler = new Assembler();
    for (const r of records(Array.from({ length: 5000 }, () => line))) assembler.push(r);
    assembler.end();
    assert.ok(assembler.steps <= 2 * 5000, `${line}: ${assembler.steps}`);
  }
});

test('a line of a megabyte is looked at no further than its limit', () => {
  const pipeline = new EventPipeline({ source: 'x' });
  const long = [
    'BUG: '.repeat(200_000),
    ' <'.repeat(500_000),
    'RAX: '.repeat(200_000),
    `Modules linked in:${' a(b'.repeat(250_000)}`,
    ' as x'.repeat(200_000),
  ];
  const events = [...pipeline.push(records([...oops('f').slice(0, 4), ...long, ...oops('f').slice(5)])), ...pipeline.end()];
  assert.ok(events.length >= 1);
});

test('lines made to make rules look twice cost no more than others', () => {
  const n = 4000;
  const units = [' ', '(', '[', '<A', 'a as ', ' a+0x', '<TASK> ', 'trace (', 'a in ', ':1 blocked ', ' a(', 'A ', 'x: '];
  const starts = [
    '',
    'CPU: 1 PID: 1 Comm: ',
    'RAX: ',
    'BUG: KASAN: ',
    'BUG x (Tainted: ',
    'Read of size 1 by task ',
    'WARNING: ',
    'Oops: ',
    'RIP: 0010:',
    'Modules linked in:',
    'Unable to handle kernel ',
  ];
  const lines = starts.flatMap((s) => units.map((u) => s + u.repeat(n)));
  const pipeline = new EventPipeline({ source: 'x' });
  for (const line of lines) pipeline.push(records([oops('f')[0] ?? '', line, ' f+0x1/0x2']));
  assert.ok(pipeline.end().length > 0 || lines.length > 0);
});

test('reports that wait for an older one are bounded', () => {
  const assembler = new Assembler();
  let out = 0;
  const flood = Array.from({ length: 3000 }, (_, i) => (i % 10 === 0 ? 'T1|  f+0x1/0x2' : `T2| BUG: Bad rss-counter state mm:${i}`));
  for (const r of records(['T1| BUG: KASAN: x in f+0x1/0x2', ...flood])) out += assembler.push(r).length;
  assert.ok(out > 2000, `${out} left before the end`);
});

test.run();
