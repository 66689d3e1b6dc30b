import { openInspectable } from '../../kernel/open.ts';
import { directoriesOf, fileRows } from '../../machine/fs/files.ts';
import { Inspection } from '../../machine/inspection.ts';
import { areaRows } from '../../machine/memory/areas.ts';
import type { Kernel } from '../../memory/kernel.ts';
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

/** Asks a dump everything, so that the pages that the answers need count as used, whose dump `trim --inspect` writes. */
export function touchForInspect(kernel: Kernel): void {
  const found = openInspectable(kernel, { fresh: true });
  if (found.tier !== 'full') return;
  const { context } = found;
  const inspection = new Inspection(context, () => []);
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
