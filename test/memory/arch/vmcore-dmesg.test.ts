// The original beside ours: what the installed vmcore-dmesg reads of an ELF core, of any machine in any layout, we print byte for byte.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { peerFormat } from '../../../src/output/dmesg/formats.ts';
import { contain } from '../../builder/build-dump.ts';
import type { ElfOptions } from '../../builder/container/elf.ts';
import { withFiles } from '../../builder/container/file-image.ts';
import { buildImage, type RingChoice } from '../../builder/image/memory-image.ts';
import { arm } from '../../builder/machine/arm.ts';
import { MACHINES } from '../../builder/machine/catalogue.ts';
import { ppc64 } from '../../builder/machine/linear-only.ts';
import type { Machine } from '../../builder/machine/machine.ts';
import { x86_64 } from '../../builder/machine/x86_64.ts';
import type { PrintkCall } from '../../builder/ring/printk-call.ts';
import { readBuilt } from '../../support/read-built.ts';

const CALLS: PrintkCall[] = Array.from({ length: 50 }, (_, i) => ({
  text: i % 9 === 4 ? `line ${i}\n\tsecond` : `line ${i} \xe9\x01 ${'x'.repeat((i * 7) % 31)}`,
  level: i % 8,
  tsNsec: BigInt(i) * 123_456_789n,
}));

const LAYOUTS: readonly Omit<ElfOptions, 'kind'>[] = [
  ...(['kexec', 'physical', 'zero', 'paging', 'kcore'] as const).map((mapping) => ({ mapping })),
  { pnXnum: true },
  { sectionsFirst: true },
  { trimTail: 4096 },
  { vmcoreinfoNote: false },
];

/** Machines that we have no tables of. */
const FOREIGN: Readonly<Record<string, () => Machine>> = {
  ia64: () => ({ ...x86_64(), elfMachine: 50, utsMachine: 'ia64' }),
  sparc64: () => ({ ...ppc64({ order: 'big' }), elfMachine: 43, utsMachine: 'sparc64' }),
  mips32: () => ({ ...arm(), elfMachine: 8, utsMachine: 'mips' }),
  ppc32: () => ({ ...arm({ order: 'big' }), elfMachine: 20, utsMachine: 'ppc' }),
};

const original = (path: string): { readonly status: number | null; readonly out: string } => {
  const { status, stdout } = spawnSync('vmcore-dmesg', [path], { encoding: 'latin1', timeout: 20_000 });
  return { status, out: stdout };
};

async function ours(files: Parameters<typeof readBuilt>[0]): Promise<string> {
  const { kernel, records, flat, wrapBefore } = await readBuilt(files);
  if (flat) return flat.toString('latin1');
  const old = kernel.info.symbol('prb') === undefined;
  const format = peerFormat('vmcore-dmesg', { old, wrapBefore: { ...(wrapBefore !== undefined && { seq: wrapBefore }) } }, false);
  return records.map((r) => format.record(r)).join('');
}

/** @returns how many layouts the original read */
async function compare(machine: Machine, ring: RingChoice, layouts = LAYOUTS): Promise<number> {
  let read = 0;
  for (const buffers of ['image', 'linear'] as const) {
    const image = buildImage({ machine, ring, buffers });
    for (const layout of layouts) {
      const files = contain(image, { kind: 'elf', ...layout });
      const peer = withFiles(files, ([path]) => original(path!));
      if (peer.status !== 0) continue; // it reads less than we do: nothing to compare with
      read++;
      assert.is(await ours(files), peer.out, `${JSON.stringify(layout)} ${buffers}`);
    }
  }
  return read;
}

const testIf = spawnSync('sh', ['-c', 'command -v vmcore-dmesg']).status === 0 ? test : test.skip;
const LOCKLESS: RingChoice = { kind: 'lockless', calls: CALLS, countBits: 6, sizeBits: 12 };

for (const [name, make] of Object.entries({ ...MACHINES, ...FOREIGN }))
  testIf(`${name}: what vmcore-dmesg reads, in every layout`, async () => assert.ok((await compare(make(), LOCKLESS)) > 0));

for (const [release, ring] of [
  ['2.6.32', { kind: 'flat', calls: CALLS, size: 1024 }],
  ['3.10.0', { kind: 'variable', calls: CALLS, size: 1024 }],
  ['5.4.0', { kind: 'variable', calls: CALLS, size: 2048, callerId: true }],
] as const)
  testIf(`${release}: what vmcore-dmesg reads, in every layout`, async () => assert.ok((await compare(x86_64({ release }), ring)) > 0));

test.run();
