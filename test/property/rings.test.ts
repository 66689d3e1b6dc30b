// Any calls of printk into a ring of any size: the reader shows exactly what the writer left.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildDump } from '../builder/build-dump.ts';
import { arm } from '../builder/machine/arm.ts';
import { i386 } from '../builder/machine/i386.ts';
import { ppc64 } from '../builder/machine/linear-only.ts';
import type { Machine } from '../builder/machine/machine.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import type { PrintkCall } from '../builder/ring/printk-call.ts';
import { hasLoss } from '../support/has-loss.ts';
import { expectedLines, readBuilt, readLines } from '../support/read-built.ts';

const MACHINES: readonly ((release: string) => Machine)[] = [
  (release) => x86_64({ release }),
  (release) => i386({ release }),
  (release) => arm({ release }),
  (release) => s390x({ release }),
  (release) => ppc64({ release, order: 'big' }),
];

const name = (max: number) => fc.string({ unit: fc.constantFrom(...'abz019:+.'), minLength: 1, maxLength: max });
const call = (holds: boolean): fc.Arbitrary<PrintkCall> =>
  fc.record(
    {
      text: fc.oneof(
        { weight: 3, arbitrary: fc.uint8Array({ maxLength: 80 }).map((b) => Buffer.from(b)) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 64 }).map((n) => Buffer.alloc(n, 0x61)) },
      ),
      tsNsec: fc.bigInt({ min: 0n, max: 1n << 50n }),
      level: fc.integer({ min: 0, max: 7 }),
      facility: fc.integer({ min: 0, max: 23 }),
      caller: fc.oneof(fc.record({ task: fc.integer({ min: 0, max: 4_194_304 }) }), fc.record({ cpu: fc.integer({ min: 0, max: 8191 }) })),
      otherCaller: fc.nat(4096),
      comm: name(15),
      subsystem: name(15),
      device: name(47),
      newline: fc.boolean(),
      cont: fc.boolean(),
      // a writer that was interrupted for good is rare, and blocks the ring
      hold: holds ? fc.integer({ min: 0, max: 30 }).map((n) => n === 0) : fc.constant(false),
    },
    { requiredKeys: ['text', 'tsNsec'] },
  );

const hide = <T extends { callerId2: unknown; comm: unknown }>(lines: T[], hidden: boolean): T[] =>
  hidden ? lines.map((l) => ({ ...l, callerId2: undefined, comm: undefined })) : lines;

test('lockless rings', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call(true), { maxLength: 70 }),
      fc.record({
        countBits: fc.integer({ min: 1, max: 6 }),
        sizeBits: fc.integer({ min: 7, max: 12 }),
        slack: fc.integer({ min: 0, max: 1 }),
        perfectFit: fc.boolean(),
        wideIds: fc.boolean(),
      }),
      fc.constantFrom(...MACHINES),
      fc.constantFrom('5.10.0', '5.15.0', '6.6.0', '7.2.0'),
      async (calls, ring, make, release) => {
        const { files, expected } = buildDump({ machine: make(release), ring: { kind: 'lockless', calls, ...ring } });
        const { records, report } = await readBuilt(files);
        // a record that lost its text before it had any fields holds no names worth comparing
        const plain = release !== '7.2.0';
        assert.equal(hide(readLines(records), plain), hide(expectedLines(expected), plain));
        assert.is(report.dropped, expected.fail);
        assert.not(hasLoss(report), JSON.stringify(report));
      },
    ),
    { numRuns: 400 },
  );
});

test('variable records', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call(false), { maxLength: 60 }),
      fc.record({
        size: fc.integer({ min: 60, max: 500 }).map((n) => n * 8),
        callerId: fc.boolean(),
        align: fc.constantFrom(4 as const, 8 as const),
      }),
      fc.constantFrom(...MACHINES),
      fc.constantFrom('3.10.0', '4.19.0', '5.4.0'),
      async (calls, ring, make, release) => {
        // one record without the flags that nearly all have would pass for 3.5's header
        const flagged = [{ text: 'Linux version', tsNsec: 0n }, ...calls.map((c) => ({ ...c, newline: true }))];
        const { files, expected } = buildDump({
          machine: make(release),
          ring: { kind: 'variable', calls: flagged, ...ring, callerId: ring.callerId && release === '5.4.0' },
        });
        const { records, report } = await readBuilt(files);
        assert.equal(readLines(records), expectedLines(expected, false));
        assert.not(hasLoss(report), report.problems[0]);
      },
    ),
    { numRuns: 300 },
  );
});

test('character logs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call(false), { maxLength: 40 }),
      fc.integer({ min: 7, max: 12 }),
      fc.constantFrom(...MACHINES),
      async (calls, bits, make) => {
        const { files, expected } = buildDump({ machine: make('2.6.32'), ring: { kind: 'flat', calls, size: 2 ** bits } });
        const { flat } = await readBuilt(files);
        assert.is(flat?.toString('latin1'), expected.flat?.toString('latin1'));
      },
    ),
    { numRuns: 100 },
  );
});

test.run();
