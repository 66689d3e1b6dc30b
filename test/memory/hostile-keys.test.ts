// VMCOREINFO is text that anybody may have written: no value of any key makes a reader throw, hang or ask for gigabytes.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/dump/source.ts';
import { contain } from '../builder/build-dump.ts';
import { buildImage, type RingChoice } from '../builder/image/memory-image.ts';
import { arm } from '../builder/machine/arm.ts';
import { arm64 } from '../builder/machine/arm64.ts';
import type { Machine } from '../builder/machine/machine.ts';
import { riscv64 } from '../builder/machine/riscv64.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import { readBuilt } from '../support/read-built.ts';
import { stepsOf } from '../support/steps.ts';

const CALLS = Array.from({ length: 12 }, (_, i) => ({ text: `line ${i}` }));
const VALUES = ['', '0', '-1', '65537', '99999999', '999999999999999', '0xffffffffffffffff', 'ffffffffffffffff'];
/** Where VMCOREINFO has to be searched for, some 5 are taken for each byte of memory; a loop over what a value claims takes thousands. */
const STEPS_A_BYTE = 32;

const CASES: Readonly<Record<string, readonly [() => Machine, RingChoice]>> = {
  'lockless ring, x86_64': [() => x86_64(), { kind: 'lockless', calls: CALLS }],
  'lockless ring, arm64': [() => arm64(), { kind: 'lockless', calls: CALLS }],
  'lockless ring, riscv64': [() => riscv64(), { kind: 'lockless', calls: CALLS }],
  'lockless ring, arm': [() => arm(), { kind: 'lockless', calls: CALLS }],
  'lockless ring, s390x': [() => s390x({ release: '6.12.0' }), { kind: 'lockless', calls: CALLS }],
  'records, printk_log': [() => x86_64({ release: '5.4.0' }), { kind: 'variable', calls: CALLS, callerId: true }],
  'records, log': [() => x86_64({ release: '3.10.0', imagePhys: 0x100_0000 }), { kind: 'variable', calls: CALLS }],
  'character log': [() => x86_64({ release: '2.6.32', imagePhys: 0x100_0000 }), { kind: 'flat', calls: CALLS }],
};
/** Keys that lead to nothing that a log is read through. */
const IDLE = /^(OFFSET|SIZE|LENGTH)\((page|pglist|zone|free_area|vmap|nodemask|mem_section)|kallsyms|PG_|MAPCOUNT|FREE_PAGES|^BUILD|^$/;

for (const [name, [make, ring]] of Object.entries(CASES)) {
  test(name, async () => {
    const wrong: string[] = [];
    const keys = buildImage({ machine: make(), ring }).vmcoreinfo.split('\n');
    for (const [n, line] of keys.entries()) {
      if (IDLE.test(line)) continue;
      const key = line.split('=')[0];
      let size = 0;
      const steps = await stepsOf(async () => {
        for (const value of VALUES) {
          const image = buildImage({
            machine: make(),
            ring,
            editVmcoreinfo: (text) => text.split('\n').with(n, `${key}=${value}`).join('\n'),
          });
          const files = contain(image, { kind: 'kdump', codecs: ['none'] });
          size += files[0]!.size;
          try {
            const log = await readBuilt(files);
            if (log.records.length > 1000) wrong.push(`${key}=${value}: ${log.records.length} records`);
          } catch (error) {
            if (!(error instanceof InputError)) wrong.push(`${key}=${value}: ${(error as Error).message}`);
          }
        }
      });
      if (steps > STEPS_A_BYTE * size) wrong.push(`${key}: ${steps} steps for files of ${size} bytes together`);
    }
    assert.equal(wrong, []);
  });
}

test.run();
