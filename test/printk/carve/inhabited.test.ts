// Pages of zeros are passed over, and nothing else is: every byte that is not zero comes once, with some of the zeros around it.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openRaw } from '../../../src/dump/raw.ts';
import { inhabited } from '../../../src/printk/carve/inhabited.ts';

const AROUND = 128;
const SIZE = 3 * 2 ** 20; // chunks of memory are a MiB

test('what is yielded is disjoint, ascends, and holds every byte that is not zero with its neighbours', () => {
  const places = fc.array(fc.oneof(fc.nat(SIZE - 1), fc.constantFrom(0, 4095, 4096, 2 ** 20 - 1, 2 ** 20, SIZE - 1)), { maxLength: 40 });
  fc.assert(
    fc.property(places, fc.nat(4096), (filled, cut) => {
      const memory = Buffer.alloc(SIZE - cut);
      for (const at of filled) if (at < memory.length) memory[at] = 1 + (at % 255);
      const seen = Buffer.alloc(memory.length);
      let [end, total] = [0, 0];
      const pieces: { from: number; to: number }[] = [];
      for (const { bytes, paddr } of inhabited(openRaw({ name: 'raw', size: memory.length, read: (o, n) => memory.subarray(o, o + n) }))) {
        assert.ok(paddr >= end);
        end = paddr + bytes.length;
        total += bytes.length;
        bytes.copy(seen, paddr);
        pieces.push({ from: paddr, to: end });
      }
      assert.ok(seen.equals(memory));
      assert.ok(total <= new Set(filled).size * (4096 + 2 * AROUND));
      for (const at of filled.filter((a) => a < memory.length)) {
        const chunk = Math.floor(at / 2 ** 20) * 2 ** 20;
        const page = Math.floor(at / 4096) * 4096;
        const [low, high] = [Math.max(chunk, page - AROUND), Math.min(memory.length, chunk + 2 ** 20, page + 4096 + AROUND)];
        assert.ok(low >= 0 && pieces.some(({ from, to }) => from <= at && at < to));
        const covered = pieces
          .filter(({ from, to }) => to > low && from < high)
          .reduce((n, p) => n + Math.min(p.to, high) - Math.max(p.from, low), 0);
        assert.is(covered, high - low);
      }
    }),
    { numRuns: 60 },
  );
});

test.run();
