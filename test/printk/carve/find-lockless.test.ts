// What is taken for three entries in a row of a ring's arrays, in words as they stand in memory.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findRuns, type LocklessRuns } from '../../../src/printk/carve/find-lockless.ts';

const INFO = 88;
const DESC = 24;

/** Three of struct printk_info: seq, ts_nsec, text_len. */
function infos(entries: readonly (readonly [seq: bigint, nsec: bigint, textLen: number])[]): Buffer {
  const bytes = Buffer.alloc(INFO * entries.length);
  entries.forEach(([seq, nsec, textLen], i) => {
    bytes.writeBigUInt64LE(seq, i * INFO);
    bytes.writeBigUInt64LE(nsec, i * INFO + 8);
    bytes.writeUInt16LE(textLen, i * INFO + 16);
  });
  return bytes;
}

function found(bytes: Buffer): LocklessRuns {
  const runs: LocklessRuns = { infos: [], descs: [] };
  findRuns(runs, bytes, 0x1000, 'little', 8);
  return runs;
}
const isInfo = (...times: readonly bigint[]): boolean =>
  found(infos(times.map((time, i) => [7n + BigInt(i), time, 20] as const))).infos.length > 0;
const YEAR = 31_557_600_000_000_000n;

test('records: numbers that count up, at times that a machine can be up for', () => {
  assert.equal(
    found(
      infos([
        [7n, 1000n, 20],
        [8n, 1000n, 20],
        [9n, 2000n, 20],
      ]),
    ).infos,
    [{ address: 0x1000, number: 7n, last: 9n, stride: INFO }],
  );
  assert.ok(isInfo(9n * YEAR, 9n * YEAR, 9n * YEAR));
  assert.not.ok(isInfo(11n * YEAR, 11n * YEAR, 11n * YEAR), 'longer than any machine is up');
  assert.ok(isInfo(2_000_000_000n, 1_500_000_000n, 1_600_000_000n), "CPUs' clocks differ a little");
  assert.not.ok(isInfo(3_000_000_000n, 1_500_000_000n, 1_600_000_000n), 'a time that runs back');
});

test('records at the very beginning have no time yet, but text; a table of numbers has neither', () => {
  const early = (textLen: number) =>
    found(
      infos([
        [1n, 0n, textLen],
        [2n, 0n, 0],
        [3n, 0n, 0],
      ]),
    ).infos.length;
  assert.equal([early(20), early(0)], [1, 0]);
});

/** Three of struct prb_desc: state and identifier, where its text begins, where the next one does. */
function descs(entries: readonly (readonly [id: bigint, state: bigint, begin: bigint, next: bigint])[]): number {
  const bytes = Buffer.alloc(DESC * entries.length);
  entries.forEach(([id, state, begin, next], i) => {
    for (const [n, word] of [(state << 62n) | id, begin, next].entries()) bytes.writeBigUInt64LE(word, i * DESC + n * 8);
  });
  return found(bytes).descs.length;
}

test('descriptors: identifiers that count up, text behind text, in a state that has a record', () => {
  const three = (state: bigint, gap = 0n) =>
    descs([
      [5n, state, 0x40n, 0x60n],
      [6n, state, 0x60n + gap, 0x80n + gap],
      [7n, state, 0x80n + gap, 0xa0n],
    ]);
  assert.equal([three(1n), three(2n)], [1, 1], 'committed, finalized');
  assert.equal([three(0n), three(3n)], [0, 0], 'reserved, reusable');
  assert.is(three(1n, 8n), 0, 'a gap between texts');
  assert.is(
    descs([
      [5n, 1n, 0x40n, 0x40n],
      [6n, 1n, 0x40n, 0x40n],
      [7n, 1n, 0x40n, 0x40n],
    ]),
    0,
    'no text',
  );
  assert.is(
    descs([
      [5n, 1n, 0x40n, 0x60n],
      [6n | (1n << 40n), 1n, 0x60n, 0x80n],
      [7n, 1n, 0x80n, 0xa0n],
    ]),
    0,
    'another identifier',
  );
});

test.run();
