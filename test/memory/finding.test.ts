// Which VMCOREINFO is believed: the note where it fits the memory, else a copy in memory that does; never a stranger's.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/dump/source.ts';
import { contain } from '../builder/build-dump.ts';
import { buildImage, type ImageOptions } from '../builder/image/memory-image.ts';
import { noteBytes } from '../builder/image/note.ts';
import { arm64 } from '../builder/machine/arm64.ts';
import type { Machine } from '../builder/machine/machine.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import { expectedLines, readBuilt, readLines } from '../support/read-built.ts';

const CALLS = Array.from({ length: 12 }, (_, i) => ({ text: `line ${i}` }));
const imageOf = (machine: Machine, options: Partial<ImageOptions> = {}) =>
  buildImage({ machine, ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear', ...options });
/** The same kernel one boot ago: another release, another place. */
const stranger = () => imageOf(x86_64({ release: '5.10.0', kernelOffset: 0x0a00_0000, imagePhys: 0x480_0000 })).vmcoreinfo;

test('a note of another kernel gives way to the copy in memory', async () => {
  for (const container of [{ kind: 'elf' }, { kind: 'kdump' }] as const) {
    const image = imageOf(x86_64());
    const log = await readBuilt(contain({ ...image, vmcoreinfo: stranger() }, container));
    assert.equal(readLines(log.records), expectedLines(image.expected));
    assert.is(log.kernel.info.release, '6.1.0');
    assert.is(log.kernel.infoSource, 'memory');
    assert.ok(log.kernel.warnings.length > 0, 'said so');
  }
});

test("the leftovers of another boot, lower in memory than the kernel's own copy, are passed over", async () => {
  const image = imageOf(x86_64(), {
    tamper: (i) => {
      i.memory.put(0x1000, Buffer.from(stranger()));
      i.memory.put(0x4000, noteBytes(i.machine.shape, 'VMCOREINFO', 0, Buffer.from(stranger())));
      // a log file in the page cache that quotes one
      i.memory.put(0x7000, Buffer.from('OSRELEASE=6.1.0\nPAGESIZE=4096\nand then something else entirely\n'));
    },
  });
  for (const container of [
    { kind: 'lime' },
    { kind: 'elf', mapping: 'physical', vmcoreinfoNote: false },
    { kind: 'kdump', version: 2 },
  ] as const) {
    const log = await readBuilt(contain(image, container));
    assert.equal(readLines(log.records), expectedLines(image.expected));
    assert.is(log.kernel.info.release, '6.1.0');
  }
});

test('before 4.13 the copy stands anywhere in .bss, not at the start of a page', async () => {
  for (const release of ['2.6.32', '3.10.0', '4.4.0']) {
    const machine = x86_64({ release, kernelOffset: 0 });
    const image = buildImage({
      machine,
      ring: release === '2.6.32' ? { kind: 'flat', calls: CALLS } : { kind: 'variable', calls: CALLS },
      withoutVmcoreinfo: true,
      tamper: (i) => {
        const note = noteBytes(i.machine.shape, 'VMCOREINFO', 0, Buffer.from(i.vmcoreinfo));
        i.write(i.machine.image.allocate(note.length + 0x2004, 4) + 0x1234n, note);
      },
    });
    const log = await readBuilt(contain(image, { kind: 'elf', vmcoreinfoNote: false }));
    assert.is(log.kernel.info.release, release);
    assert.ok(log.kernel.proven);
  }
});

// NUMBER(phys_base) came with 4.10; the kernel was relocatable and randomised long before.
for (const [where, container] of Object.entries({
  "the segments of kexec's ELF": { kind: 'elf' },
  'the sub header of a kdump file': { kind: 'kdump' },
  'the sub header of a kdump file without a note': { kind: 'kdump', vmcoreinfoNote: false },
  'nothing but memory: ELF with physical addresses': { kind: 'elf', mapping: 'physical' },
  'nothing but memory: LiME': { kind: 'lime' },
} as const)) {
  test(`x86-64 before 4.10, moved: phys_base from ${where}`, async () => {
    for (const [release, kernelOffset, imagePhys] of [
      ['2.6.32', 0, 0x200_0000],
      ['3.10.0', 0, 0x7a0_0000],
      ['4.4.0', 0x1520_0000, 0x100_0000],
    ] as const) {
      const image = buildImage({
        machine: x86_64({ release, kernelOffset, imagePhys }),
        ring: release === '2.6.32' ? { kind: 'flat', calls: CALLS } : { kind: 'variable', calls: CALLS },
        buffers: 'linear',
      });
      const log = await readBuilt(contain(image, container));
      assert.ok(log.kernel.proven);
      assert.is(log.records.length, CALLS.length, release);
    }
  });
}

test('s390x: the note that the lowcore points to, where no other copy is left', async () => {
  for (const release of ['4.14.0', '6.1.0', '6.12.0']) {
    const image = imageOf(s390x({ release }), { withoutVmcoreinfo: true });
    for (const container of [{ kind: 's390' }, { kind: 'elf', vmcoreinfoNote: false }] as const) {
      const log = await readBuilt(contain(image, container));
      assert.equal(readLines(log.records), expectedLines(image.expected));
    }
  }
});

test('no VMCOREINFO anywhere: one InputError, in words', async () => {
  const image = imageOf(x86_64(), { withoutVmcoreinfo: true });
  for (const container of [{ kind: 'lime' }, { kind: 'kdump', vmcoreinfoNote: false }, { kind: 'elf', vmcoreinfoNote: false }] as const) {
    try {
      await readBuilt(contain(image, container));
      assert.unreachable(container.kind);
    } catch (error) {
      assert.instance(error, InputError);
      assert.match((error as Error).message, /VMCOREINFO/);
    }
  }
});

test('a guest that did not crash has no CRASHTIME', async () => {
  const log = await readBuilt(contain(imageOf(arm64(), { crashtime: undefined }), { kind: 'elf', mapping: 'physical' }));
  assert.is(log.kernel.info.crashTime, undefined);
  assert.is(log.records.length, CALLS.length);
});

test('text that lost its tail or its last newline, or had a line cut at 80 bytes, still leads to the log', async () => {
  const edits: ((text: string) => string)[] = [
    (t) => t.trimEnd(),
    (t) => t.slice(0, t.indexOf('CRASHTIME')),
    (t) => t.replace('SYMBOL(node_online_map)', `SYMBOL(${'node_online_map_'.repeat(5)}`.slice(0, 80)),
    (t) => t.replaceAll('\n', '\n\n'),
    (t) => `${t}\0\0\0\0`,
  ];
  for (const editVmcoreinfo of edits) {
    const image = imageOf(x86_64(), { editVmcoreinfo });
    const log = await readBuilt(contain(image, { kind: 'elf' }));
    assert.equal(readLines(log.records), expectedLines(image.expected));
  }
});

test.run();
