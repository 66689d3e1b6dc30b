// The character log (before 3.5): its bytes, oldest first, wrapped or not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildDump } from '../builder/build-dump.ts';
import { arm } from '../builder/machine/arm.ts';
import { i386 } from '../builder/machine/i386.ts';
import { ppc64 } from '../builder/machine/linear-only.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import type { PrintkCall } from '../builder/ring/printk-call.ts';
import { readBuilt } from '../support/read-built.ts';

const CALLS: PrintkCall[] = Array.from({ length: 50 }, (_, i) => ({
  text: `line ${i} ${'x'.repeat((i * 7) % 31)}`,
  level: i % 8,
  tsNsec: BigInt(i) * 1_234_567_891n,
}));
const MACHINES = {
  x86_64: () => x86_64({ release: '2.6.32' }),
  i386: () => i386({ release: '2.6.32', pae: false }),
  arm: () => arm({ release: '3.2.0', lpae: false }),
  s390x: () => s390x({ release: '2.6.32' }),
  'ppc64 big endian': () => ppc64({ release: '3.0.0', order: 'big' }),
  'x86_64 whose log_end is a long': () => x86_64({ release: '2.6.24' }),
  'ppc64 whose log_end is a long': () => ppc64({ release: '2.6.24', order: 'big' }),
};

for (const [name, make] of Object.entries(MACHINES)) {
  test(`${name}: the bytes of the buffer, oldest first`, async () => {
    for (const size of [512, 1024, 8192]) {
      for (const n of [0, 1, 50]) {
        const { files, expected } = buildDump({ machine: make(), ring: { kind: 'flat', calls: CALLS.slice(0, n), size } });
        const log = await readBuilt(files);
        assert.is(log.flat?.toString('latin1'), expected.flat?.toString('latin1'));
      }
    }
  });
}

test('its lines are records with level, time and text', async () => {
  const { files } = buildDump({ machine: x86_64({ release: '2.6.32' }), ring: { kind: 'flat', calls: CALLS, size: 8192 } });
  const { records } = await readBuilt(files);
  assert.equal(
    records.map((r) => [r.level, r.usec, r.text]),
    CALLS.map((c) => [c.level, Number(c.tsNsec! / 1000n), c.text]),
  );
});

test.run();
