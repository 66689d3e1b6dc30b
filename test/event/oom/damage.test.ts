// Broken input is a value with a reason: a report cut at any line, any bytes in any line, huge numbers. Nothing throws.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oomLines } from '../../support/hostile.ts';
import { eventsOf, logText } from '../../support/read-events.ts';
import { readOom } from '../../support/read-oom.ts';
import { assertLinear } from '../../support/steps.ts';
import { schemaErrors } from '../../support/validate-event.ts';

const LOGS = [
  'real-6.1-cpuset.log',
  'real-7.2-memcg-global.log',
  'era-3.10-memcg-tree.log',
  'era-6.12-slab-leak.log',
  'panic-system-wide.log',
];

for (const file of LOGS) {
  test(`${file} cut behind any line still yields its event, and says so`, () => {
    const lines = logText(file).trimEnd().split('\n');
    const whole = eventsOf(lines.join('\n'));
    for (let end = 1; end < lines.length; end++) {
      const events = eventsOf(lines.slice(0, end).join('\n'));
      assert.ok(events.length > 0, `cut behind line ${end}: no event`);
      const last = events.at(-1);
      assert.equal(schemaErrors(last), []);
      const said = last?.completeness !== 'complete' || events.length === whole.length;
      assert.ok(said || (last?.oom?.victims?.length ?? 0) > 0, `cut behind line ${end}: ${last?.completeness}`);
    }
  });

  test(`${file} cut before any line does not throw`, () => {
    const lines = logText(file).trimEnd().split('\n');
    for (let start = 1; start < lines.length; start++)
      for (const event of eventsOf(lines.slice(start).join('\n'))) assert.equal(schemaErrors(event), []);
  });
}

test('a number that cannot be is no cell, under a column without a name either', () => {
  const rows = [
    '[    777]   110   777  1201003   430219  99999999999999999999999999        0          -999 mysqld',
    '[    512]     0   512 cron',
  ];
  const [event] = eventsOf(['[ pid ]   uid  tgid .', ...rows, 'Out of memory: Killed process 512 (cron) total-vm:36012kB'].join('\n'));
  assert.is(event?.oom?.tasks?.length, 2);
  assert.equal(schemaErrors(event), []);
});

test('any bytes in place of any line', () => {
  const lines = logText('real-6.1-cpuset.log').trimEnd().split('\n');
  const bytes = fc.string({ unit: 'binary', maxLength: 200 }).map((s) => s.replace(/\n/g, ''));
  fc.assert(
    fc.property(fc.nat(lines.length - 1), bytes, (at, text) => {
      for (const event of eventsOf(lines.with(at, `[   13.000000] ${text}`).join('\n'))) assert.equal(schemaErrors(event), []);
    }),
    { numRuns: 150 },
  );
});

test('any mutation of a known line is read or refused, never thrown at', () => {
  const lines = LOGS.flatMap((file) => logText(file).split('\n')).map((line) => line.replace(/^\[[^\]]*\] /, ''));
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.nat(200), fc.nat(20), fc.string({ maxLength: 12 }), (at, from, gone, put) => {
      const line = lines[at] ?? '';
      const mutated = line.slice(0, from) + put + line.slice(from + gone);
      readOom(mutated);
    }),
    { numRuns: 3000 },
  );
});

test('no rule of the grammar stumbles over a line of a real report', () => {
  for (const file of LOGS.concat(
    'real-6.12-ppc64-64k.log',
    'real-6.1-vmalloc.log',
    'failure-regions.log',
    'failure-eras.log',
    'era-4.19-oom-group.log',
  )) {
    for (const raw of logText(file).split('\n')) {
      const line = raw.replace(/^\[[^\]]*\] /, '');
      assert.equal(readOom(line).odd, [], line);
    }
  }
});

test('a line costs what it is long', async () => {
  for (const which of oomLines(0).keys())
    await assertLinear(
      (long) => {
        const line = oomLines(long)[which]!;
        return () => readOom(line);
      },
      1 << 13,
      oomLines(9)[which],
    );
});

test('a report costs what it has of zones, whoever names so many', async () => {
  const zone = (name: string) => [
    `Node 0 ${name} free:5kB min:3kB low:4kB high:5kB`,
    'lowmem_reserve[]: 0 1 2 3',
    `Node 0 ${name}: 1*4kB (U) = 4kB`,
  ];
  const head = ['java invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0', 'Mem-Info:'];
  const kill = 'Out of memory: Killed process 5 (bash) total-vm:1kB';
  for (const nameOf of [() => 'DMA', (i: number) => `Z${i}`])
    await assertLinear(
      (size) => {
        const lines = [
          ...head,
          ...Array.from({ length: size }, (_, i) => zone(nameOf(i)).map((line) => line.replace('Node 0', `Node ${i}`))).flat(),
          kill,
        ];
        const log = lines.map((line) => `[    1.000000] ${line}\n`).join('');
        return () => eventsOf(log);
      },
      4000,
      nameOf(0),
    );
});

test('a line of a megabyte ends', () => {
  for (const line of oomLines(1 << 20)) readOom(line);
});

test.run();
