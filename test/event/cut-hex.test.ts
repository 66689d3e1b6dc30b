// A number in hex that is cut behind its `0x` is unknown, not 0.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../support/read-events.ts';

for (const [line, known] of [
  ['PANIC: early exception 0x0e IP 10:ffffffff82a3c1d0 error 2 cr2 0xffff888000000000', /"address":"0xffff888000000000"/],
  [
    'DMAR: [DMA Read] Request device [0b:00.0] PASID 0x12 fault addr 0xdeadb000 [fault reason 05] PTE Write access is not set',
    /"0x12".*"0xdeadb000"/,
  ],
] as const)
  test(line, () => {
    assert.match(JSON.stringify(eventsOf(`[    1.000000] ${line}\n`)), known);
    for (const { index } of line.matchAll(/0x/g)) {
      const told = JSON.stringify(
        eventsOf(`[    1.000000] ${line.slice(0, index + 2)}\n`).map(({ fault, details }) => ({ fault, details })),
      );
      assert.not.match(told, /"0x0"|:"0"|:0\b/);
    }
  });

test.run();
