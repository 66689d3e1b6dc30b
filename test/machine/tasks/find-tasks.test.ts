import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Dump } from '../../../src/dump/dump.ts';
import { inspectSample, RICH } from '../../support/inspect-sample.ts';

/** The dump without one page. */
const without =
  (page: number) =>
  (dump: Dump): Dump => ({
    ...dump,
    readPhysical(paddr, into) {
      if (paddr + into.length <= page || paddr >= page + dump.blockSize) return dump.readPhysical(paddr, into);
      into.fill(0);
      return 'excluded';
    },
  });

test('a task that is not in the dump breaks the list, not the search: all others are found, and the break is said', async () => {
  const whole = await inspectSample(RICH);
  const all = whole.inspection!.tasks.all;
  assert.is(all.length, 78);
  assert.equal([...whole.inspection!.kernel.losses.stops], []);
  const lost = all.find((task) => task.comm === 'jbd2/vda-8')!;
  const at = whole.inspection!.kernel.kernel.memory.toPhysical(lost.address)!;
  // the list's pointers are on a page of their own
  const links = at + (whole.inspection!.kernel.types.member('task_struct', 'tasks')?.offset ?? 0);
  const { inspection } = await inspectSample(RICH, without(links - (links % 4096)));
  const found = new Set(inspection!.tasks.all.map((task) => task.address));
  const missing = all.filter((task) => !found.has(task.address)).map((task) => task.comm);
  assert.ok(missing.length <= 2, `missing: ${missing}`); // two tasks may share the page
  assert.match([...inspection!.kernel.losses.stops].join('\n'), /the list of tasks ends after \d+/);
});

test('after a panic the tasks that were on the other CPUs are known though these are offline', async () => {
  const { inspection } = await inspectSample(RICH);
  assert.equal(inspection!.kernel.cpus.online, [1]);
  assert.equal(
    [...inspection!.tasks.running].map(([cpu, task]) => [cpu, task.comm]),
    [
      [0, 'swapper/0'],
      [1, 'init'],
      [2, 'swapper/2'],
    ],
  );
  assert.is(inspection!.panicTask?.comm, 'init');
});

test.run();
