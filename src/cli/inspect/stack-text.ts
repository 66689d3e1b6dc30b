import type { Known } from '../../machine/row.ts';
import type { BtRow } from '../../machine/stacks/bt.ts';
import type { FrameRow } from '../../machine/stacks/frame-row.ts';
import type { GroupRow } from '../../machine/stacks/group.ts';
import { printable } from '../../output/text/printable.ts';
import { bare } from './table.ts';

/** A stack as crash heads it, its frames with offset and module. */
export function stackText({ pid, task, cpu, comm, state, frames = [], end }: Known<BtRow>): string {
  const head = `PID: ${pid ?? '-'}  TASK: ${bare(task ?? '-')}  CPU: ${cpu ?? '-'}  ${state ?? '-'}  COMMAND: "${printable(comm ?? '-')}"`;
  return [head, ...framesText(frames), ...(end === undefined ? [] : [`    (${end})`]), ''].join('\n');
}

function framesText(frames: readonly FrameRow[]): string[] {
  return frames.flatMap((frame, i) => [
    ...(frame.kind !== 'call' && i > 0 ? [`    --- ${frame.kind} ---`] : []),
    `${`#${i}`.padStart(3)} [${bare(frame.sp)}] ${frame.reliable ? '' : '? '}${frameName(frame)}`,
  ]);
}

/** `panic+0x2e9`, `xyz_write+0x45 [driver_xyz]`; the address where there is no symbol. */
function frameName({ symbol, offset, module, ip }: FrameRow): string {
  if (symbol === undefined) return ip;
  return printable(`${symbol}+0x${(offset ?? 0).toString(16)}${module === undefined ? '' : ` [${module}]`}`);
}

/** Shown of a group by name. */
const SHOWN = 6;

export function groupText({ count, states, tasks, frames }: GroupRow): string {
  const names = tasks.slice(0, SHOWN).map(({ pid, comm }) => `${printable(comm ?? '?')}[${pid ?? '?'}]`);
  const more = tasks.length > SHOWN ? ` and ${tasks.length - SHOWN} more` : '';
  const head = `${count} ${count === 1 ? 'task' : 'tasks'} (${states.join(', ')}): ${names.join(', ')}${more}`;
  const body = frames.length > 0 ? frames.map((name) => `    ${printable(name)}`) : ['    (no stack)'];
  return [head, ...body, ''].join('\n');
}
