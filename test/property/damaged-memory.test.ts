// A real dump whose pages say anything: stacks, facts and crash's commands come to an end with what they could read, and never throw.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runCommandWords } from '../../src/cli/crash/run-line.ts';
import { CrashSession } from '../../src/cli/crash/session.ts';
import { UsageError } from '../../src/cli/exit.ts';
import type { Dump } from '../../src/dump/dump.ts';
import { openDump, openInput } from '../../src/dump/open/open-dump.ts';
import { openInspectable } from '../../src/kernel/open.ts';
import { Inspection } from '../../src/machine/inspection.ts';
import { findKernel } from '../../src/memory/kernel.ts';
import { openDumpLog } from '../../src/read/inputs/dump-log.ts';

const FILE = 'test/golden/inspect/rich-stuck-disk-6.1.vmcore';
const whole = await openDump([await openInput(FILE)]);
const log = await openDumpLog([await openInput(FILE)]);

/** Page frames that hold code, tables and types would make another kernel of it: what is damaged are the kernel's objects. */
function damaged(dump: Dump, flips: ReadonlyMap<number, readonly (readonly [at: number, value: number])[]>): Dump {
  return {
    ...dump,
    holds: (paddr) => dump.holds(paddr),
    nextHeld: (paddr) => dump.nextHeld(paddr),
    readPhysical(paddr, into) {
      const state = dump.readPhysical(paddr, into);
      for (let page = Math.floor(paddr / 4096); page * 4096 < paddr + into.length; page++) {
        for (const [at, value] of flips.get(page) ?? []) {
          const place = page * 4096 + at - paddr;
          if (place >= 0 && place < into.length) into[place] = value;
        }
      }
      return state;
    },
  };
}

const COMMANDS = [
  'sys',
  'ps',
  'ps -m',
  'bt',
  'bt -a',
  'bt -f 166',
  'foreach bt',
  'files 166',
  'vm 166',
  'kmem -i',
  'mod',
  'irq',
  'mount',
  'runq',
  'timer',
  'net',
  'swap',
  'dev -d',
  'struct task_struct init_task',
];

/** Pages that inspecting the whole dump reads, but for those of symbols, types and code. */
function objectPages(): number[] {
  const kernel = findKernel(whole, FILE);
  const found = openInspectable(kernel);
  assert.is(found.tier, 'full');
  const tables = new Set(kernel.memory.physical.touched);
  if (found.tier === 'full') {
    const inspection = new Inspection(found.context, () => []);
    for (const task of inspection.tasks.all) inspection.stacks.ofTask(task.address);
  }
  return [...kernel.memory.physical.touched].filter((page) => !tables.has(page));
}
const PAGES = objectPages();

test('bytes of the pages that tasks, stacks and unwind tables are on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(PAGES.length - 1), fc.array(fc.tuple(fc.nat(4095), fc.nat(255)), { minLength: 1, maxLength: 400 })), {
        minLength: 1,
        maxLength: 40,
      }),
      async (wanted) => {
        const dump = damaged(whole, new Map(wanted.map(([i, bytes]) => [PAGES[i]!, bytes])));
        const kernel = findKernel(dump, FILE);
        const found = openInspectable(kernel);
        if (found.tier !== 'full') return;
        const inspection = new Inspection(found.context, () => []);
        const session = new CrashSession(log, found.context, inspection);
        for (const line of COMMANDS) {
          try {
            const text = await runCommandWords(session, line.split(' '));
            assert.not.match(text, /[\x00-\x08\x0b-\x1f\x7f]/, line);
          } catch (error) {
            assert.instance(error, UsageError, `${line}: ${error instanceof Error ? error.stack : String(error)}`);
          }
        }
      },
    ),
    { numRuns: 8, endOnFailure: true },
  );
});

test.run();
