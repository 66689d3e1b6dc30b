import type { MachineFacts } from '../../event/event.ts';
import { printable } from './printable.ts';

/** Rows of each kind that fit a summary. */
const MAX_CPUS = 8;
const MAX_STUCK = 8;
const MAX_OBJECTS = 4;

/** What the memory of a dump says, a line a fact: whether its stack is the log's, what each CPU did, who waits for what, who had the memory. */
export function machineLines(machine: MachineFacts): string[] {
  const { stack, panic, cpus, stuck, memory, largest, slabs = [], cgroups = [], objects = [], unknown = [] } = machine;
  const busy = cpus.filter(({ idle }) => !idle);
  const idle = cpus.length - busy.length;
  const lines = [
    ...(stack?.agrees === true ? [`the stack of ${nameOf(panic ?? {})} in memory agrees with the log`] : []),
    ...(stack?.agrees === false ? [`the stack of ${nameOf(panic ?? {})} in memory is NOT the log's: ${stack.why ?? 'they differ'}`] : []),
    ...busy.slice(0, MAX_CPUS).map(cpuLine),
    ...(busy.length > MAX_CPUS ? [`and ${busy.length - MAX_CPUS} more CPUs that ran a task`] : []),
    ...(idle > 0 ? [`${idle} of ${cpus.length} CPUs idle`] : []),
    ...stuck.slice(0, MAX_STUCK).map(stuckLine),
    ...(stuck.length > MAX_STUCK
      ? [`and ${stuck.length - MAX_STUCK} more tasks in uninterruptible sleep: lastkmsg inspect FILE stuck`]
      : []),
    ...memoryLine(memory),
    ...(largest.length > 0 ? [`most memory: ${largest.map(({ rssKb, ...task }) => `${nameOf(task)} ${sizeText(rssKb)}`).join(', ')}`] : []),
    ...(slabs.length > 0 ? [`largest slab caches: ${slabs.map(({ name, bytes }) => `${name} ${sizeText(bytes / 1024)}`).join(', ')}`] : []),
    ...(cgroups.length > 0 ? [`largest control groups: ${cgroups.map(groupText).join(', ')}`] : []),
    ...objects.slice(0, MAX_OBJECTS).map(objectLine),
    ...unknown.slice(0, 4).map((what) => `not known: ${what}`),
  ];
  return lines.map(printable);
}

const nameOf = ({ comm, pid }: { readonly comm?: string | undefined; readonly pid?: number | undefined }): string =>
  `${comm ?? '?'}[${pid ?? '?'}]`;

/** Innermost functions first, as a stack is printed. */
function cpuLine({ cpu, in: functions, ...task }: MachineFacts['cpus'][number]): string {
  const who = task.pid === undefined && task.comm === undefined ? '' : `${nameOf(task)} `;
  return `CPU ${cpu}: ${who}${functions.length > 0 ? `in ${functions.slice(0, 5).join(' < ')}` : 'in user space, or not known where'}`;
}

function stuckLine({ sinceMs, what, owner, request, ...task }: MachineFacts['stuck'][number]): string {
  const since = sinceMs === undefined ? '' : ` for ${(sinceMs / 1000).toFixed(1)} s`;
  const sleeps = owner?.in && owner.in.length > 0 ? `, which sleeps in ${owner.in.slice(0, 3).join(' < ')}` : '';
  const held = owner ? ` held by ${nameOf(owner)}${sleeps}` : '';
  const flight = request === undefined ? '' : `: ${request}`;
  return `${nameOf(task)} waits${since} for ${what ?? 'something that its stack does not tell'}${held}${flight}`;
}

function groupText({ path, usageBytes, maxBytes }: NonNullable<MachineFacts['cgroups']>[number]): string {
  return `${path} ${sizeText(usageBytes / 1024)}${maxBytes === undefined ? '' : ` of ${sizeText(maxBytes / 1024)}`}`;
}

/** As of when the dump was taken: after a report that the machine survived, another object may lie there. */
function objectLine({ event, register, cache, offset, isFree }: NonNullable<MachineFacts['objects']>[number]): string {
  return `${register} of ${event} points ${offset} bytes into ${isFree === true ? 'a free object' : 'an object'} of ${cache}${isFree === false ? ' in use' : ''}`;
}

/** The items of `kmem -i` that add up to something; pages are 4 KiB but on few machines, so shares are said, not sizes. */
function memoryLine(memory: MachineFacts['memory']): string[] {
  const pages = (item: string): number | undefined => memory.find((each) => each.item === item)?.pages;
  const total = pages('totalMem');
  if (!total) return [];
  const share = (item: string, word: string): string[] => {
    const n = pages(item);
    return n === undefined ? [] : [`${Math.round((100 * n) / total)} % ${word}`];
  };
  return [
    `memory: ${[...share('free', 'free'), ...share('anonymous', 'anonymous'), ...share('cached', 'page cache'), ...share('slab', 'slab')].join(', ')}`,
  ];
}

const sizeText = (kb: number): string =>
  kb >= 2 ** 20 ? `${(kb / 2 ** 20).toFixed(1)} GiB` : kb >= 1024 ? `${(kb / 1024).toFixed(1)} MiB` : `${Math.round(kb)} KiB`;
