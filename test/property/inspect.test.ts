// Damage anywhere in the memory that inspection reads: every part answers, nothing throws, loops or grows without bound.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PARTS } from '../../src/cli/inspect/parts.ts';
import { answerText } from '../../src/cli/inspect/table.ts';
import { unknownOf } from '../../src/cli/inspect/unknown.ts';
import type { Dump } from '../../src/dump/dump.ts';
import { ARM64, HOLES, inspectSample, RICH } from '../support/inspect-sample.ts';

const QUESTIONS = [
  'overview|sys|ps|ps -m|stuck|mod|kmem -i|kmem -s|irq|irq -s|dev -d|mount|files 1|vm 1|timer|wq -a|runq|cgroups|net|swap|struct task_struct init_task',
  'bt|bt -a|bt 1|bt --group|foreach bt|sym init_task|rd init_task 64|vtop init_task|dis schedule',
].join('|');

/** Flips a byte in one page of `each`, at a place that hangs on the page alone: whoever reads it twice reads the same. */
const flipped =
  (each: number, seed: number) =>
  (dump: Dump): Dump => ({
    ...dump,
    readPhysical(paddr, into) {
      const state = dump.readPhysical(paddr, into);
      for (let page = Math.floor(paddr / dump.blockSize); page * dump.blockSize < paddr + into.length; page++) {
        const dice = Math.imul(page ^ seed, 0x9e3779b1) >>> 0;
        const at = page * dump.blockSize + (dice % dump.blockSize) - paddr;
        if (dice % each === 0 && at >= 0 && at < into.length) into[at]! ^= 1 + ((dice >>> 8) % 255);
      }
      return state;
    },
  });

/** Takes one page of `each` out of the dump. */
const holed =
  (each: number, seed: number) =>
  (dump: Dump): Dump => ({
    ...dump,
    readPhysical(paddr, into) {
      const page = Math.floor(paddr / dump.blockSize);
      if ((Math.imul(page ^ seed, 0x85ebca6b) >>> 0) % each !== 0) return dump.readPhysical(paddr, into);
      into.fill(0);
      return 'excluded';
    },
  });

async function askAll(file: string, change: (dump: Dump) => Dump): Promise<void> {
  const { inspection } = await inspectSample(file, change).catch(() => ({ inspection: undefined })); // no VMCOREINFO, no kernel
  for (const question of inspection ? QUESTIONS.split('|') : []) {
    const [name, ...args] = question.split(' ');
    try {
      const answer = PARTS.find((part) => part.name === name)!.answer(inspection!, args);
      const text = answerText(answer) + JSON.stringify(answer.rows);
      assert.ok(text.length < 1 << 24);
      assert.not.match(text.replaceAll('\n', ''), /[\x00-\x08\x0b-\x1f]/);
      unknownOf(answer, inspection!.kernel);
    } catch (error) {
      assert.is((error as Error).name, 'UsageError', `${question}: ${(error as Error).stack}`);
    }
  }
}

for (const [name, file] of [
  ['6.1', RICH],
  ['7.2', HOLES],
  ['arm64', ARM64],
] as const) {
  test(`bytes flipped in symbols, types, tasks and everything else: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(3, 20, 200, 1500), fc.nat(), async (each, seed) => askAll(file, flipped(each, seed))),
      { numRuns: 12 },
    );
  });

  test(`pages taken out anywhere: ${name}`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(5, 50, 500), fc.nat(), async (each, seed) => askAll(file, holed(each, seed))),
      { numRuns: 8 },
    );
  });
}

test.run();
