// Xen: domains as `xl dump-core` writes them, and dom0 in the dump of its host, where a kernel's physical addresses are not the machine's.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../../src/dump/bytes.ts';
import { InputError } from '../../../src/dump/source.ts';
import type { KernelFacts } from '../../../src/memory/arch/architecture.ts';
import { xenRoots } from '../../../src/memory/arch/xen.ts';
import { contain } from '../../builder/build-dump.ts';
import { buildImage, type ImageOptions } from '../../builder/image/memory-image.ts';
import { noteBytes } from '../../builder/image/note.ts';
import { StructWriter } from '../../builder/image/struct-writer.ts';
import type { Machine } from '../../builder/machine/machine.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import { expectedLines, readBuilt, readLines } from '../../support/read-built.ts';

const CALLS = Array.from({ length: 20 }, (_, i) => ({ text: `line ${i}` }));
const imageOf = (machine: Machine, options: Partial<ImageOptions> = {}) =>
  buildImage({ machine, ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear', ...options });

/** A machine whose page tables hold addresses moved by `shift`. */
function moved(machine: Machine, shift: number): Machine {
  const { format } = machine.translation!;
  const { table, leaf } = format;
  const shifted = {
    ...format,
    table: (pa: number, level: number) => table(pa + shift, level),
    leaf: (pa: number, level: number) => leaf(pa + shift, level),
  };
  return { ...machine, translation: { ...machine.translation!, format: shifted } };
}

test('an HVM domain: pages by frame, in any order', async () => {
  const image = imageOf(x86_64());
  const log = await readBuilt(contain(image, { kind: 'xen' }));
  assert.equal(readLines(log.records), expectedLines(image.expected));
  assert.is(log.kernel.dump.container, 'Xen core of an HVM domain');
});

test("a PV domain: its page tables hold the machine's frames", async () => {
  const machineShift = 0x1_2345_0000;
  for (const buffers of ['linear', 'scattered'] as const) {
    const image = imageOf(moved(x86_64(), machineShift), { buffers });
    const log = await readBuilt(contain(image, { kind: 'xen', machineShift }));
    assert.equal(readLines(log.records), expectedLines(image.expected));
    assert.ok(log.kernel.proven);
  }
});

/** What a PV kernel believes of its own place: `shift` below where the machine has it. */
const believes = (shift: bigint) => (text: string) =>
  text.replace(/(NUMBER\(phys_base\)=)(-?\d+)/, (_, key, base) => `${key}${BigInt(base) - shift}`);

test('dom0 in a dump of its host: by where its image lies, or by the tables that a CPU ran on', async () => {
  const shape = { order: 'little', wordSize: 8, u64Align: 8 } as const;
  for (const release of ['4.19.0', '5.4.0', '6.1.0']) {
    const image = imageOf(x86_64({ release, imagePhys: 0x7300_1000 - 0x1000, linearPhys: 0x7400_0000 }), {
      editVmcoreinfo: believes(0x7234_5000n),
      buffers: 'scattered',
    });
    const info = noteBytes(shape, 'Xen', 0x1000001, Buffer.alloc(80));
    const unknown = noteBytes(shape, 'Xen', 0x1000002, Buffer.alloc(32));
    const root = new StructWriter(shape, 32).u64(16, image.physical(image.places.swapper ?? image.machine.stext));
    for (const regs of [unknown, noteBytes(shape, 'Xen', 0x1000002, root.bytes)]) {
      const log = await readBuilt(contain(image, { kind: 'elf', mapping: 'physical', notes: [regs, info] }));
      assert.equal(readLines(log.records), expectedLines(image.expected));
    }
  }
});

test('sections of something else are named', async () => {
  const [file] = contain(imageOf(x86_64()), { kind: 'xen' });
  const broken = { ...file!, extents: file!.extents.map((e, i) => (i === 1 ? { ...e, data: Buffer.alloc(e.data.length) } : e)) };
  await readBuilt([broken]).then(
    () => assert.unreachable(),
    (error) => assert.ok(error instanceof InputError && error.message.includes('the sections of xl dump-core')),
  );
});

test('registers of the host are taken from notes that hold them', () => {
  const cr3 = (name: string, type: number, bytes: number) => {
    const desc = Buffer.alloc(bytes);
    if (bytes >= 24) desc.writeBigUInt64LE(0x1234_5000n, 16);
    return { name, type, desc };
  };
  const notes = [cr3('Xen', 0x1000002, 20), cr3('Xen', 0x1000001, 32), cr3('CORE', 0x1000002, 32), cr3('Xen', 0x1000002, 24)];
  assert.equal([...xenRoots({ dump: { notes }, reader: readerFor('little') } as unknown as KernelFacts)], [0x1234_5000]);
});

test.run();
