import type { Event } from './event.ts';

/** Lists whose sources end with one record for each item: frames behind their stack's title, rows of tables. */
const LISTS = /^(stacks\.\d+)\.frames\.(\d+)(?:\.|$)|^(oom\.(?:tasks|slabs|allocations|doubts))\.(\d+)(?:\.|$)/;

/**
 * The records that a field was read from, by its path in the event: `details.seconds`, `registers.RAX`, `stacks.0.frames.3.symbol`,
 * `oom.tasks.12.rssPages`. Where the path itself has none, those of the nearest part of the event around it that has.
 * @returns sequence numbers (line numbers of a text); empty for what was worked out and stands nowhere
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
  return [];
}

function lengthOf({ stacks, oom }: Event, list: string): number {
  const [, name = ''] = list.split('.');
  const items = list.startsWith('stacks.') ? stacks?.[Number(name)]?.frames : oom?.[name as 'tasks' | 'slabs' | 'allocations' | 'doubts'];
  return items?.length ?? 0;
}
