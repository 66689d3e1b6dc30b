// Salvage: what a wrapped ring still holds of records that it has overwritten, by the number that each of them had.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDump } from '../../../src/dump/open/open-dump.ts';
import { findKernel } from '../../../src/memory/kernel.ts';
import { carveLog } from '../../../src/printk/carve/carve.ts';
import { openLog } from '../../../src/printk/log.ts';
import type { Fragment } from '../../../src/printk/salvage/fragment.ts';
import { salvage } from '../../../src/printk/salvage/salvage.ts';
import { contain } from '../../builder/build-dump.ts';
import { buildImage, type MemoryImage, type RingChoice } from '../../builder/image/memory-image.ts';
import { i386 } from '../../builder/machine/i386.ts';
import { ppc64 } from '../../builder/machine/linear-only.ts';
import type { Machine } from '../../builder/machine/machine.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import type { PrintkCall } from '../../builder/ring/printk-call.ts';
import { opened } from '../../support/read-built.ts';

const textOf = (i: number): string => `line ${i} ${'abcdefgh'.repeat(1 + ((i * 7) % 5))}`;
const calls = (count: number): PrintkCall[] => Array.from({ length: count }, (_, i) => ({ text: textOf(i), level: 6 }));

async function salvaged(machine: Machine, ring: RingChoice, tamper?: (image: MemoryImage) => void): Promise<Fragment[]> {
  const image = buildImage({ machine, ring });
  tamper?.(image);
  return salvage(openLog(findKernel(await openDump(contain(image, { kind: 'elf' }).map((f) => opened(f))), 'built')));
}

for (const make of [() => x86_64(), () => ppc64({ order: 'big' }), () => i386({ release: '6.1.0' })])
  test(`${make().arch}: fragments have their number, are of no record that is printed, and begin as the record did`, async () => {
    for (const count of [40, 100, 333]) {
      // the descriptors run out first, so whole blocks lie free
      const ring: RingChoice = { kind: 'lockless', calls: calls(count), countBits: 4, sizeBits: 11 };
      const expected = buildImage({ machine: make(), ring }).expected.records;
      const found = await salvaged(make(), ring);
      const numbered = found.filter(({ seq }) => seq !== undefined);
      assert.ok(numbered.length > 5, `${numbered.length}`);
      assert.is(new Set(numbered.map(({ seq }) => seq)).size, numbered.length);
      for (const { seq, text } of numbered) {
        assert.ok(seq! < expected[0]!.seq);
        assert.ok(text.startsWith(textOf(seq!)) && text.length <= textOf(seq!).length + 8, `${seq}: ${text}`);
      }
      assert.equal(
        numbered.map(({ seq }) => seq!),
        numbered.map(({ seq }) => seq!).sort((a, b) => a - b),
      ); // oldest first
    }
  });

test('a record in flight comes last, and is said to be', async () => {
  const ring: RingChoice = { kind: 'lockless', calls: [...calls(3), { text: 'never finished', hold: true }, { text: 'behind it' }] };
  assert.equal(await salvaged(x86_64(), ring), [{ text: 'never finished', seq: 3, inFlight: true }]);
});

test('a ring that never wrapped has none; nor has a character log, which is printed whole', async () => {
  assert.equal(await salvaged(x86_64(), { kind: 'lockless', calls: calls(5) }), []);
  assert.equal(await salvaged(x86_64({ release: '2.6.32' }), { kind: 'flat', calls: calls(300), size: 1024 }), []);
});

test('3.5 to 5.9: the rest of a record that was written over', async () => {
  let texts = 0;
  for (let count = 100; count < 120; count++) {
    const found = await salvaged(x86_64({ release: '4.19.0' }), { kind: 'variable', calls: calls(count), size: 2048 });
    for (const { text } of found) assert.match(text, /^[\w ]+$/, JSON.stringify(text));
    texts += found.length;
  }
  assert.ok(texts > 0);
});

test('a carved ring too', async () => {
  const ring: RingChoice = { kind: 'lockless', calls: calls(100), countBits: 4, sizeBits: 11 };
  const image = buildImage({ machine: x86_64(), ring, buffers: 'linear', withoutVmcoreinfo: true });
  const files = contain(image, { kind: 'elf', mapping: 'physical', vmcoreinfoNote: false });
  const log = carveLog(await openDump(files.map((f) => opened(f))))!;
  assert.equal(salvage(log), await salvaged(x86_64(), ring));
});

test('damage: no throw, no record that is there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('descs' as const, 'infos' as const, 'data' as const),
      fc.nat(1500),
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      async (place, offset, bytes) => {
        const found = await salvaged(x86_64(), { kind: 'lockless', calls: calls(60), countBits: 5, sizeBits: 11 }, (image) => {
          const at = image.places[place];
          if (at !== undefined) image.write(at + BigInt(offset % 700), Buffer.from(bytes));
        });
        for (const { seq, text } of found) assert.ok(text.length >= 4 && (seq === undefined || seq >= 0));
      },
    ),
    { numRuns: 60 },
  );
});

test.run();
