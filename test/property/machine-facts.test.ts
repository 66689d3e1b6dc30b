// What incidents are told of a damaged memory keeps to its schema: nothing throws, no number is none, and verdicts can be made of it.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Dump } from '../../src/dump/dump.ts';
import { openDump, openInput } from '../../src/dump/open/open-dump.ts';
import { machineSchema } from '../../src/event/machine-schema.ts';
import { openInspectable } from '../../src/kernel/open.ts';
import { findKernel } from '../../src/memory/kernel.ts';
import { openDumpLog } from '../../src/read/inputs/dump-log.ts';
import { machineOf } from '../../src/read/machine/machine-facts.ts';
import { eventsOf, incidentsOf, running } from '../support/incident-events.ts';
import { ARM64, HOLES, RICH } from '../support/inspect-sample.ts';

/** Bytes of a page. */
const FLIPS = 64;

/** One page of `each` has bytes flipped or, where `gone`, is not there. */
const damaged =
  (kept: ReadonlySet<number>, each: number, seed: number, gone: boolean) =>
  (dump: Dump): Dump => ({
    ...dump,
    holds: (paddr) => dump.holds(paddr),
    nextHeld: (paddr) => dump.nextHeld(paddr),
    readPhysical(paddr, into) {
      let state = dump.readPhysical(paddr, into);
      for (let page = Math.floor(paddr / dump.blockSize); page * dump.blockSize < paddr + into.length; page++) {
        const dice = Math.imul(page ^ seed, 0x9e3779b1) >>> 0;
        if (kept.has(page) || dice % each !== 0) continue;
        const at = page * dump.blockSize - paddr;
        if (gone) {
          into.fill(0, Math.max(0, at), Math.min(into.length, at + dump.blockSize));
          state = 'excluded';
        } else {
          for (let n = 0; n < FLIPS; n++) {
            const within = at + ((Math.imul(dice + n, 0x85ebca6b) >>> 0) % dump.blockSize);
            if (within >= 0 && within < into.length) into[within]! ^= 1 + ((dice >>> 8) % 255);
          }
        }
      }
      return state;
    },
  });

const registers = {
  RAX: '0xffff8d43810b2408',
  RBX: '0xffff8a1481210000',
  X0: '0xfff0000002a00000',
  RCX: '0xffffffffffffffff',
  RDX: '0x6b6b',
};
const events = eventsOf(
  { kind: 'hung-task', task: { pid: 164, comm: 'dd' }, details: { seconds: 120 }, ...running('f') },
  { kind: 'soft-lockup', task: { pid: 1, comm: 'init', cpu: 1 }, ...running('panic') },
  { kind: 'general-protection', registers, ...running('g') },
  { kind: 'panic', details: { reason: 'Out of memory: system-wide panic_on_oom is enabled' } },
);

for (const file of [RICH, HOLES, ARM64]) {
  const whole = await openDumpLog([await openInput(file)]);
  // symbols and types stay: what is damaged are the kernel's objects
  const sound = findKernel(await openDump([await openInput(file)]), file);
  assert.is(openInspectable(sound, { fresh: true }).tier, 'full');
  const kept = new Set(sound.memory.physical.touched);
  test(`facts of damaged memory, and verdicts of them: ${file}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(2, 10, 100), fc.nat(), fc.boolean(), async (each, seed, gone) => {
        const dump = damaged(kept, each, seed, gone)(await openDump([await openInput(file)]));
        const machine = machineOf({ ...whole, dump, kernel: findKernel(dump, file) }, events)?.facts;
        if (!machine) return;
        machineSchema.parse(machine);
        for (const { verdict, notProven } of incidentsOf(events, { isDump: true, machine })) {
          assert.not.match([verdict, ...notProven].join(' '), /undefined|NaN|\[object/);
        }
      }),
      // the first: lists of control groups that led back into their tree, without an end
      { numRuns: 12, examples: [[2, 1, false]] },
    );
  });
}

test.run();
