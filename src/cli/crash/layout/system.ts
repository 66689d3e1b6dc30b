import type { Row } from '../../inspect/part.ts';
import type { Layout } from '../from-part.ts';
import type { CrashSession } from '../session.ts';
import { address, field } from './cell.ts';

/** `sys`, with what crash says of the task when it starts. */
export const sysLayout: Layout = ([row = {}], session) =>
  systemText(row, session) + (row.task === undefined ? '' : contextText(row, ' (PANIC)', WIDTH));

function systemText(row: Row, { dump, inspection }: CrashSession): string {
  const { possible, online } = inspection.kernel.cpus;
  const offline = possible.length - online.length;
  const level = dump.dump.details.dumpLevel;
  const loads = row.loadAverage as readonly number[] | undefined;
  const cpus = field(row, 'cpus');
  const khz = inspection.kernel.u32('cpu_khz');
  return lines([
    ['KERNEL', `${field(row, 'release')} (its own symbols and types, out of the dump)`],
    ['DUMPFILE', `${dump.name}${level ? '  [PARTIAL DUMP]' : ''}`],
    ['CPUS', online.length > 0 && offline > 0 ? `${cpus} [OFFLINE: ${offline}]` : cpus],
    ['DATE', row.date === undefined ? '-' : dateText(new Date(String(row.date)))],
    ['UPTIME', row.uptimeSeconds === undefined ? '-' : uptimeText(Number(row.uptimeSeconds))],
    ['LOAD AVERAGE', loads === undefined ? '-' : loads.map((load) => load.toFixed(2)).join(', ')],
    ['TASKS', field(row, 'tasks')],
    ['NODENAME', field(row, 'nodename')],
    ['RELEASE', field(row, 'release')],
    ['VERSION', field(row, 'version')],
    ['MACHINE', `${field(row, 'machine')}${khz ? `  (${Math.floor(khz / 1000)} Mhz)` : ''}`],
    ['MEMORY', row.memoryBytes === undefined ? '-' : sizeText(Number(row.memoryBytes))],
    ['PANIC', row.panic === undefined ? '""' : `"${field(row, 'panic')}"`],
  ]);
}

const STATES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    RU: 'TASK_RUNNING',
    IN: 'TASK_INTERRUPTIBLE',
    UN: 'TASK_UNINTERRUPTIBLE',
    ID: 'TASK_IDLE',
    ST: 'TASK_STOPPED',
    TR: 'TASK_TRACED',
    ZO: 'EXIT_ZOMBIE',
    DE: 'EXIT_DEAD',
    PA: 'TASK_PARKED',
    NE: 'TASK_NEW',
  }),
);

/** `set`: the task that commands mean. @param why behind its state: ` (PANIC)`, ` (ACTIVE)` */
export function contextText(row: Row, why: string, width = 7): string {
  const task = address(row, 'task');
  const pairs: Pair[] = [
    ['PID', field(row, 'pid')],
    ['COMMAND', `"${field(row, 'comm')}"`],
    ['TASK', `${task}  [THREAD_INFO: ${task}]`],
    ['CPU', field(row, 'cpu')],
    ['STATE', `${STATES.get(String(row.state)) ?? field(row, 'state')}${why}`],
  ];
  return lines(pairs, width);
}

type Pair = readonly [label: string, value: string];
const WIDTH = 12;
const lines = (pairs: readonly Pair[], width = WIDTH): string =>
  pairs.map(([label, value]) => `${label.padStart(width)}: ${value}\n`).join('');

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As date(1) writes it, in UTC. */
function dateText(at: Date): string {
  const day = `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)}`;
  return `${day} ${at.toISOString().slice(11, 19)} UTC ${at.getUTCFullYear()}`;
}

function uptimeText(seconds: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  return `${days > 0 ? `${days} days, ` : ''}${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `319.5 MB`, `13 MB`, `48 KB`: one digit behind the point, none where it is 0. */
export function sizeText(bytes: number): string {
  const [value, unit] = bytes >= 2 ** 30 ? [bytes / 2 ** 30, 'GB'] : bytes >= 2 ** 20 ? [bytes / 2 ** 20, 'MB'] : [bytes / 1024, 'KB'];
  return bytes === 0 ? '0' : `${value.toFixed(1).replace(/\.0$/, '')} ${unit}`;
}

/** `mod`. */
export const modLayout: Layout = (rows, _session, args) => {
  const width = rows.reduce((most, row) => Math.max(most, field(row, 'name').length), 'NAME'.length);
  return [
    `     MODULE       ${'NAME'.padEnd(width)}        BASE          SIZE  OBJECT FILE\n`,
    ...rows.map((row) => {
      const taint = row.taint ? `  (${field(row, 'taint')})` : '';
      const place = `${address(row, 'base')}  ${field(row, 'sizeBytes').padStart(6)}`;
      return `${address(row, 'module')}  ${field(row, 'name').padEnd(width)}  ${place}  (not loaded)  [CONFIG_KALLSYMS]${taint}\n`;
    }),
    ...(args.length > 0 ? ['[symbols of modules are read out of the dump: none has to be loaded]\n'] : []),
  ].join('');
};
