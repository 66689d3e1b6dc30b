import type { Inspection } from '../inspection.ts';
import { presentPages } from '../memory/zones.ts';

/** Something that must be so in any kernel: where it is not, what is shown is doubtful. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
}

export function checks(inspection: Inspection): Check[] {
  const { kernel, tasks } = inspection;
  const init = kernel.variable('init_task', 'task_struct');
  const modules = kernel.symbols.modules;
  const present = presentPages(kernel);
  const held = kernel.kernel.dump.ranges.reduce((sum, { start, end }) => sum + end - start, 0) / kernel.memory.pageSize;
  const stops = [...kernel.losses.stops];
  return [
    { name: 'the first task is swapper, pid 0', ok: /^swapper(?:\/0)?$/.test(init?.text('comm') ?? '') && init?.num('pid') === 0 },
    { name: 'the list of tasks closes', ok: !stops.some((stop) => stop.startsWith('the list of tasks')) },
    {
      name: 'the list of modules closes',
      ok: modules.every(({ name }) => name !== '') && !stops.some((stop) => stop.startsWith('the list of modules')),
    },
    // a dump's ranges reach over holes of memory too
    { name: 'the zones fit into the memory of the dump', ok: present !== undefined && present > 0 && present <= held * 1.01 },
    {
      name: 'each CPU’s current task is on it',
      ok: [...tasks.running.values()].every(({ struct }) => !struct.has('on_cpu') || struct.num('on_cpu') === 1),
    },
  ];
}
