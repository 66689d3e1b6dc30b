import type { Event } from '../../event/event.ts';
import { openInspectable } from '../../kernel/open.ts';
import { directoriesOf, fileRows } from '../../machine/fs/files.ts';
import { Inspection } from '../../machine/inspection.ts';
import { areaRows } from '../../machine/memory/areas.ts';
import { readEvents } from '../../read/events/read-events.ts';
import { dumpInput } from '../../read/inputs/dump-input.ts';
import type { DumpLog } from '../../read/inputs/dump-log.ts';
import { objectFacts } from '../../read/machine/object-facts.ts';
import { PARTS } from './parts.ts';

/** What is asked of every dump; parts that take an address are left to the whole dump. */
const QUESTIONS: readonly (readonly [part: string, ...args: string[]])[] = [
  ['sys'],
  ['ps'],
  ['ps', '-m'],
  ['bt', '-a'],
  ['foreach', 'bt'],
  ['stuck'],
  ['mod'],
  ['kmem', '-i'],
  ['kmem', '-s'],
  ['kmem', '-z'],
  ['irq'],
  ['irq', '-s'],
  ['dev', '-d'],
  ['mount'],
  ['timer'],
  ['wq'],
  ['runq'],
  ['cgroups'],
  ['net'],
  ['swap'],
];

/**
 * Asks a dump everything, so that the pages that the answers need count as used, whose dump `trim --inspect` writes: also those that tell
 * what the registers of its last reports point to.
 */
export async function touchForInspect(opened: DumpLog): Promise<void> {
  const found = openInspectable(opened.kernel, { fresh: true });
  if (found.tier !== 'full') return;
  const { context } = found;
  const inspection = new Inspection(context, () => []);
  const events: Event[] = [];
  for await (const event of readEvents(dumpInput(opened))) events.push(event);
  objectFacts(inspection, events);
  for (const [name, ...args] of QUESTIONS) PARTS.find((part) => part.name === name)?.answer(inspection, args);
  // symbols of modules are read when an address in one is looked up
  for (const module of context.symbols.modules) module.symbols();
  for (const cpu of context.cpus.possible) inspection.stacks.onCpu(cpu);
  for (const { struct } of inspection.tasks.all) {
    inspection.stacks.ofTask(struct.address);
    fileRows(context, struct);
    directoriesOf(struct);
    const mm = struct.follow('mm', 'mm_struct');
    if (mm) areaRows(context, mm);
  }
}
