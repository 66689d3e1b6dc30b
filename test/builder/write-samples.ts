// Writes the samples of kernels that nobody here can boot: `node --import tsx test/builder/write-samples.ts`. Their expected logs come
// from the builder's own model of vmcore-dmesg, never from the readers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDump, type DumpOptions } from './build-dump.ts';
import { toBuffer } from './container/file-image.ts';
import { i386 } from './machine/i386.ts';
import { loongarch64, ppc64 } from './machine/linear-only.ts';
import { s390x } from './machine/s390x.ts';
import { x86_64 } from './machine/x86_64.ts';
import { vmcoreDmesgText } from './peer-text.ts';
import type { PrintkCall } from './ring/printk-call.ts';

const boot = (release: string, machine: string): PrintkCall => ({
  text: `Linux version ${release} (builder@lastkmsg) #1 SMP ${machine}`,
  level: 5,
  caller: { task: 0 },
});

/** Every state a record can be in, and every shape of text. */
const ODD: readonly PrintkCall[] = [
  {
    text: 'pci 0000:00:1f.2: reg 0x10: [mem 0xfebf1000-0xfebf1fff]',
    level: 6,
    caller: { task: 1 },
    subsystem: 'pci',
    device: '+pci:0000:00:1f.2',
  },
  { text: 'sda: sda1', level: 6, caller: { task: 44 }, newline: false, subsystem: 'block', device: 'b8:0' },
  { text: ' sda2 sda3', level: 6, caller: { task: 44 }, cont: true },
  { text: 'two lines:\n  the second one', level: 4, caller: { cpu: 3 } },
  { text: Buffer.from('Grüße, 世界; \x1b[31mred\x1b[0m; \\ and a tab:\t.', 'utf8'), level: 6, facility: 1, caller: { task: 900 } },
  { text: Buffer.from([0x62, 0x61, 0x64, 0x20, 0xff, 0xfe, 0x20, 0x01]), level: 3, caller: { task: 900 } },
  { text: '', level: 6, caller: { task: 900 } },
  { text: 'interrupted while it was written', level: 6, caller: { task: 901 }, hold: true },
  { text: 'systemd[1]: Started foreign facility', level: 6, facility: 3, caller: { task: 1 } },
  { text: 'BUG: kernel NULL pointer dereference, address: 0000000000000010', level: 1, caller: { task: 4123 } },
  { text: 'still open', level: 6, caller: { task: 4123 }, newline: false },
];
const filler = (n: number, length: number): PrintkCall[] =>
  Array.from({ length: n }, (_, i) => ({ text: `message ${i} ${'.'.repeat((i * 13) % length)}`, level: 6, caller: { task: i } }));

const SAMPLES: Readonly<Record<string, { readonly what: string; readonly options: DumpOptions }>> = {
  'synthetic-x86_64-6.1-record-states': {
    what: 'A lockless ring of 6.1 with reserved, committed, finalized and reusable descriptors, an empty record, a continued line, devices, foreign bytes.',
    options: {
      machine: x86_64({ release: '6.1.0' }),
      ring: { kind: 'lockless', calls: [boot('6.1.0', 'x86_64'), ...ODD], countBits: 6, sizeBits: 11 },
    },
  },
  'synthetic-x86_64-6.19-perfect-fit': {
    what: 'A lockless ring of 6.19: text blocks that end exactly with the ring, which earlier readers take for wrapped.',
    options: {
      machine: x86_64({ release: '6.19.0' }),
      ring: {
        kind: 'lockless',
        calls: Array.from({ length: 19 }, (_, i) => ({ text: `${String(i).padStart(3, '0')}${'p'.repeat(117)}` })),
        slack: 0,
        perfectFit: true,
        countBits: 4,
        sizeBits: 10,
      },
    },
  },
  'synthetic-x86_64-6.1-empty': {
    what: 'A lockless ring into which one record was printed, far smaller than the ring.',
    options: {
      machine: x86_64({ release: '6.1.0' }),
      ring: { kind: 'lockless', calls: [boot('6.1.0', 'x86_64')], countBits: 6, sizeBits: 11 },
    },
  },
  'synthetic-loongarch64-6.6': {
    what: 'A lockless ring of 6.6 on loongarch64, wrapped.',
    options: { machine: loongarch64(), ring: { kind: 'lockless', calls: filler(90, 40), countBits: 5, sizeBits: 11 } },
  },
  'synthetic-ppc64-5.10-big-endian': {
    what: 'A lockless ring of 5.10 on big-endian ppc64, with devices and foreign bytes.',
    options: {
      machine: ppc64({ order: 'big', release: '5.10.0' }),
      ring: { kind: 'lockless', calls: [boot('5.10.0', 'ppc64'), ...ODD], countBits: 6, sizeBits: 11 },
    },
  },
  'synthetic-s390x-4.19-records': {
    what: 'A buffer of variable records of 4.19, big endian, wrapped, with dictionaries.',
    options: {
      machine: s390x({ release: '4.19.0' }),
      ring: { kind: 'variable', calls: [...filler(40, 40), ...ODD.filter((c) => !c.hold)], size: 2048 },
    },
  },
  'synthetic-i386-3.10-records': {
    what: 'A buffer of variable records (struct log) of 3.10 on i386 without PAE.',
    options: {
      machine: i386({ release: '3.10.0' }),
      ring: { kind: 'variable', calls: [boot('3.10.0', 'i686'), ...ODD.filter((c) => !c.hold)], size: 4096 },
    },
  },
  'synthetic-x86_64-2.6.32-character-log': {
    what: 'The character log of 2.6.32, wrapped.',
    options: {
      machine: x86_64({ release: '2.6.32' }),
      ring: { kind: 'flat', calls: [...filler(60, 40), boot('2.6.32', 'x86_64')], size: 2048 },
    },
  },
};

for (const [name, { what, options }] of Object.entries(SAMPLES)) {
  const dir = join('samples', name);
  mkdirSync(dir, { recursive: true });
  const { files, expected } = buildDump({ ...options, container: { kind: 'kdump', codecs: ['zlib'], zeroPages: 'share' } });
  writeFileSync(join(dir, 'vmcore'), toBuffer(files[0]!));
  writeFileSync(join(dir, 'dmesg.txt'), vmcoreDmesgText(expected), 'latin1');
  writeFileSync(
    join(dir, 'ORIGIN'),
    `${what}\nNo real machine: written by test/builder/write-samples.ts from the structures' layout.\ndmesg.txt is what the builder says must come out, in vmcore-dmesg's format.\n`,
  );
}
