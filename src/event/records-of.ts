import type { Event } from './event.ts';

/** Lists whose sources end with one record for each item: frames behind their stack's title, rows of tables. */
const LISTS = /^(stacks\.\d+)\.frames\.(\d+)(?:\.|$)|^(oom\.(?:tasks|slabs|allocations|doubts))\.(\d+)(?:\.|$)/;

/**
 * The records that a field was read from, by its path in the event: `details.seconds`, `registers.RAX`, `stacks.0.frames.3.symbol`,
 * `oom.tasks.12.rssPages`. Where the path itself has none, those of the nearest part of the event around it; else those of all its parts:
 * `task` has the records of its pid, its name and its CPU.
 * @returns sequence numbers (line numbers of a text); empty for what no line says
 */
export function recordsOf(event: Event, path: string): readonly number[] {
  const { sources } = event;
  if (sources === undefined) return [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const at = path.slice(0, end);
    const own = sources[at];
    if (own === undefined) continue;
    const [, stack, frame, table, row] = LISTS.exec(path) ?? [];
    if (at !== (stack ?? table)) return own;
    const one = own[own.length - lengthOf(event, at) + Number(frame ?? row)];
    return one === undefined ? own : [one];
  }
  const parts = Object.keys(sources).filter((key) => key.startsWith(`${path}.`));
  return [...new Set(parts.flatMap((key) => sources[key] ?? []))];
}

/** The records of several fields, each once, in order. */
export const recordsOfAll = (event: Event, paths: readonly string[]): number[] =>
  [...new Set(paths.flatMap((path) => recordsOf(event, path)))].sort((a, b) => a - b);

function lengthOf({ stacks, oom }: Event, list: string): number {
  const [, name = ''] = list.split('.');
  const items = list.startsWith('stacks.') ? stacks?.[Number(name)]?.frames : oom?.[name as 'tasks' | 'slabs' | 'allocations' | 'doubts'];
  return items?.length ?? 0;
}
