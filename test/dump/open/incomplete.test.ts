// A dump that is not all there says so: cut files, absent members of a set, bitmaps without a page.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDump } from '../../../src/dump/open/open-dump.ts';
import { splitIdentity } from '../../../src/dump/open/split-identity.ts';
import { findKernel } from '../../../src/memory/kernel.ts';
import { NoKernelError } from '../../../src/memory/no-kernel.ts';
import { contain } from '../../builder/build-dump.ts';
import { type FileImage, fromBuffer, toBuffer, withFilesAsync } from '../../builder/container/file-image.ts';
import type { KdumpOptions } from '../../builder/container/kdump.ts';
import { buildImage } from '../../builder/image/memory-image.ts';
import { arm64 } from '../../builder/machine/arm64.ts';
import { i386 } from '../../builder/machine/i386.ts';
import { s390x } from '../../builder/machine/s390x.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import { type Meter, opened } from '../../support/read-built.ts';
import { stepsOf } from '../../support/steps.ts';

const CALLS = Array.from({ length: 60 }, (_, i) => ({ text: `line ${i}` }));
const imageOf = (machine = x86_64()) => buildImage({ machine, ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear' });
const incompleteness = async (files: readonly FileImage[]) => (await openDump(files.map((f) => opened(f)))).details.incomplete;
const cutTo = (file: FileImage, size: number): FileImage => fromBuffer(toBuffer(file).subarray(0, size));

const KINDS: Readonly<Record<string, Partial<KdumpOptions>>> = {
  'zlib, pages of zeros left out': {},
  'LZO, a shared page of zeros': { codecs: ['lzo'], zeroPages: 'share' },
  'every page as it is': { codecs: ['none'], zeroPages: 'store' },
  'of QEMU, flattened': { qemu: true },
};

test('kdump without its sub header: the main header says how many pages there are, and the log is found', async () => {
  const [file] = contain(imageOf(), { kind: 'kdump', version: 6 });
  const bytes = toBuffer(file!);
  bytes.fill(0, 4096, 8192);
  const dump = await openDump([opened(fromBuffer(bytes))]);
  assert.match([...findKernel(dump, 'x').info.text].join(''), /OSRELEASE=/);
});

for (const [name, options] of Object.entries(KINDS)) {
  test(`kdump ${name}: whole it is complete; cut in its pages, its table or its bitmaps it is not`, async () => {
    for (const machine of [x86_64(), i386(), s390x(), arm64({ pageSize: 65536 })]) {
      const [file] = contain(imageOf(machine), { kind: 'kdump', ...options });
      assert.is(await incompleteness([file!]), undefined);
      for (const part of [0.2, 0.5, 0.9]) {
        const said = await incompleteness([cutTo(file!, Math.floor(file!.size * part))]);
        assert.match(
          said ?? 'nothing',
          /the file ends at \d+, (the last of its \d+ pages at \d+ \(\d+ % are there\)|in its bitmap|before)/,
        );
      }
      assert.ok(await incompleteness([cutTo(file!, file!.size - 1)]), 'one byte is enough');
    }
  });
}

test('how many pages, and where the last one ends', async () => {
  const image = imageOf();
  const [file] = contain(image, { kind: 'kdump', codecs: ['none'], zeroPages: 'store' });
  const pages = image.machine.ram.reduce((sum, { start, end }) => sum + (end - start) / 4096, 0);
  const said = await incompleteness([cutTo(file!, file!.size - 4096)]);
  assert.is(said, `the file ends at ${file!.size - 4096}, the last of its ${pages} pages at ${file!.size} (99 % are there)`);
});

test('a split set: whole it is complete; whichever member is absent or cut is noticed, one alone too', async () => {
  const files = contain(imageOf(), { kind: 'kdump', split: 4 });
  assert.is(await incompleteness(files), undefined);
  for (let i = 0; i < files.length; i++) {
    const some = files.filter((_, k) => k !== i);
    assert.match(
      (await incompleteness(some)) ?? 'nothing',
      /a member of the split set is absent: nothing holds page frames \d+ to \d+ of \d+/,
    );
    const cut = files.map((f, k) => (k === i ? cutTo(f, f.size - 100) : f));
    assert.match((await incompleteness(cut)) ?? 'nothing', /the file ends at/);
    assert.match((await incompleteness([files[i]!])) ?? 'nothing', /absent/);
  }
});

test('members of a set belong together, compressed or not; those of another set do not', async () => {
  const sets = [x86_64(), x86_64({ release: '6.6.0' })].map((machine) => contain(imageOf(machine), { kind: 'kdump', split: 2 }));
  for (const wrap of [undefined, 'gzip', 'zstd', 'xz'] as const) {
    const files = wrap
      ? [x86_64(), x86_64({ release: '6.6.0' })].flatMap((m) => contain(imageOf(m), { kind: 'kdump', split: 2, wrap }))
      : sets.flat();
    if (files.some((f) => f.size === 0)) continue; // the program is not installed
    await withFilesAsync(files, async (paths) => {
      const [a, b, c, d] = paths.map(splitIdentity);
      assert.ok(a !== undefined && a === b && c !== undefined && c === d && a !== c, wrap ?? 'plain');
    });
  }
});

test('an ELF core cut behind its notes: they are what is left, and the cut is the reason', async () => {
  const whole = toBuffer(contain(imageOf(), { kind: 'elf' })[0]!);
  const dump = await openDump([opened(fromBuffer(whole.subarray(0, 20_000)))]);
  try {
    findKernel(dump, 'cut');
    assert.unreachable();
  } catch (error) {
    assert.instance(error, NoKernelError);
    assert.is((error as NoKernelError).info?.release, '6.1.0');
    assert.match((error as Error).message, /that its VMCOREINFO names.*the file ends at 20000, its segments at \d+/);
  }
});

test('a page whose descriptor was never written is missing, one of nonsense is damaged', async () => {
  const bytes = toBuffer(contain(imageOf(), { kind: 'kdump' })[0]!);
  const table = (1 + bytes.readUInt32LE(432) + bytes.readUInt32LE(436)) * 4096;
  const first = (await openDump([opened(fromBuffer(bytes))])).nextHeld(0)!;
  const stateWith = async (descriptor: Buffer) => {
    descriptor.copy(bytes, table);
    return (await openDump([opened(fromBuffer(bytes))])).readPhysical(first, Buffer.alloc(16));
  };
  assert.is(await stateWith(Buffer.alloc(24)), 'missing');
  assert.is(await stateWith(Buffer.alloc(24, 0xff)), 'damaged');
});

test('a kdump file that claims no page: what its headers say is kept', async () => {
  const bytes = toBuffer(contain(imageOf(), { kind: 'kdump' })[0]!);
  bytes.writeUInt32LE(0, 436); // bitmap_blocks, max_mapnr
  bytes.writeUInt32LE(0, 440);
  bytes.writeBigUInt64LE(0n, 4096 + 96);
  const dump = await openDump([opened(fromBuffer(bytes))]);
  assert.is(dump.details.incomplete, undefined);
  assert.is(dump.details.utsname?.release, '6.1.0');
  assert.throws(() => findKernel(dump, 'none'), /memory of kernel 6\.1\.0.*no page at all/);
});

test('a bitmap of terabytes without a page: told, and soon', async () => {
  const [file] = contain(imageOf(), { kind: 'kdump', version: 2, claimFrames: 1 << 28 });
  const { extents } = file!;
  const bare = {
    size: file!.size,
    extents: extents.map((e) => (e.data.length > 1 << 20 ? { ...e, data: Buffer.alloc(e.data.length) } : e)),
  };
  const meter: Meter = { bytes: 0, reads: 0 };
  const steps = await stepsOf(async () => {
    const dump = await openDump([opened(bare, meter)]);
    assert.throws(() => findKernel(dump, 'bare'), /no page at all in kdump-compressed v2.*did not come to the pages/);
  });
  // it is looked through once, and once more for the words; blocks of zeros are passed over, not their bits
  assert.ok(meter.bytes < 2.1 * bare.size, `${meter.bytes} bytes of ${bare.size}`);
  assert.ok(steps < bare.size / 1000, `${steps} steps`);
});

test.run();
