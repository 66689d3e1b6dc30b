// Every architecture, page size and address width: the ring is found in the image, in the direct map, and where only a walk finds it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ContainerOptions, contain } from '../../builder/build-dump.ts';
import { buildImage } from '../../builder/image/memory-image.ts';
import { MACHINES } from '../../builder/machine/catalogue.ts';
import type { PrintkCall } from '../../builder/ring/printk-call.ts';
import { expectedLines, readBuilt, readLines } from '../../support/read-built.ts';

const CALLS: PrintkCall[] = Array.from({ length: 40 }, (_, i) => ({
  text: `line ${i} ${'x'.repeat((i * 7) % 31)}`,
  level: i % 8,
  caller: { task: i },
}));

/** Containers that say which machine it was, and help with its addresses, or do not. */
const CONTAINERS: Readonly<Record<string, ContainerOptions>> = {
  'ELF as kexec writes it': { kind: 'elf' },
  'ELF with physical addresses only': { kind: 'elf', mapping: 'physical' },
  'ELF with virtual addresses of 0': { kind: 'elf', mapping: 'zero' },
  'ELF, one segment a mapping': { kind: 'elf', mapping: 'paging' },
  'kdump-compressed': { kind: 'kdump' },
  'ELF without a note': { kind: 'elf', mapping: 'physical', vmcoreinfoNote: false },
  'kdump-compressed without a note': { kind: 'kdump', vmcoreinfoNote: false },
};

for (const [name, make] of Object.entries(MACHINES)) {
  for (const buffers of ['image', 'linear', 'scattered'] as const) {
    if (buffers === 'scattered' && !make().scattered) continue;
    test(`${name}: ring in ${buffers}`, async () => {
      const image = buildImage({ machine: make(), ring: { kind: 'lockless', calls: CALLS }, buffers });
      const wrong: string[] = [];
      for (const [container, options] of Object.entries(CONTAINERS)) {
        try {
          const log = await readBuilt(contain(image, options));
          assert.equal(readLines(log.records), expectedLines(image.expected));
          assert.ok(log.kernel.proven, 'translation proven');
          assert.is(log.kernel.machine, image.machine.arch);
        } catch (error) {
          wrong.push(`${container}: ${(error as Error).message.split('\n')[0]}`);
        }
      }
      assert.equal(wrong, []);
    });
  }

  // No header at all: word size, byte order and architecture follow from VMCOREINFO and from what it leads to.
  for (const buffers of ['image', 'linear'] as const) {
    test(`${name}: memory alone, ring in ${buffers}`, async () => {
      const image = buildImage({ machine: make(), ring: { kind: 'lockless', calls: CALLS }, buffers });
      const log = await readBuilt(contain(image, { kind: 'lime' }));
      assert.is(log.kernel.machine, image.machine.arch);
      assert.equal(readLines(log.records), expectedLines(image.expected));
    });
  }
}

test.run();
