// Page codecs: what the encoders of the builder wrote comes back, and what nobody wrote is refused, never a crash or a hang.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePage, decodeStart } from '../../src/dump/codec/codec.ts';
import { loadZstd } from '../../src/dump/codec/zstd.ts';
import { CODEC_FLAG, type Codec, encodePage } from '../builder/codec/codec.ts';
import { lzo1x } from '../builder/codec/lzo.ts';
import { snappyBlock } from '../builder/codec/snappy.ts';

const CODECS: readonly Codec[] = ['none', 'zlib', 'lzo', 'snappy', 'zstd'];
const SIZES = [4096, 16384, 65536];

/** Pages of runs, of text repeated from near and far, and of noise. */
const page = (size: number): fc.Arbitrary<Buffer> =>
  fc
    .array(
      fc.oneof(
        fc.record({ kind: fc.constant('run' as const), byte: fc.nat(255), n: fc.integer({ min: 1, max: 4000 }) }),
        fc.record({ kind: fc.constant('noise' as const), seed: fc.nat(), n: fc.integer({ min: 1, max: 700 }) }),
        fc.record({ kind: fc.constant('copy' as const), back: fc.integer({ min: 1, max: 60000 }), n: fc.integer({ min: 1, max: 900 }) }),
      ),
      { minLength: 1, maxLength: 60 },
    )
    .map((parts) => {
      const out = Buffer.alloc(size);
      let at = 0;
      for (const p of parts) {
        for (let i = 0; i < p.n && at < size; i++, at++) {
          if (p.kind === 'run') out[at] = p.byte;
          else if (p.kind === 'copy') out[at] = at >= p.back ? out[at - p.back]! : i & 255;
          else out[at] = (Math.imul(p.seed + i + 1, 0x9e37_79b1) >>> 13) & 255;
        }
      }
      return out;
    });

test('what was encoded comes back', async () => {
  await loadZstd();
  for (const size of SIZES) {
    fc.assert(
      fc.property(page(size), fc.constantFrom(...CODECS), (bytes, codec) => {
        const encoded = encodePage(codec, bytes);
        const back = encoded ? decodePage(encoded, CODEC_FLAG[codec], size) : decodePage(bytes, 0, size);
        assert.ok(back?.equals(bytes), codec);
        const start = encoded ? decodeStart(encoded, CODEC_FLAG[codec], size) : decodeStart(bytes, 0, size);
        assert.ok(start && start.length >= 64 && bytes.subarray(0, start.length).equals(start), `the start, ${codec}`);
      }),
      { numRuns: size > 4096 ? 60 : 200 },
    );
  }
});

test('encodings that grew are read too: the program decides, not the decoder', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 600 }), (bytes) => {
      const input = Buffer.from(bytes);
      assert.ok(decodePage(lzo1x(input), CODEC_FLAG.lzo, input.length)?.equals(input), 'lzo');
      assert.ok(decodePage(snappyBlock(input), CODEC_FLAG.snappy, input.length)?.equals(input), 'snappy');
    }),
    { numRuns: 500 },
  );
});

test('a damaged page gives a page or nothing, at once', async () => {
  await loadZstd();
  fc.assert(
    fc.property(
      page(4096),
      fc.constantFrom(...CODECS.slice(1)),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (bytes, codec, flips, keep) => {
        const encoded = encodePage(codec, bytes);
        if (!encoded) return;
        const damaged = Buffer.from(encoded.subarray(0, Math.ceil(encoded.length * keep)));
        for (const [where, value] of flips) damaged[Math.floor(where * damaged.length)] = value;
        const out = decodePage(damaged, CODEC_FLAG[codec], 4096);
        assert.ok(out === undefined || out.length === 4096);
      },
    ),
    { numRuns: 600 },
  );
});

test('noise is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(1, 2, 4, 0x20, 0x27, 0), (noise, flags) => {
      const out = decodePage(Buffer.from(noise), flags, 4096);
      assert.ok(out === undefined || out.length === 4096);
    }),
    { numRuns: 1000 },
  );
});

test.run();
