// Dumps of 64 GiB: what is read of them is headers, bitmaps up to the last page needed, and the log's pages.
import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openInput } from '../../../src/dump/open/open-dump.ts';
import { InputError } from '../../../src/dump/source.ts';
import { contain } from '../../builder/build-dump.ts';
import { type FileImage, fromBuffer, withFilesAsync } from '../../builder/container/file-image.ts';
import { buildImage } from '../../builder/image/memory-image.ts';
import { StructWriter } from '../../builder/image/struct-writer.ts';
import { withRam } from '../../builder/machine/with-ram.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import { expectedLines, type Meter, metered, readBuilt, readLines, readOpened } from '../../support/read-built.ts';

const GIB = 2 ** 30;
const CALLS = Array.from({ length: 60 }, (_, i) => ({ text: `line ${i}` }));

/** Bytes that no codec makes smaller. */
const NOISE = Buffer.concat(Array.from({ length: 141 }, (_, i) => createHash('sha256').update(`${i}`).digest()));

const huge = () => withRam(x86_64(), 64 * GIB);

test('an ELF core of 64 GiB: less than 1 MiB is read', async () => {
  const image = buildImage({ machine: huge(), ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear' });
  const files = contain(image, { kind: 'elf', spread: true });
  assert.ok(files[0]!.size >= 64 * GIB);
  const meter: Meter = { bytes: 0, reads: 0 };
  const log = await readBuilt(files, meter);
  assert.equal(readLines(log.records), expectedLines(image.expected));
  assert.ok(meter.bytes < 2 ** 20, `${meter.bytes} bytes in ${meter.reads} reads`);
});

test('a kdump file of 64 GiB, every page in it: its bitmap is the most that is read', async () => {
  const machine = x86_64();
  const image = buildImage({ machine, ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear' });
  const frames = (64 * GIB) / 4096;
  const files = contain(image, { kind: 'kdump', codecs: ['none'], zeroPages: 'store', claimFrames: frames, spread: 4096 });
  const file = { ...files[0]!, size: frames * 4096 + GIB };
  const meter: Meter = { bytes: 0, reads: 0 };
  const log = await readBuilt([file], meter);
  assert.equal(readLines(log.records), expectedLines(image.expected));
  assert.ok(meter.bytes < 2 * 2 ** 20, `${meter.bytes} bytes in ${meter.reads} reads`);
});

test("QEMU's kdump without a note: the page of zeros that it stores once is not read once a page", async () => {
  for (const codec of ['zlib', 'lzo', 'snappy'] as const) {
    const machine = withRam(x86_64(), 0x400_0000);
    const image = buildImage({
      machine,
      ring: { kind: 'lockless', calls: CALLS },
      buffers: 'linear',
      crashtime: undefined,
      tamper: ({ memory }) => {
        for (let i = 0; i < 400; i++) memory.put(0x380_0000 + i * 8192, NOISE.subarray(i, i + 4096)); // every other page
      },
    });
    const files = contain(image, {
      kind: 'kdump',
      qemu: true,
      vmcoreinfoNote: false,
      zeroPages: 'share',
      codecs: [codec],
      flatten: { record: 16384 },
    });
    const meter: Meter = { bytes: 0, reads: 0 };
    const log = await readBuilt(files, meter);
    assert.equal(readLines(log.records), expectedLines(image.expected));
    assert.ok(meter.bytes < 4 * files[0]!.size, `${meter.bytes} bytes in ${meter.reads} reads, of ${files[0]!.size}`);
  }
});

/** An ELF core of many segments, all of the same 4 KiB of the file. */
function manySegments(count: number): FileImage {
  const shape = { order: 'little', wordSize: 8, u64Align: 8 } as const;
  const size = 128 + count * 56;
  const w = new StructWriter(shape, size + 4096).text(0, '\x7fELF\x02\x01\x01', 7).u16(16, 4).u16(18, 62).u64(32, 128).u64(40, 64);
  w.u16(52, 64).u16(54, 56).u16(56, 0xffff).u16(58, 64).u16(60, 1).u32(108, count);
  for (let i = 0; i < count; i++) {
    const at = 128 + i * 56;
    w.u32(at, 1)
      .u64(at + 8, size)
      .u64(at + 16, 0xffff_8880_0000_0000n + BigInt(i * 8192));
    w.u64(at + 24, i * 8192)
      .u64(at + 32, 4096)
      .u64(at + 40, 4096);
  }
  return fromBuffer(w.bytes);
}

test('segments that name the same bytes of the file are looked through once', async () => {
  const file = manySegments(20_000);
  const meter: Meter = { bytes: 0, reads: 0 };
  await assertRefused([file], meter);
  assert.ok(meter.bytes < 8 * file.size, `${meter.bytes} bytes in ${meter.reads} reads`);
});

test('a bitmap of nothing is read once', async () => {
  const image = buildImage({ machine: x86_64(), ring: { kind: 'lockless', calls: CALLS } });
  const frames = 2 ** 28;
  const [file] = contain(image, { kind: 'kdump', version: 2, claimFrames: 4096 });
  // 2^28 page frames in two bitmaps of 32 MiB, none of them stored
  const head = new StructWriter(image.machine.shape, 8).u32(0, 2 ** 14).u32(4, frames).bytes;
  const empty = { size: 2 ** 27, extents: [...file!.extents.slice(0, 2), { offset: 436, data: head }] };
  const meter: Meter = { bytes: 0, reads: 0 };
  await assertRefused([empty], meter);
  assert.ok(meter.bytes >= frames / 8 && meter.bytes < 1.5 * (frames / 8), `${meter.bytes} bytes in ${meter.reads} reads`);
});

async function assertRefused(files: readonly FileImage[], meter: Meter): Promise<void> {
  const error = await readBuilt(files, meter).catch((e: unknown) => e);
  assert.instance(error, InputError);
}

test('on disk, with holes', async () => {
  const image = buildImage({ machine: huge(), ring: { kind: 'lockless', calls: CALLS } });
  await withFilesAsync(contain(image, { kind: 'elf', spread: true }), async ([path]) => {
    const file = await openInput(path!);
    const meter: Meter = { bytes: 0, reads: 0 };
    const log = await readOpened([metered(file, meter)]);
    file.source.close();
    assert.equal(readLines(log.records), expectedLines(image.expected));
    assert.ok(meter.bytes < 2 ** 20, `${meter.bytes} bytes in ${meter.reads} reads`);
  });
});

test.run();
