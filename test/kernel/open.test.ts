import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDump, openInput } from '../../src/dump/open/open-dump.ts';
import { openInspectable, readTypes } from '../../src/kernel/open.ts';
import { Inspection } from '../../src/machine/inspection.ts';
import { findTasks } from '../../src/machine/tasks/find-tasks.ts';
import { findKernel } from '../../src/memory/kernel.ts';
import type { Kallsyms } from '../../src/symbols/kallsyms.ts';
import { FakeMemory, fakeSymbols } from '../support/fake-memory.ts';
import { RICH } from '../support/inspect-sample.ts';

/** Pages that opening and listing the tasks reads. */
async function pagesRead(file: string): Promise<{ pages: number; tasks: (string | undefined)[] }> {
  const dump = await openDump([await openInput(file)]);
  const kernel = findKernel(dump, file);
  const found = openInspectable(kernel);
  assert.is(found.tier, 'full');
  const tasks = found.tier === 'full' ? findTasks(found.context).all.map((task) => task.comm) : [];
  return { pages: kernel.memory.physical.touched.size, tasks };
}

test('a second dump of a build needs neither its symbols nor its types read again', async () => {
  const first = await pagesRead(RICH);
  const second = await pagesRead(RICH);
  assert.equal(second.tasks, first.tasks);
  assert.ok(second.pages < first.pages / 4, `${second.pages} pages after ${first.pages}`);
});

test('a second dump’s stacks need no unwind tables read again, and are the same', async () => {
  const stacks = async () => {
    const kernel = findKernel(await openDump([await openInput(RICH)]), RICH);
    const found = openInspectable(kernel);
    assert.is(found.tier, 'full');
    if (found.tier !== 'full') return { pages: 0, frames: [] };
    const inspection = new Inspection(found.context, () => []);
    const { all } = inspection.tasks;
    const before = kernel.memory.physical.touched.size;
    const frames = all.map(({ address }) => inspection.stacks.ofTask(address).frames.map(({ ip }) => ip));
    return { pages: kernel.memory.physical.touched.size - before, frames };
  };
  const first = await stacks();
  const second = await stacks();
  assert.equal(second.frames, first.frames);
  assert.ok(second.pages < first.pages, `${second.pages} pages after ${first.pages}`);
});

test('symbols that were lost say nothing of how the kernel was built', () => {
  const symbols = { ...fakeSymbols({}), hasData: false };
  const read = (count: number): unknown =>
    readTypes(new FakeMemory(8), symbols, { names: { count }, addresses: { count }, stated: 94266 } as Kallsyms);
  assert.match(`${read(13710)}`, /^of kallsyms’ 94266 symbols only 13710 are in the dump/);
  assert.match(`${read(94266)}`, /^this kernel was built without CONFIG_KALLSYMS_ALL/);
});

test('a dump without kallsyms keeps its log and says why there is no more', async () => {
  const file = 'samples/x86_64-6.1-odd-records/vmcore'; // trimmed to its log
  const found = openInspectable(findKernel(await openDump([await openInput(file)]), file));
  assert.is(found.tier, 'none');
  assert.match('reason' in found ? found.reason : '', /kallsyms/);
});

test.run();
