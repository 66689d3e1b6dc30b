// Records of varying length (3.5 to 5.9): wrap markers, dictionaries, caller ids, both bit-field orders, and the header of 3.5.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildDump, type DumpOptions } from '../builder/build-dump.ts';
import { arm } from '../builder/machine/arm.ts';
import { arm64 } from '../builder/machine/arm64.ts';
import { i386 } from '../builder/machine/i386.ts';
import { ppc64 } from '../builder/machine/linear-only.ts';
import type { Machine } from '../builder/machine/machine.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import type { PrintkCall } from '../builder/ring/printk-call.ts';
import { hasLoss } from '../support/has-loss.ts';
import { expectedLines, readBuilt, readLines } from '../support/read-built.ts';

const SHAPES: Readonly<Record<string, (release: string) => Machine>> = {
  x86_64: (release) => x86_64({ release }),
  'i386 without PAE': (release) => i386({ release, pae: false }),
  'arm sections': (release) => arm({ release, lpae: false }),
  // kdump came to arm64 with 4.12
  arm64: (release) => arm64({ release: release.startsWith('3.') ? '4.14.0' : release }),
  s390x: (release) => s390x({ release }),
  'ppc64 big endian': (release) => ppc64({ release, order: 'big' }),
};
const RELEASES = ['3.5.0', '3.10.0', '3.16.0', '4.19.0', '5.4.0'];

const CALLS: PrintkCall[] = Array.from({ length: 80 }, (_, i) => ({
  text: i % 11 === 3 ? `line ${i}\nof two` : `line ${i} ${'x'.repeat((i * 7) % 41)}`,
  level: i % 8,
  facility: i % 3 === 0 ? 3 : 0,
  caller: i % 2 ? { task: 100 + i } : { cpu: i % 4 },
  tsNsec: BigInt(i) * 1_234_567_891n,
  ...(i % 4 === 0 ? { subsystem: 'usb', device: `c189:${i}` } : {}),
  ...(i % 10 === 7 ? { newline: false } : i % 10 === 8 ? { cont: true } : {}),
}));
const ODD: PrintkCall[] = [
  { text: '' },
  { text: Buffer.from('bytes \xe9\x01\xff', 'latin1') },
  { text: 'x'.repeat(900) },
  { text: 'dict only', subsystem: 'pci' },
  { text: '', subsystem: 'pci', device: '+pci:0' },
];

async function same(options: DumpOptions) {
  const { files, expected } = buildDump(options);
  const log = await readBuilt(files);
  assert.equal(readLines(log.records), expectedLines(expected, false));
  return { ...log, expected };
}

for (const [shape, make] of Object.entries(SHAPES)) {
  for (const release of RELEASES) {
    test(`${shape} ${release}: wrapped or not, with dictionaries`, async () => {
      for (const size of [1024, 1000, 2048, 4096, 16384]) {
        for (const callerId of release === '5.4.0' ? [false, true] : [false]) {
          for (const align of [4, 8] as const) {
            const { report, wrapBefore, expected } = await same({
              machine: make(release),
              ring: { kind: 'variable', calls: CALLS, size, callerId, align },
            });
            assert.not(hasLoss(report), `size ${size}: ${report.problems[0]}`);
            assert.is(wrapBefore, expected.wrapBefore);
          }
        }
      }
    });
    test(`${shape} ${release}: odd records`, async () => {
      await same({ machine: make(release), ring: { kind: 'variable', calls: [...ODD, ...CALLS.slice(0, 5)] } });
    });
  }
}

test('every length of log gives every position of the wrap', async () => {
  for (let n = 0; n <= CALLS.length; n += 3) {
    await same({ machine: x86_64({ release: '4.19.0' }), ring: { kind: 'variable', calls: CALLS.slice(0, n), size: 512 } });
  }
});

test('a record whose header was overwritten is left out, the rest is read', async () => {
  for (const release of ['3.10.0', '4.19.0']) {
    for (const damaged of [0, 7, 30]) {
      let at = 0;
      const { files, expected } = buildDump({
        machine: x86_64({ release }),
        ring: { kind: 'variable', calls: CALLS.slice(0, 60), size: 16384 },
        tamper: (image) => {
          // walk by the lengths that the builder itself wrote
          for (let i = 0; i < damaged; i++) at += image.memory.get(image.physical(image.places.logBuf! + BigInt(at + 8)), 2).readUInt16LE();
          image.write(image.places.logBuf! + BigInt(at), Buffer.alloc(16, 0xee));
        },
      });
      const log = await readBuilt(files);
      const texts = log.records.map((r) => r.text);
      assert.equal(
        texts,
        expected.records.filter((_, i) => i !== damaged).map((r) => r.text.toString('latin1')),
      );
      assert.ok(hasLoss(log.report));
    }
  }
});

test.run();
