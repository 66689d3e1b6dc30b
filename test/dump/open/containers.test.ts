// One memory image, one log: whatever the container, its version, codec, byte order, or what was put around it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDump, openInput } from '../../../src/dump/open/open-dump.ts';
import { InputError } from '../../../src/dump/source.ts';
import { type ContainerOptions, contain } from '../../builder/build-dump.ts';
import { fromBuffer, withFilesAsync } from '../../builder/container/file-image.ts';
import { buildImage, type MemoryImage } from '../../builder/image/memory-image.ts';
import { arm } from '../../builder/machine/arm.ts';
import { arm64 } from '../../builder/machine/arm64.ts';
import { i386 } from '../../builder/machine/i386.ts';
import { ppc64 } from '../../builder/machine/linear-only.ts';
import type { Machine } from '../../builder/machine/machine.ts';
import { riscv64 } from '../../builder/machine/riscv64.ts';
import { s390x } from '../../builder/machine/s390x.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import type { PrintkCall } from '../../builder/ring/printk-call.ts';
import { hasLoss } from '../../support/has-loss.ts';
import { assertPagesAgree, expectedLines, opened, readBuilt, readLines, readOpened } from '../../support/read-built.ts';

const CALLS: PrintkCall[] = Array.from({ length: 60 }, (_, i) => ({
  text: `line ${i} ${'x'.repeat((i * 7) % 31)}`,
  level: i % 8,
  caller: { task: i },
}));
const imageOf = (machine: Machine): MemoryImage =>
  buildImage({ machine, ring: { kind: 'lockless', calls: CALLS, countBits: 6, sizeBits: 12 }, buffers: 'linear' });

async function same(image: MemoryImage, container: ContainerOptions): Promise<void> {
  const log = await readBuilt(contain(image, container));
  assert.equal(readLines(log.records), expectedLines(image.expected));
  assert.ok(log.kernel.proven, 'translation proven');
  assert.not(hasLoss(log.report), log.report.problems[0]);
}

const ANY: Readonly<Record<string, ContainerOptions>> = {
  'ELF core of kexec': { kind: 'elf' },
  'ELF core, paging off': { kind: 'elf', mapping: 'physical', vmcoreinfoNote: false },
  'ELF core, p_vaddr 0': { kind: 'elf', mapping: 'zero' },
  'ELF core, paging on': { kind: 'elf', mapping: 'paging' },
  'ELF core, kcore': { kind: 'elf', mapping: 'kcore' },
  'ELF core, count of segments in section 0': { kind: 'elf', pnXnum: true },
  'ELF core, section headers first': { kind: 'elf', pnXnum: true, sectionsFirst: true },
  'ELF core, zero tails left out': { kind: 'elf', mapping: 'physical', trimTail: 4096 },
  'ELF core, flattened': { kind: 'elf', flatten: { record: 5000 } },
  'kdump v3': { kind: 'kdump', version: 3 },
  'kdump v4': { kind: 'kdump', version: 4 },
  'kdump v5': { kind: 'kdump', version: 5 },
  'kdump v6': { kind: 'kdump', version: 6 },
  'kdump v0, VMCOREINFO in memory only': { kind: 'kdump', version: 0 },
  'kdump v1, VMCOREINFO in memory only': { kind: 'kdump', version: 1 },
  'kdump v2, VMCOREINFO in memory only': { kind: 'kdump', version: 2 },
  'kdump, every page as it is': { kind: 'kdump', codecs: ['none'], zeroPages: 'store' },
  'kdump, shared page of zeros': { kind: 'kdump', zeroPages: 'share' },
  'kdump, LZO': { kind: 'kdump', codecs: ['lzo'], zeroPages: 'store' },
  'kdump, snappy': { kind: 'kdump', codecs: ['snappy'], zeroPages: 'store' },
  'kdump, zstd': { kind: 'kdump', codecs: ['zstd'], zeroPages: 'share' },
  'kdump, codecs mixed': { kind: 'kdump', codecs: ['zlib', 'lzo', 'none', 'snappy', 'zstd'], zeroPages: 'share' },
  'kdump of QEMU, flattened': { kind: 'kdump', qemu: true, flatten: { end: 'qemu' } },
  'kdump of QEMU without a note': { kind: 'kdump', qemu: true, vmcoreinfoNote: false },
  'kdump, marked incomplete': { kind: 'kdump', incomplete: true },
  'kdump, flattened': { kind: 'kdump', flatten: {} },
  'kdump, flattened, small records in reverse': { kind: 'kdump', flatten: { record: 700, order: 'reverse' } },
  'kdump, flattened, header rewritten at the end': { kind: 'kdump', flatten: { record: 3000, order: 'interleaved', rewriteHeader: true } },
  'kdump, flattened, no end marker': { kind: 'kdump', flatten: { end: 'missing' } },
  'kdump, split in two': { kind: 'kdump', split: 2 },
  'kdump, split in seven': { kind: 'kdump', split: 7, codecs: ['lzo'] },
  LiME: { kind: 'lime' },
};

const MACHINES: Readonly<Record<string, () => Machine>> = {
  x86_64: () => x86_64(),
  'i386 PAE': () => i386(),
  i386: () => i386({ pae: false }),
  'arm64 64K': () => arm64({ pageSize: 65536 }),
  arm: () => arm(),
  s390x: () => s390x(),
  ppc64le: () => ppc64(),
};

for (const [name, make] of Object.entries(MACHINES)) {
  test(`${name}: the same log from every container`, async () => {
    const wrong: string[] = [];
    const image = imageOf(make());
    for (const [container, options] of Object.entries(ANY)) {
      try {
        await same(image, options);
      } catch (error) {
        wrong.push(`${container}: ${(error as Error).message.split('\n')[0]}`);
      }
    }
    assert.equal(wrong, []);
  });
}

test('pages that the zstd program compressed', async () => {
  await same(imageOf(x86_64()), { kind: 'kdump', codecs: ['zstd-program'] });
});

test('32-bit kernels in 64-bit and in 32-bit ELF', async () => {
  for (const elfClass of [32, 64] as const) {
    for (const make of [() => i386({ pae: true }), () => i386({ pae: false }), () => arm(), () => arm({ order: 'big' })]) {
      await same(imageOf(make()), { kind: 'elf', elfClass });
    }
  }
});

test('32-bit sub headers, packed and padded, of every version', async () => {
  for (const version of [3, 4, 5, 6]) {
    for (const padded of [false, true]) {
      for (const make of [() => i386(), () => arm()]) await same(imageOf(make()), { kind: 'kdump', version, padded });
    }
  }
});

test('arm: page frames counted from 0 and from phys_base', async () => {
  for (const fromPhysBase of [false, true]) {
    for (const vmcoreinfoNote of [false, true]) await same(imageOf(arm()), { kind: 'kdump', fromPhysBase, vmcoreinfoNote });
  }
});

test('one bitmap instead of two', async () => {
  await same(imageOf(x86_64()), { kind: 'kdump', version: 3, singleBitmap: true });
});

test('QEMU: blocks of 64 KiB on arm64 and ppc64, big-endian headers on ppc64le', async () => {
  await same(imageOf(arm64()), { kind: 'kdump', qemu: true, blockSize: 65536 });
  await same(imageOf(ppc64({ pageSize: 4096 })), { kind: 'kdump', qemu: true, blockSize: 65536, vmcoreinfoNote: false });
  await same(imageOf(ppc64()), { kind: 'kdump', qemu: true, order: 'big', vmcoreinfoNote: false });
});

test('more than 65535 segments', async () => {
  const image = imageOf(x86_64());
  const many = Array.from({ length: 70_000 }, (_, i) => ({ vaddr: 0n, paddr: 0x4_0000_0000 + i * 4096, size: 1 }));
  const crowded = { ...image, machine: { ...image.machine, segments: [...many, ...image.machine.segments] } };
  await same(crowded, { kind: 'elf', pnXnum: true });
});

test('raw memory', async () => {
  for (const make of [() => x86_64(), () => i386(), () => s390x(), () => ppc64()]) await same(imageOf(make()), { kind: 'raw' });
});

const GIB = 2 ** 30;

test('raw memory that does not begin at 0: the base is found', async () => {
  for (const base of [GIB, 2 * GIB, 0x1220_0000, 0x8_8000_0000])
    for (const make of [arm64, riscv64]) await same(imageOf(make({ ramBase: base })), { kind: 'raw', base });
  await same(imageOf(riscv64({ release: '6.1.0', vaBits: 39 })), { kind: 'raw', base: 2 * GIB });
});

test("raw memory of a PC without the hole below 4 GiB: its kernel, its log's memory, or both above", async () => {
  const [imagePhys, linearPhys] = [4.0625 * GIB, 4.125 * GIB];
  await same(imageOf(x86_64({ imagePhys, linearPhys })), { kind: 'raw', hole: 3.25 * GIB });
  await same(imageOf(x86_64({ imagePhys })), { kind: 'raw', hole: 2.625 * GIB }); // no usual one: found by the kernel's name
  // an image in low memory says nothing of the hole: the usual ones are tried
  for (const gib of [2, 3, 3.5, 3.75]) await same(imageOf(x86_64({ linearPhys })), { kind: 'raw', hole: gib * GIB });
});

test('s390 stand-alone dumps, with and without the end marker', async () => {
  for (const release of ['4.14.0', '6.1.0', '6.12.0']) {
    for (const endMarker of [true, false]) await same(imageOf(s390x({ release })), { kind: 's390', endMarker });
  }
});

test('the members of a split set in any order; one that is absent is missing memory, never zeros', async () => {
  const image = imageOf(x86_64());
  const files = contain(image, { kind: 'kdump', split: 4, zeroPages: 'store' });
  const log = await readBuilt([files[2]!, files[0]!, files[3]!, files[1]!]);
  assert.equal(readLines(log.records), expectedLines(image.expected));
  for (let absent = 0; absent < files.length; absent++) {
    const some = files.filter((_, i) => i !== absent);
    const texts = new Set(image.expected.records.map((r) => r.text.toString('latin1')));
    try {
      const partial = await readBuilt(some);
      for (const r of partial.records) assert.ok(r.text === '' ? r.ring?.loss : texts.has(r.text), `${r.seq}: ${r.text}`);
      assert.ok(partial.records.length === image.expected.records.length || hasLoss(partial.report), `member ${absent}`);
    } catch (error) {
      assert.instance(error, InputError);
    }
  }
});

test('the members of a split set, each flattened, some or all', async () => {
  const image = imageOf(x86_64());
  const plain = contain(image, { kind: 'kdump', split: 3 });
  const flat = contain(image, { kind: 'kdump', split: 3, flatten: {} });
  for (const files of [flat, [flat[1]!, plain[0]!, plain[2]!], [plain[2]!, flat[0]!, flat[1]!]])
    await withFilesAsync(files, async (paths) => {
      const log = await readOpened(await Promise.all(paths.map((path) => openInput(path))));
      assert.equal(readLines(log.records), expectedLines(image.expected));
      assert.is(log.kernel.dump.details.incomplete, undefined);
    });
});

test('whole-file compression around anything', async () => {
  const image = imageOf(x86_64());
  for (const wrap of ['gzip', 'xz', 'zstd', 'bzip2', 'lz4', 'lzma', 'lzop', 'uncompress'] as const) {
    for (const container of [{ kind: 'elf' }, { kind: 'kdump', flatten: {} }] as const) {
      const files = contain(image, { ...container, wrap });
      if (files[0]!.size === 0) continue; // the program is not installed
      await withFilesAsync(files, async ([path]) => {
        const log = await readOpened([await openInput(path!)]);
        assert.equal(readLines(log.records), expectedLines(image.expected));
        assert.equal(log.kernel.dump.details.wrappers, [wrap]);
      });
    }
  }
});

test('AVML', async () => {
  await same(imageOf(x86_64()), { kind: 'avml' });
  assertPagesAgree((await readBuilt(contain(imageOf(x86_64()), { kind: 'avml' }))).kernel.dump);
  const [file] = contain(imageOf(x86_64()), { kind: 'avml' });
  const cut = await openDump([opened({ ...file!, size: Math.floor(file!.size / 2) })]);
  assert.match(cut.details.incomplete ?? '', /the file ends at/);
});

test('what is recognised and not read is refused by name', async () => {
  const heads = {
    'a Fujitsu sadump on backup media': `${'\0'.repeat(4096)}sadump\0\0`,
    'a Xen save file': 'Xen saved domain, xl format',
    'a Windows minidump': 'MDMP',
  };
  for (const [name, magic] of Object.entries(heads)) {
    await withFilesAsync([fromBuffer(Buffer.from(magic.padEnd(8192, '\0'), 'latin1'))], async ([path]) => {
      const error = await openInput(path!).then(
        () => assert.unreachable(),
        (e: Error) => e,
      );
      assert.instance(error, InputError);
      assert.ok((error as Error).message.includes(name));
    });
  }
});

test('machines that we have no tables of, and kcore before 4.11: by the virtual addresses of the segments', async () => {
  const machines = [
    { make: ppc64({ pageSize: 4096 }), elfMachine: 15, utsMachine: 'parisc64' },
    { make: arm({ order: 'big' }), elfMachine: 20, utsMachine: 'ppc' },
    { make: x86_64(), elfMachine: 50, utsMachine: 'ia64' },
    { make: arm(), elfMachine: 8, utsMachine: 'mips' },
    { make: arm(), elfMachine: 42, utsMachine: 'sh4' },
    { make: ppc64(), elfMachine: 43, utsMachine: 'sparc64' },
  ];
  for (const { make, elfMachine, utsMachine } of machines) {
    const image = buildImage({ machine: { ...make, elfMachine, utsMachine }, ring: { kind: 'lockless', calls: CALLS }, buffers: 'image' });
    await same(image, { kind: 'elf' });
  }
  const image = imageOf(x86_64());
  const shown = contain(image, { kind: 'elf' })[0]!;
  const head = Buffer.from(shown.extents[0]!.data);
  const phnum = head.readUInt16LE(56);
  for (let i = 0; i < phnum; i++) head.writeBigUInt64LE(0n, Number(head.readBigUInt64LE(32)) + i * 56 + 24);
  const log = await readBuilt([{ ...shown, extents: [{ offset: 0, data: head }, ...shown.extents.slice(1)] }]);
  assert.equal(readLines(log.records), expectedLines(image.expected));
});

test('what a container says of itself is told', async () => {
  const image = imageOf(x86_64());
  const kdump = await openDump(contain(image, { kind: 'kdump', codecs: ['lzo'], incomplete: true }).map((f) => opened(f)));
  assert.is(kdump.machine, 'x86_64');
  assert.is(kdump.byteOrder, 'little');
  assert.is(kdump.details.compression, 'lzo');
  assert.is(kdump.details.dumpLevel, 1);
  assert.is(kdump.details.utsname?.nodename, image.nodename);
  assert.ok(kdump.details.incomplete);
  const flat = await openDump(contain(image, { kind: 'kdump', flatten: { end: 'missing' } }).map((f) => opened(f)));
  assert.is(flat.details.flattened, true);
  assert.ok(flat.details.incomplete);
  const split = await openDump(contain(image, { kind: 'kdump', split: 3 }).map((f) => opened(f)));
  assert.is(split.details.split?.members, 3);
});

test.run();
