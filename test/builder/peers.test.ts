// The builder against the programs that everybody trusts: what they print of a built dump is what the builder says they must.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildDump, type ContainerOptions } from './build-dump.ts';
import { withFiles } from './container/file-image.ts';
import type { RingChoice } from './image/memory-image.ts';
import { MACHINES } from './machine/catalogue.ts';
import { x86_64 } from './machine/x86_64.ts';
import { crashText, makedumpfileText, vmcoreDmesgText } from './peer-text.ts';
import type { PrintkCall } from './ring/printk-call.ts';

const installed = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const testIf = (program: string) => (installed(program) ? test : test.skip);

const vmcoreDmesg = (path: string): string => spawnSync('vmcore-dmesg', [path], { encoding: 'latin1' }).stdout;
const crashLog = (path: string): string => spawnSync('crash', ['--log', path], { encoding: 'latin1' }).stdout;
function makedumpfile(path: string, dir: string): string {
  const out = join(dir, 'log');
  const run = spawnSync('makedumpfile', ['-f', '--dump-dmesg', path, out], { encoding: 'latin1' });
  return existsSync(out) ? readFileSync(out, 'latin1') : `${run.stdout}${run.stderr}`;
}

const CALLS: PrintkCall[] = Array.from({ length: 70 }, (_, i) => ({
  text: i % 9 === 4 ? `line ${i}\n\tsecond ${'y'.repeat(i % 13)}` : `line ${i} ${'x'.repeat((i * 7) % 31)}`,
  level: i % 8,
  caller: i % 3 ? { task: i } : { cpu: i % 4 },
  ...(i % 5 === 0 ? { subsystem: 'pci', device: '+pci:0000:00:1f.2' } : {}),
  tsNsec: BigInt(i) * 123_456_789n,
}));
const ODD: PrintkCall[] = [
  { text: 'utf8 \xc3\xa9 \\ back \x01 end' },
  { text: '' },
  { text: 'begins ', newline: false, caller: { task: 7 } },
  { text: 'and goes on', cont: true, caller: { task: 7 } },
  { text: 'never written', hold: true },
  { text: 'after the hole' },
  { text: 'open at the end', newline: false },
];
const ODD_LATIN = ODD.map((c) => ({ ...c, text: Buffer.from(c.text as string, 'latin1') }));

/** makedumpfile refuses a ring on a page that was left out as zero. */
const contained = (kind: 'elf' | 'kdump'): ContainerOptions => (kind === 'elf' ? { kind } : { kind, zeroPages: 'share' });

const RINGS: readonly (readonly [string, RingChoice])[] = [
  ['2.6.32', { kind: 'flat', calls: CALLS, size: 1024 }],
  ['2.6.32', { kind: 'flat', calls: CALLS.slice(0, 9) }],
  ['3.10.0', { kind: 'variable', calls: CALLS, size: 1024 }],
  ['4.19.0', { kind: 'variable', calls: CALLS, size: 1024 }],
  ['4.19.0', { kind: 'variable', calls: CALLS, size: 1000 }],
  ['4.19.0', { kind: 'variable', calls: ODD_LATIN }],
  ['5.4.0', { kind: 'variable', calls: CALLS, size: 2048, callerId: true }],
  ['5.4.0', { kind: 'variable', calls: CALLS, size: 2048, callerId: true, align: 8 }],
  ['5.10.0', { kind: 'lockless', calls: CALLS }],
  ['6.1.0', { kind: 'lockless', calls: CALLS }],
  ['6.1.0', { kind: 'lockless', calls: CALLS, countBits: 4, sizeBits: 11 }],
  ['6.1.0', { kind: 'lockless', calls: CALLS, countBits: 7, sizeBits: 14 }],
  ['6.1.0', { kind: 'lockless', calls: [] }],
  ['6.1.0', { kind: 'lockless', calls: ODD_LATIN }],
  ['6.1.0', { kind: 'lockless', calls: ODD_LATIN, slack: 0 }],
  ['7.2.0', { kind: 'lockless', calls: CALLS, perfectFit: false }],
];

for (const [release, ring] of RINGS) {
  const name = `${release} ${ring.kind}, ${ring.calls.length} calls, ${'sizeBits' in ring ? ring.sizeBits : 'size' in ring ? ring.size : 'default'}`;
  for (const buffers of ['image', 'linear'] as const) {
    testIf('vmcore-dmesg')(`vmcore-dmesg prints ELF: ${name} in ${buffers}`, () => {
      const { files, expected } = buildDump({ machine: x86_64({ release }), ring, buffers });
      withFiles(files, ([path]) => {
        assert.equal(vmcoreDmesg(path!), vmcoreDmesgText(expected));
      });
    });
  }
  for (const kind of ['elf', 'kdump'] as const) {
    testIf('makedumpfile')(`makedumpfile --dump-dmesg prints ${kind}: ${name}`, () => {
      const { files, expected } = buildDump({ machine: x86_64({ release }), ring, buffers: 'scattered', container: contained(kind) });
      withFiles(files, ([path], dir) => {
        assert.equal(makedumpfile(path!, dir), makedumpfileText(expected));
      });
    });
  }
  // crash wants a printk_log and knows no lockless ring without the kernel's symbols.
  if (ring.kind !== 'lockless' && release !== '3.10.0') {
    testIf('crash')(`crash --log prints kdump: ${name}`, () => {
      const { files, expected } = buildDump({ machine: x86_64({ release }), ring, container: { kind: 'kdump' } });
      withFiles(files, ([path]) => {
        assert.equal(crashLog(path!), crashText(expected));
      });
    });
  }
}

const CONTAINERS: Readonly<Record<string, ContainerOptions>> = {
  'version 3': { kind: 'kdump', version: 3 },
  'version 4': { kind: 'kdump', version: 4 },
  'version 5': { kind: 'kdump', version: 5 },
  'uncompressed, every page': { kind: 'kdump', codecs: ['none'], zeroPages: 'store' },
  'zlib, shared zero page': { kind: 'kdump', zeroPages: 'share' },
  lzo: { kind: 'kdump', codecs: ['lzo'], zeroPages: 'store' },
  'mixed codecs': { kind: 'kdump', codecs: ['lzo', 'none', 'zlib'] },
};
for (const [name, container] of Object.entries(CONTAINERS)) {
  testIf('makedumpfile')(`makedumpfile --dump-dmesg prints kdump: ${name}`, () => {
    const { files, expected } = buildDump({ ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear', container });
    withFiles(files, ([path], dir) => {
      assert.equal(makedumpfile(path!, dir), makedumpfileText(expected));
    });
  });
}

for (const [name, make] of Object.entries(MACHINES)) {
  testIf('vmcore-dmesg')(`vmcore-dmesg prints ELF of ${name}`, () => {
    const { files, expected } = buildDump({ machine: make(), ring: { kind: 'lockless', calls: CALLS }, buffers: 'linear' });
    withFiles(files, ([path]) => {
      assert.equal(vmcoreDmesg(path!), vmcoreDmesgText(expected));
    });
  });
  if (make().arch !== 'x86_64') continue;
  testIf('makedumpfile')(`makedumpfile walks the page tables of ${name}`, () => {
    const { files, expected } = buildDump({
      machine: make(),
      ring: { kind: 'lockless', calls: CALLS },
      buffers: 'scattered',
      container: { kind: 'kdump' },
    });
    withFiles(files, ([path], dir) => {
      assert.equal(makedumpfile(path!, dir), makedumpfileText(expected));
    });
  });
}

test.run();
