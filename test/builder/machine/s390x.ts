import { noteBytes } from '../image/note.ts';
import { Region } from '../image/region.ts';
import { StructWriter } from '../image/struct-writer.ts';
import { hex, type Machine, since } from './machine.ts';
import { IMAGE_SIZE, LINEAR_SIZE, place } from './placement.ts';

export interface S390xOptions {
  readonly release?: string;
}

/** Region and segment table entries carry their level in bits 3:2; the lowest region is the third. */
const TYPES = [2n, 1n, 0n];
const OFFSETS = { kernel: 0x3ff_e000_0000n, identity: 0x100_0000_0000n } as const;

export function s390x(options: S390xOptions = {}): Machine {
  const release = options.release ?? '6.1.0';
  // Identity mapped until 6.10; since then the image and the direct map have virtual bases of their own.
  const apart = since(release, 6, 10);
  const at = place(0, { imageAt: 0x10_0000, linearAt: 0x40_0000 });
  const kernelBase = apart ? OFFSETS.kernel : 0n;
  const identity = apart ? OFFSETS.identity : 0n;
  const image = Region.contiguous(kernelBase + (apart ? 0n : BigInt(at.imagePhys)), at.imagePhys, IMAGE_SIZE);
  const linear = Region.contiguous(identity + BigInt(at.linearPhys), at.linearPhys, LINEAR_SIZE);
  const scattered = at.scattered(0x380_0000_1000n, 4096);
  return {
    arch: 's390x',
    release,
    shape: { order: 'big', wordSize: 8, u64Align: 8 },
    pageSize: 4096,
    elfMachine: 22,
    utsMachine: 's390x',
    image,
    linear,
    scattered,
    tables: at.tables,
    ram: at.ram,
    stext: image.vbase,
    segments: [
      ...(apart ? [{ vaddr: image.vbase, paddr: at.imagePhys, size: IMAGE_SIZE }] : []),
      ...at.ram.map((r) => ({ vaddr: identity + BigInt(r.start), paddr: r.start, size: r.end - r.start })),
    ],
    translation: {
      rootAlign: 0x4000,
      format: {
        levels: [
          { shift: 42, bits: 11 },
          { shift: 31, bits: 11 },
          { shift: 20, bits: 11 },
          { shift: 12, bits: 8 },
        ],
        entryBytes: 8,
        table: (pa, level) => BigInt(pa) | ((TYPES[level] ?? 0n) << 2n) | (level < 2 ? 3n : 0n),
        leaf: (pa) => BigInt(pa),
        empty: (level) => (level === 3 ? 0x400n : 0x20n | ((TYPES[level] ?? 0n) << 2n)),
      },
      fill(tables) {
        tables.map(image.vbase, (o) => at.imagePhys + o, IMAGE_SIZE);
        tables.map(linear.vbase, (o) => at.linearPhys + o, LINEAR_SIZE);
        tables.map(scattered.vbase, scattered.physicalOf, scattered.size);
      },
    },
    physBase: 0n,
    finish(memory) {
      // The lowcore says where the note is, whoever makes the dump.
      const note = noteBytes(this.shape, 'VMCOREINFO', 0, Buffer.from(memory.vmcoreinfo, 'latin1'));
      const place = linear.allocate(note.length, 4096);
      memory.write(place, note);
      memory.memory.put(0xe0c, new StructWriter(this.shape, 8).u64(0, linear.physical(place)).bytes);
    },
    vmcoreinfo: () => [
      `SYMBOL(lowcore_ptr)=${hex(image.vbase + 0x2_0000n)}`,
      `SYMBOL(high_memory)=${hex(image.vbase + 0x2_0008n)}`,
      'LENGTH(lowcore_ptr)=512',
      ...(since(release, 5, 14) ? ['SAMODE31=30000', 'EAMODE31=50000'] : []),
      ...(apart ? [`IDENTITYBASE=${hex(identity)}`, `KERNELOFFSET=${hex(kernelBase)}`, `KERNELOFFPHYS=${hex(at.imagePhys)}`] : []),
    ],
  };
}
