import { lastRunRows, psRows } from '../../machine/tasks/ps.ts';
import { stuckRows } from '../../machine/waits/stuck.ts';
import { partArguments, tasksNamed } from './arguments.ts';
import type { Column, Part } from './part.ts';
import { stuckText } from './stuck-text.ts';
import { bare } from './table.ts';

const comm: Column = {
  key: 'comm',
  title: 'COMM',
  show: (name, row) => (row.pid !== undefined && isKernelThread(row) ? `[${name}]` : String(name)),
};
const isKernelThread = (row: Readonly<Record<string, unknown>>): boolean => row.vszKb === 0 && row.state !== 'ZO';

const PS: readonly Column[] = [
  { key: 'active', title: ' ', show: (active) => (active ? '>' : ' ') },
  { key: 'pid', title: 'PID', right: true },
  { key: 'ppid', title: 'PPID', right: true },
  { key: 'cpu', title: 'CPU', right: true },
  { key: 'task', title: 'TASK', show: bare },
  { key: 'state', title: 'ST' },
  { key: 'memPercent', title: '%MEM', right: true, show: (percent) => Number(percent).toFixed(1) },
  { key: 'vszKb', title: 'VSZ', right: true },
  { key: 'rssKb', title: 'RSS', right: true },
  comm,
];

const LAST_RUN: readonly Column[] = [
  { key: 'lastRunAgoNs', title: 'LAST RAN', right: true, show: (ns) => `[${agoText(Number(ns))}]` },
  { key: 'state', title: 'ST' },
  { key: 'pid', title: 'PID', right: true },
  { key: 'task', title: 'TASK', show: bare },
  { key: 'cpu', title: 'CPU', right: true },
  { key: 'comm', title: 'COMM' },
];

/** Days, hours:minutes:seconds.milliseconds, as crash's `ps -m`. */
function agoText(ns: number): string {
  const ms = Math.floor(ns / 1e6);
  const two = (n: number): string => String(Math.floor(n) % 100).padStart(2, '0');
  const time = `${two((ms / 3_600_000) % 24)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  return `${Math.floor(ms / 86_400_000)} ${time}`;
}

export const PS_PART: Part = {
  name: 'ps',
  usage: 'ps [-m] [PID|COMM|TASK…] [--state ST]',
  about: 'tasks; -m when each last ran',
  answer(inspection, args) {
    const given = partArguments('ps', args, ['-m', '--state=']);
    const state = given.value('--state')?.toUpperCase();
    const wanted = tasksNamed(inspection, given.rest).filter((task) => state === undefined || task.state === state);
    return given.has('-m')
      ? { rows: lastRunRows(inspection.tasks, wanted), columns: LAST_RUN }
      : { rows: psRows(inspection.tasks, wanted), columns: PS };
  },
};

export const STUCK_PART: Part = {
  name: 'stuck',
  usage: 'stuck',
  about: 'tasks in uninterruptible sleep: for what, who holds it, which request is in flight',
  answer(inspection, args) {
    partArguments('stuck', args, []);
    const rows = stuckRows(inspection, inspection.stacks);
    return { rows, columns: [], text: () => stuckText(rows) };
  },
};
