import type { Overview, StackLine } from '../../machine/overview/overview.ts';
import { printable } from '../../output/text/printable.ts';
import { bytesText } from './parts-system.ts';
import { stuckLines } from './stuck-text.ts';

/** One screen: rows beyond are counted. */
const MAX_FRAMES = 16;
const MAX_STUCK = 8;

/** The overview as text. @param pageSize bytes */
export function overviewText(overview: Overview, pageSize: number): string {
  const { system, checks, recovered } = overview;
  const lines = [
    ...machineLines(overview),
    '',
    ...panicLines(overview),
    ...section('stuck (uninterruptible sleep)', some(stuckLines(overview.stuck), MAX_STUCK)),
    ...section('memory', memoryLines(overview, pageSize)),
    ...section('what the dump lacks', lackLines(overview)),
    ...section(
      'checks',
      checks.map(({ name, ok }) => `${ok ? 'ok' : 'NOT'}  ${name}`),
    ),
  ];
  if (recovered.length > 1) lines.push(`tasks found: ${recovered.map(({ from, tasks }) => `${tasks} by ${from}`).join(', ')}`);
  if (system.unknown?.length) lines.push(`unknown: ${system.unknown.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function machineLines({ system }: Overview): string[] {
  const { release, machine, cpus, memoryBytes, uptimeSeconds, loadAverage, date, tasks } = system;
  const memory = memoryBytes === undefined ? '' : `, ${bytesText(memoryBytes)}`;
  const up = uptimeSeconds === undefined ? '' : `, up ${Math.floor(uptimeSeconds)} s`;
  const load = loadAverage === undefined ? '' : `, load ${loadAverage.map((n) => n.toFixed(2)).join(' ')}`;
  return [
    `${printable(release ?? 'unknown kernel')} (${printable(machine ?? '?')}), ${cpus} CPUs${memory}, ${tasks} tasks${up}${load}${date === undefined ? '' : `, ${date}`}`,
    ...(system.panic === undefined ? [] : [`panic: ${printable(system.panic.replace(/^Kernel panic - not syncing: /, ''))}`]),
  ];
}

function panicLines({ system, panicStack, agreement }: Overview): string[] {
  const { pid, comm, cpu, state } = system;
  if (pid === undefined)
    return panicStack.length > 0 ? panicStack.map(frameText) : ['no task panicked: this is a dump of a running machine'];
  const agrees =
    agreement === undefined ? 'the log has no trace of it' : agreement.agrees ? 'stack agrees with the log' : `DISAGREES: ${agreement.why}`;
  return [`CPU ${cpu}: ${printable(comm ?? '?')}[${pid}] ${state ?? ''} (${agrees})`, ...some(panicStack.map(frameText), MAX_FRAMES)];
}

const frameText = ({ symbol, offset, module, kind, reliable }: StackLine): string =>
  `  ${reliable ? '' : '? '}${printable(symbol)}+0x${offset.toString(16)}${module ? ` [${printable(module)}]` : ''}${kind === 'call' ? '' : ` (${kind})`}`;

function some(lines: readonly string[], most: number): string[] {
  return lines.length > most ? [...lines.slice(0, most), `  … and ${lines.length - most} more`] : [...lines];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', `${title}:`, ...lines.map((line) => `  ${line}`)] : [];

/** Kinds that together make up what is used, and what is left of it. */
const KINDS: readonly (readonly [item: string, name: string])[] = [
  ['free', 'free'],
  ['anonymous', 'anonymous'],
  ['cached', 'page cache'],
  ['slab', 'slab'],
  ['pageTables', 'page tables'],
  ['kernelStacks', 'kernel stacks'],
  ['percpu', 'per-CPU'],
];

function memoryLines({ memory, largest }: Overview, pageSize: number): string[] {
  const pages = new Map(memory.map(({ item, pages }) => [item as string, pages]));
  const total = pages.get('totalMem');
  const text = (n: number): string => bytesText(n * pageSize);
  const known = KINDS.flatMap(([item, name]) => {
    const n = pages.get(item);
    return n === undefined ? [] : [{ name, n }];
  });
  const rest = total === undefined ? undefined : total - known.reduce((sum, { n }) => sum + n, 0);
  const parts = [...known, ...(rest !== undefined && rest > 0 ? [{ name: 'other', n: rest }] : [])];
  const swap = pages.get('totalSwap');
  const used = pages.get('swapUsed');
  return [
    `${total === undefined ? 'total unknown' : text(total)}: ${parts.map(({ name, n }) => `${name} ${text(n)}`).join(', ')}`,
    ...(swap && used !== undefined ? [`swap ${text(used)} of ${text(swap)} used`] : []),
    ...(largest.length > 0
      ? [`largest: ${largest.map(({ comm, pid, rssKb }) => `${printable(comm)}[${pid}] ${bytesText(rssKb * 1024)}`).join(', ')}`]
      : []),
  ];
}

function lackLines({ slabHoles }: Overview): string[] {
  if (!slabHoles) return [];
  const { slabs, headsMissing, multiPage, secondsMissing, cause, partial } = slabHoles;
  if (headsMissing + secondsMissing === 0) return [];
  const of = partial ? ' of those looked at' : '';
  return [
    `${headsMissing} of ${slabs} slabs${of}, the second page of ${secondsMissing} of ${multiPage}`,
    ...(cause === undefined ? [] : [cause]),
  ];
}
