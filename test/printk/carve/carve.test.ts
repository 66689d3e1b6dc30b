// Carving: the builder's rings of each generation with their VMCOREINFO wiped.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDump } from '../../../src/dump/open/open-dump.ts';
import { carveLog } from '../../../src/printk/carve/carve.ts';
import { type ContainerOptions, contain } from '../../builder/build-dump.ts';
import { buildImage, type RingChoice } from '../../builder/image/memory-image.ts';
import { arm64 } from '../../builder/machine/arm64.ts';
import { i386 } from '../../builder/machine/i386.ts';
import { ppc64 } from '../../builder/machine/linear-only.ts';
import type { Machine } from '../../builder/machine/machine.ts';
import { s390x } from '../../builder/machine/s390x.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import type { PrintkCall } from '../../builder/ring/printk-call.ts';
import { opened } from '../../support/read-built.ts';

const calls = (count: number): PrintkCall[] =>
  Array.from({ length: count }, (_, i) => ({ text: `line ${i} ${'x'.repeat((i * 7) % 31)}`, level: i % 8, caller: { task: i } }));

async function same(
  machine: Machine,
  ring: RingChoice,
  container: ContainerOptions,
  buffers: 'image' | 'linear' = 'linear',
): Promise<void> {
  const image = buildImage({ machine, ring, buffers, withoutVmcoreinfo: true });
  const log = carveLog(await openDump(contain(image, container).map((f) => opened(f))));
  assert.ok(log, `${machine.arch} ${machine.release} ${ring.kind}`);
  const texts = [...log!.records(true)].map(({ text }) => text);
  const expected = image.expected.records.map(({ text }) => text.toString('latin1'));
  assert.equal(texts.slice(-expected.length), expected);
  // a wrapped buffer of 3.5 to 5.9 may hold some whole records that it had given up already
  assert.ok(ring.kind === 'variable' ? texts.length <= expected.length + 2 : texts.length === expected.length);
}

const ELF: ContainerOptions = { kind: 'elf', mapping: 'physical', vmcoreinfoNote: false };
const KDUMP: ContainerOptions = { kind: 'kdump', version: 2, vmcoreinfoNote: false };
const RAW: ContainerOptions = { kind: 'raw' };

test('the lockless ring, not yet wrapped and wrapped, of either word size and byte order', async () => {
  for (const machine of [x86_64(), arm64({ ramBase: 0x4000_0000 }), s390x(), ppc64({ order: 'big' }), i386({ release: '6.1.0' })])
    for (const container of [ELF, KDUMP])
      for (const count of [20, 300]) await same(machine, { kind: 'lockless', calls: calls(count), countBits: 6, sizeBits: 12 }, container);
  await same(x86_64({ release: '7.0.0' }), { kind: 'lockless', calls: calls(100), countBits: 6, sizeBits: 12 }, RAW, 'image');
});

test('variable records, wrapped and not, with callers and without', async () => {
  for (const release of ['3.10.0', '4.19.0', '5.4.0'])
    for (const count of [20, 300]) await same(x86_64({ release }), { kind: 'variable', calls: calls(count), size: 4096 }, ELF);
  await same(s390x({ release: '4.14.0' }), { kind: 'variable', calls: calls(40), size: 4096 }, ELF);
});

test('the character log, wrapped and not', async () => {
  for (const count of [20, 300]) {
    const image = buildImage({
      machine: x86_64({ release: '2.6.32' }),
      ring: { kind: 'flat', calls: calls(count), size: 4096 },
      withoutVmcoreinfo: true,
    });
    const log = carveLog(await openDump(contain(image, ELF).map((f) => opened(f))));
    const shown = log!.flat!.toString('latin1');
    assert.ok(shown.includes(`line ${count - 1} `));
    assert.is(shown, image.expected.flat!.toString('latin1').replace(/\0+$/, ''));
  }
});

test('memory without a log', async () => {
  const image = buildImage({ machine: x86_64(), ring: { kind: 'lockless', calls: [] }, withoutVmcoreinfo: true });
  assert.is(carveLog(await openDump(contain(image, ELF).map((f) => opened(f)))), undefined);
});

test.run();
