// Containers of firmware and of old kernels: sadump and LKCD, which know nothing of the kernel that they hold.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDump } from '../../../src/dump/open/open-dump.ts';
import { InputError } from '../../../src/dump/source.ts';
import { type ContainerOptions, contain } from '../../builder/build-dump.ts';
import { type FileImage, fromBuffer, toBuffer } from '../../builder/container/file-image.ts';
import { buildImage, type MemoryImage, type RingChoice } from '../../builder/image/memory-image.ts';
import { i386 } from '../../builder/machine/i386.ts';
import { ppc64 } from '../../builder/machine/linear-only.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import { assertPagesAgree, expectedLines, opened, readBuilt, readLines } from '../../support/read-built.ts';

const CALLS = Array.from({ length: 40 }, (_, i) => ({ text: `line ${i} ${'x'.repeat((i * 7) % 31)}` }));
const RING: RingChoice = { kind: 'lockless', calls: CALLS, countBits: 6, sizeBits: 12 };
const OLD: RingChoice = { kind: 'flat', calls: CALLS, size: 4096 };

async function same(image: MemoryImage, container: ContainerOptions): Promise<void> {
  const log = await readBuilt(contain(image, container));
  if (log.flat) assert.is(log.records.length, CALLS.length);
  else assert.equal(readLines(log.records), expectedLines(image.expected));
  assert.ok(log.kernel.proven);
  assertPagesAgree(log.kernel.dump);
  assert.is(log.kernel.dump.details.incomplete, undefined);
}

for (const [name, image] of Object.entries({
  x86_64: () => buildImage({ machine: x86_64(), ring: RING, buffers: 'scattered' }),
  'x86_64 2.6.32': () => buildImage({ machine: x86_64({ release: '2.6.32', kernelOffset: 0 }), ring: OLD }),
  i386: () => buildImage({ machine: i386(), ring: RING }),
})) {
  test(`sadump of ${name}`, async () => {
    for (const options of [{}, { version: 0 }, { blockSize: 8192 }, { exclude: (paddr: number) => paddr < 0x1_0000 }] as const)
      await same(image(), { kind: 'sadump', ...options });
  });
  test(`LKCD of ${name}`, async () => {
    for (const options of [{}, { version: 9, firstPage: 131_072 }, { codecs: ['rle'] }, { codecs: ['raw'] }] as const)
      await same(image(), { kind: 'lkcd', ...options });
  });
}

test('LKCD of a big-endian machine', () =>
  same(buildImage({ machine: ppc64({ order: 'big', pageSize: 4096, radix: false }), ring: RING }), { kind: 'lkcd', version: 10 }));

const image = buildImage({ machine: x86_64(), ring: RING });
const refusal = async (file: FileImage): Promise<string> => {
  const error: unknown = await openDump([opened(file)]).catch((e: unknown) => e);
  assert.instance(error, InputError);
  return (error as Error).message;
};

test('a member of a disk set is named', async () =>
  assert.match(
    await refusal(contain(image, { kind: 'sadump', diskSet: 2 })[0]!),
    /member 2 of a disk set; makedumpfile and crash join them/,
  ));

test('what sadump says of itself', async () => {
  const [file] = contain(image, { kind: 'sadump', exclude: (paddr) => paddr < 0x1_0000 });
  const dump = await openDump([opened(file!)]);
  assert.is(new Date(dump.details.timestamp! * 1000).toISOString(), '2026-11-22T20:26:05.000Z');
  assert.is(dump.details.cpus, 2);
  assert.is(dump.readPhysical(0x4000, Buffer.alloc(8)), 'excluded');
  assert.is(dump.readPhysical(0x80_0000, Buffer.alloc(8)), 'missing');
});

for (const kind of ['sadump', 'lkcd'] as const) {
  test(`${kind} that was cut: as much as is there, and it is said`, async () => {
    const whole = toBuffer(contain(image, { kind })[0]!);
    let most = 0;
    for (const share of [0.3, 0.6, 0.9, 0.99]) {
      const cut = await openDump([opened(fromBuffer(whole.subarray(0, whole.length * share)))]).catch((e: unknown) => e as InputError);
      if (cut instanceof InputError) continue;
      assert.match(cut.details.incomplete ?? '', /^the file ends at \d+/);
      most++;
    }
    assert.ok(most > 0);
    if (kind === 'lkcd')
      assert.match(
        (await openDump(contain(image, { kind, endMarker: false }).map((f) => opened(f)))).details.incomplete!,
        /without an end marker/,
      );
  });

  test(`${kind} with any bytes of its headers changed: refused or read, never thrown at anybody`, async () => {
    const whole = toBuffer(contain(image, { kind })[0]!);
    const place = fc.oneof(
      fc.nat(200),
      fc.integer({ min: 4096, max: 4300 }),
      fc.integer({ min: 65536, max: 65600 }),
      fc.nat(whole.length - 1),
    );
    const change = fc.tuple(place, fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 10 }), async (changes) => {
        const damaged = Buffer.from(whole);
        for (const [at, value] of changes) damaged[at] = value;
        damaged.writeUInt32LE(whole.readUInt32LE(0), 0); // it stays what it is
        const read = await readBuilt([fromBuffer(damaged)]).catch((e: unknown) => e);
        if (read instanceof Error) assert.instance(read, InputError);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
}

test.run();
