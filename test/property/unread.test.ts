// No answer holds a value from a page that the dump has not: whatever its bytes would say, the answers are the same.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PARTS } from '../../src/cli/inspect/parts.ts';
import { answerText } from '../../src/cli/inspect/table.ts';
import { unknownOf } from '../../src/cli/inspect/unknown.ts';
import type { Dump } from '../../src/dump/dump.ts';
import { openDump, openInput } from '../../src/dump/open/open-dump.ts';
import { openInspectable } from '../../src/kernel/open.ts';
import { Inspection } from '../../src/machine/inspection.ts';
import { findKernel } from '../../src/memory/kernel.ts';
import { ARM64, HOLES, RICH } from '../support/inspect-sample.ts';

const QUESTIONS = [
  'overview|sys|ps|ps -m|stuck|mod|kmem -i|kmem -s|kmem -z|irq|irq -s|dev -d|mount|files 1|vm 1|timer|wq -a|runq|cgroups|net|swap',
  'bt|bt -a|foreach bt|struct task_struct init_task|rd init_task 64|dis schedule',
].join('|');

/** Pages that finding the kernel takes, its symbols and types: without one of those there is nothing to ask. */
async function pagesOfKernel(file: string): Promise<ReadonlySet<number>> {
  const kernel = findKernel(await openDump([await openInput(file)]), file);
  assert.is(openInspectable(kernel, { fresh: true }).tier, 'full');
  return kernel.memory.physical.touched;
}

/**
 * One page of `each` is not in the dump; instead of its bytes the reader is given others.
 * @param fill of a page by its number
 */
const without =
  (kept: ReadonlySet<number>, each: number, seed: number, fill: (page: number) => number) =>
  (dump: Dump): Dump => ({
    ...dump,
    holds: (paddr) => dump.holds(paddr),
    nextHeld: (paddr) => dump.nextHeld(paddr),
    readPhysical(paddr, into) {
      let state = dump.readPhysical(paddr, into);
      const first = Math.floor(paddr / dump.blockSize);
      for (let page = first; page * dump.blockSize < paddr + into.length; page++) {
        if (kept.has(page) || (Math.imul(page ^ seed, 0x85ebca6b) >>> 0) % each !== 0) continue;
        const at = page * dump.blockSize - paddr;
        into.fill(fill(page), Math.max(0, at), Math.min(into.length, at + dump.blockSize));
        state = 'missing';
      }
      return state;
    },
  });

/** What all parts answer, and what they say of it. */
async function answers(file: string, change: (dump: Dump) => Dump): Promise<string[]> {
  const kernel = findKernel(change(await openDump([await openInput(file)])), file);
  const found = openInspectable(kernel, { fresh: true });
  if (found.tier !== 'full') throw new Error(found.reason);
  const inspection = new Inspection(found.context, () => []);
  return QUESTIONS.split('|').map((question) => {
    const [name, ...args] = question.split(' ');
    try {
      const answer = PARTS.find((part) => part.name === name)!.answer(inspection, args);
      return `${question}\n${answerText(answer)}${JSON.stringify([answer.rows, unknownOf(answer, inspection.kernel)])}`;
    } catch (error) {
      return `${question}\n${(error as Error).message}`;
    }
  });
}

for (const [name, file] of [
  ['x86-64 6.1', RICH],
  ['x86-64 7.2', HOLES],
  ['arm64 6.12', ARM64],
] as const) {
  const kept = await pagesOfKernel(file);
  test(`bytes of pages that are not there change no answer: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(3, 20, 100), fc.nat(), fc.integer({ min: 1, max: 255 }), async (each, seed, byte) => {
        const zeros = await answers(
          file,
          without(kept, each, seed, () => 0),
        );
        const others = await answers(
          file,
          without(kept, each, seed, (page) => (byte + page) & 0xff),
        );
        others.forEach((answer, i) => void assert.is(answer, zeros[i]));
      }),
      { numRuns: 4 },
    );
  });
}

test.run();
