import type { Event } from './event.ts';

/** Arrays whose sources end with one record for each element: title first where one was printed, then frames; rows of the task table. */
const EACH = /^(stacks\.\d+)\.frames\.(\d+)(?:\.|$)|^(oom\.tasks)\.(\d+)(?:\.|$)/;

/**
 * The records that a field was read from, by its path in the event: `details.seconds`, `registers.RAX`, `stacks.0.frames.3.symbol`,
 * `oom.tasks.12.rssPages`. Where the path itself has none, those of the nearest part of the event around it that has.
 * @returns sequence numbers (line numbers of a text); empty for what is computed and stands nowhere
 */
export function recordsOf({ sources = {}, stacks, oom }: Event, path: string): readonly number[] {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const own = sources[at];
    if (own === undefined) continue;
    const [, stack, frame, table, row] = EACH.exec(path) ?? [];
    if (at !== stack && at !== table) return own;
    const count = at === table ? (oom?.tasks?.length ?? 0) : (stacks?.[Number(at.slice('stacks.'.length))]?.frames.length ?? 0);
    const one = own[own.length - count + Number(row ?? frame)];
    return one === undefined ? own : [one];
  }
  return [];
}
