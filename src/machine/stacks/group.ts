import type { Symbols } from '../../symbols/symbols.ts';
import { lookupAddress } from '../../unwind/stack.ts';
import { hex } from '../row.ts';
import type { TaskStack } from './bt.ts';

/** Tasks that stand at the same place: a row of `bt --group`. */
export interface GroupRow {
  readonly count: number;
  /** Functions from the innermost on. */
  readonly frames: readonly string[];
  readonly states: readonly string[];
  readonly tasks: readonly { readonly pid: number | undefined; readonly comm: string | undefined; readonly task: string }[];
}

/** Groups stacks by the names of their functions; the largest group first. Suffixes of the compiler and offsets are no difference. */
export function groupStacks(symbols: Symbols, stacks: readonly TaskStack[]): GroupRow[] {
  const groups = new Map<string, { frames: readonly string[]; members: TaskStack[] }>();
  for (const each of stacks) {
    const frames = each.stack.frames.map((frame) => symbols.at(lookupAddress(frame))?.name ?? hex(frame.ip));
    const key = frames.map((name) => name.replace(/\..*$/, '')).join(' ');
    const group = groups.get(key);
    if (group) group.members.push(each);
    else groups.set(key, { frames, members: [each] });
  }
  return [...groups.values()]
    .sort((a, b) => b.members.length - a.members.length)
    .map(({ frames, members }) => ({
      count: members.length,
      frames,
      states: [...new Set(members.flatMap(({ task }) => task.state ?? []))].sort(),
      tasks: members.map(({ task }) => ({ pid: task.pid, comm: task.comm, task: hex(task.address) })),
    }));
}
