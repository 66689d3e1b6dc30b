// gzip: members, what stands behind them, and damage: nothing that can be decoded is lost.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesSource } from '../../../src/dump/open/bytes-source.ts';
import { gunzip } from '../../../src/dump/open/gunzip.ts';

async function unpacked(bytes: Buffer): Promise<{ content: Buffer; cut: string | undefined }> {
  const end: { cut: string | undefined } = { cut: undefined };
  const pieces: Buffer[] = [];
  for await (const piece of gunzip(bytesSource('a.gz', bytes), end)) pieces.push(piece);
  return { content: Buffer.concat(pieces), cut: end.cut };
}

const text = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, i) => 32 + ((i * i + (i >> 3)) % 90)));

test('any members, and anything but a member behind them', async () => {
  const member = fc.nat(100_000).map(text);
  const behind = fc.uint8Array({ maxLength: 64 }).filter(([a, b]) => a !== 0x1f || b !== 0x8b);
  await fc.assert(
    fc.asyncProperty(fc.array(member, { minLength: 1, maxLength: 4 }), behind, async (members, garbage) => {
      const file = Buffer.concat([...members.map((m) => gzipSync(m)), garbage]);
      assert.equal(await unpacked(file), { content: Buffer.concat(members), cut: undefined });
    }),
    { numRuns: 30 },
  );
});

test('a header with every field', async () => {
  const plain = gzipSync(text(500));
  const header = Buffer.concat([plain.subarray(0, 3), Buffer.from([2 | 4 | 8 | 16]), plain.subarray(4, 10)]);
  const fields = Buffer.concat([Buffer.from([3, 0, 1, 2, 3]), Buffer.from('vmcore\0a comment\0'), Buffer.from([0, 0])]);
  assert.equal((await unpacked(Buffer.concat([header, fields, plain.subarray(10)]))).content, text(500));
});

test('cut anywhere: what comes out is a beginning, and said to be one', async () => {
  const whole = text(200_000);
  const file = gzipSync(whole);
  for (let size = 0; size < file.length; size += 997) {
    const { content, cut } = await unpacked(file.subarray(0, size));
    assert.ok(whole.subarray(0, content.length).equals(content));
    if (size > 0) assert.type(cut, 'string', `${size}`);
  }
});

test('a changed byte is told', async () => {
  const file = gzipSync(text(5000));
  for (let at = 10; at < file.length; at += 101) {
    const damaged = Buffer.from(file);
    damaged[at]! ^= 1;
    assert.type((await unpacked(damaged)).cut, 'string');
  }
});

test.run();
