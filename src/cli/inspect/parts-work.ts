import { timerRows } from '../../machine/irq/timers.ts';
import { cgroupRows } from '../../machine/memory/cgroups.ts';
import { runqRows } from '../../machine/sched/runq.ts';
import { poolRows } from '../../machine/sched/workqueues.ts';
import { partArguments } from './arguments.ts';
import type { Column, Part, Row } from './part.ts';
import { bytesText } from './parts-system.ts';
import { bare } from './table.ts';

const size = (key: string, title: string): Column => ({ key, title, right: true, show: (bytes) => bytesText(Number(bytes)) });

interface Busy {
  readonly pid?: number;
  readonly workqueue?: string;
  readonly function?: string;
}

const busyText = (busy: unknown): string =>
  (busy as readonly Busy[]).map(({ pid, workqueue, function: work }) => `[${pid ?? '-'}] ${workqueue ?? '-'}: ${work ?? '-'}`).join(', ');

/** What stands several times in a row once, with its number. */
function counted(names: unknown): string {
  const counts = new Map<string, number>();
  for (const name of names as readonly string[]) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => (n > 1 ? `${name} ×${n}` : name)).join(', ');
}

export const WORK_PARTS: readonly Part[] = [
  {
    name: 'timer',
    usage: 'timer',
    about: 'timers by CPU and when they expire',
    answer({ kernel }, args) {
      partArguments('timer', args, []);
      return {
        rows: timerRows(kernel),
        columns: [
          { key: 'cpu', title: 'CPU', right: true },
          { key: 'base', title: 'BASE', right: true },
          { key: 'expires', title: 'EXPIRES', right: true },
          { key: 'ticksLeft', title: 'TTE', right: true },
          { key: 'timer', title: 'TIMER_LIST', show: bare },
          { key: 'function', title: 'FUNCTION' },
        ],
      };
    },
  },
  {
    name: 'wq',
    usage: 'wq [-a]',
    about: 'worker pools: what runs and what waits; -a idle ones too',
    answer({ kernel }, args) {
      const all = partArguments('wq', args, ['-a']).has('-a');
      const isWorking = ({ busy, pending }: Row): boolean =>
        (busy as readonly unknown[]).length > 0 || (pending as readonly unknown[]).length > 0;
      return {
        rows: poolRows(kernel).filter((pool) => all || isWorking(pool as Row)),
        columns: [
          { key: 'pool', title: 'POOL', show: bare },
          { key: 'id', title: 'ID', right: true },
          { key: 'cpu', title: 'CPU', right: true },
          { key: 'workers', title: 'WORKERS', right: true },
          { key: 'idle', title: 'IDLE', right: true },
          { key: 'busy', title: 'RUNNING', show: busyText },
          { key: 'pending', title: 'PENDING', show: counted },
        ],
      };
    },
  },
  {
    name: 'runq',
    usage: 'runq',
    about: 'tasks that run or want to, by CPU',
    answer({ kernel, tasks }, args) {
      partArguments('runq', args, []);
      return {
        rows: runqRows(kernel, tasks),
        columns: [
          { key: 'cpu', title: 'CPU', right: true },
          { key: 'queue', title: 'QUEUE' },
          { key: 'prio', title: 'PRIO', right: true },
          { key: 'pid', title: 'PID', right: true },
          { key: 'task', title: 'TASK', show: bare },
          { key: 'comm', title: 'COMMAND' },
        ],
      };
    },
  },
  {
    name: 'cgroups',
    usage: 'cgroups',
    about: 'memory of control groups',
    answer({ kernel }, args) {
      partArguments('cgroups', args, []);
      return {
        rows: cgroupRows(kernel),
        columns: [
          size('usageBytes', 'USAGE'),
          size('maxBytes', 'MAX'),
          size('highBytes', 'HIGH'),
          size('swapBytes', 'SWAP'),
          size('anonBytes', 'ANON'),
          size('fileBytes', 'FILE'),
          size('slabBytes', 'SLAB'),
          { key: 'oomKills', title: 'OOM KILLS', right: true },
          { key: 'path', title: 'CGROUP' },
        ],
      };
    },
  },
];
