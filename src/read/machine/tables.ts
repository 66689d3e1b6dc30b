import type { Inspection } from '../../machine/inspection.ts';
import { moduleRows } from '../../machine/system/modules.ts';
import { psRows } from '../../machine/tasks/ps.ts';
import { decodeText } from '../../record/decode-text.ts';

interface TaskLine {
  readonly pid?: number | undefined;
  readonly comm: string;
  readonly cpu?: number | undefined;
  readonly state: string;
  readonly rssKb?: number | undefined;
  readonly active: boolean;
}

interface ModuleLine {
  readonly name: string;
  readonly sizeBytes?: number | undefined;
  readonly taint: string;
}

/** Tasks and modules, for who looks through them. */
export interface MachineTables {
  readonly tasks: readonly TaskLine[];
  readonly modules: readonly ModuleLine[];
}

export function machineTables({ kernel, tasks }: Inspection): MachineTables {
  return {
    tasks: psRows(tasks).map(({ pid, comm, cpu, state, rssKb, active }) => ({
      pid,
      comm: comm === undefined ? '?' : decodeText(comm),
      cpu,
      state: state ?? '??',
      rssKb,
      active: active === true,
    })),
    modules: moduleRows(kernel).map(({ name, sizeBytes, taint }) => ({ name: decodeText(name ?? '?'), sizeBytes, taint: taint ?? '' })),
  };
}
