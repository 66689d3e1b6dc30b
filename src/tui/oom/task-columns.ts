import type { OomTask } from '../../event/event.ts';
import { cells } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { bar } from '../line/bar.ts';
import type { Cell } from '../line/columns.ts';
import { span } from '../line/line.ts';
import { count, percent } from '../line/numbers.ts';
import { type Droppable, fitting } from './fit.ts';
import type { TaskNumbers } from './task-numbers.ts';
import type { TaskSort } from './task-order.ts';
import { numberIn } from './units.ts';

/** A column of the task table. */
export interface TaskColumn extends Droppable {
  /** The order that makes this column rise or fall. */
  readonly sort?: TaskSort | undefined;
  readonly cell: (task: OomTask) => Cell;
}

interface Known {
  readonly head: string;
  readonly drop: number;
  readonly sort?: TaskSort;
}

/** The kernel's columns under its own names; which gives way first: page tables, then what other columns hold as well. */
const KNOWN: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    uid: { head: 'uid', drop: 50 },
    tgid: { head: 'tgid', drop: 60 },
    totalVmPages: { head: 'total_vm', drop: 30 },
    rssPages: { head: 'rss', drop: 0, sort: 'rss' },
    rssAnonPages: { head: 'rss_anon', drop: 43 },
    rssFilePages: { head: 'rss_file', drop: 44 },
    rssShmemPages: { head: 'rss_shmem', drop: 45 },
    nrPtesPages: { head: 'nr_ptes', drop: 100 },
    nrPmdsPages: { head: 'nr_pmds', drop: 99 },
    nrPudsPages: { head: 'nr_puds', drop: 98 },
    pgtablesBytes: { head: 'pgtables', drop: 100 },
    swapentsPages: { head: 'swap', drop: 10, sort: 'swap' },
    cpu: { head: 'cpu', drop: 70 },
    oomAdj: { head: 'oom_adj', drop: 5, sort: 'adj' },
    oomScoreAdj: { head: 'adj', drop: 0, sort: 'adj' },
  }),
);
/** A newer kernel's column. */
const UNKNOWN_DROP = 40;
const RANK_DROP = 20;
const SHARE_DROP = 90;
const LONGEST_NAME = 24;

/** `rssTape` → `rss_tape`: as the kernel's header had it. */
const printedName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns that fit, the task's name first, then the kernel's in its order, then what was worked out. */
export function taskColumns(numbers: TaskNumbers, width: number, wanted?: ReadonlySet<string>): readonly TaskColumn[] {
  const keys = printedKeys(numbers).filter((key) => wanted === undefined || wanted.has(key));
  const fixed: readonly TaskColumn[] = [
    nameColumn(numbers, width),
    numberColumn(numbers, 'pid', { head: 'pid', drop: 0, sort: 'pid' }),
    ...keys.map((key) => numberColumn(numbers, key, KNOWN.get(key) ?? { head: printedName(key), drop: UNKNOWN_DROP })),
    ...badnessColumns(numbers),
  ];
  const least = shareColumn(numbers, 0);
  const kept = fitting(least === undefined ? fixed : [...fixed, least], width - 2);
  if (least === undefined || !kept.includes(least)) return kept;
  const rest = width - 2 - kept.reduce((total, column) => total + column.width + 2, -2);
  return [...kept.slice(0, -1), shareColumn(numbers, least.width + rest)!];
}

/** The fields of the kernel's row but pid and name; a row may lack one that could not be read. */
function printedKeys({ tasks }: TaskNumbers): string[] {
  const fields = (task: OomTask): string[] => Object.keys(task).filter((key) => key !== 'pid' && key !== 'name');
  return tasks.slice(0, 100).reduce<string[]>((most, task) => (fields(task).length > most.length ? fields(task) : most), []);
}

function nameColumn({ tasks, victims }: TaskNumbers, width: number): TaskColumn {
  const most = width >= 100 ? LONGEST_NAME : 16;
  const longest = tasks.reduce((most, { name }) => (name.length > most ? Math.max(most, cells(printable(name))) : most), 4);
  return {
    head: '  task',
    width: Math.min(longest, most) + 2,
    drop: 0,
    sort: 'name',
    cell: ({ pid, name }) => (victims.has(pid) ? span(`✖ ${printable(name)}`, 'fatal') : `  ${printable(name)}`),
  };
}

function numberColumn({ tasks, unit }: TaskNumbers, key: string, { head, drop, sort }: Known): TaskColumn {
  const value = (task: OomTask): number | undefined => {
    const raw = numberIn(task[key]);
    if (raw === undefined) return undefined;
    return key === 'pgtablesBytes' ? raw / 1024 : key.endsWith('Pages') ? unit.of(raw) : raw;
  };
  const sized = key === 'pgtablesBytes' ? ' kB' : key.endsWith('Pages') ? ` ${unit.name}` : '';
  const plain = key === 'pid' || key === 'uid' || key === 'tgid';
  const text = (n: number): string => (plain ? `${n}` : count(Math.round(n)));
  let [low, high] = [0, 0];
  for (const task of tasks) {
    const n = value(task) ?? 0;
    if (n < low) low = n;
    if (n > high) high = n;
  }
  return {
    head: `${head}${sized}`,
    width: Math.max(head.length + sized.length, text(low).length, text(high).length),
    align: 'right',
    drop,
    sort,
    cell: (task) => {
      const n = value(task);
      return n === undefined ? '–' : text(n);
    },
  };
}

function badnessColumns({ badness, unkillable, victims }: TaskNumbers): TaskColumn[] {
  if (badness.size === 0) return [];
  let longest = unkillable > 0 ? 'unkillable'.length : 'badness'.length;
  for (const { points } of badness.values()) longest = Math.max(longest, points === undefined ? 0 : count(points).length);
  return [
    {
      head: 'badness',
      width: longest,
      align: 'right',
      drop: 0,
      sort: 'badness',
      cell: ({ pid }) => {
        const entry = badness.get(pid);
        if (entry?.unkillable) return span('unkillable', 'dim');
        const text = entry?.points === undefined ? '–' : count(entry.points);
        return victims.has(pid) ? span(text, 'title') : text;
      },
    },
    {
      head: '#',
      width: `#${badness.size}`.length,
      align: 'right',
      drop: RANK_DROP,
      cell: ({ pid }) => {
        const rank = badness.get(pid)?.rank;
        return rank === undefined ? '' : span(`#${rank}`, 'dim');
      },
    },
  ];
}

/** `████▍  45.6%` of the limit, or of the machine's memory; takes the cells that are left. */
function shareColumn({ whole, unit }: TaskNumbers, room: number): TaskColumn | undefined {
  if (whole === undefined) return undefined;
  const width = Math.min(40, Math.max(18, room));
  const bars = width - 7;
  return {
    head: `${'rss of '.padStart(bars)}${whole.name}`.slice(0, width),
    width,
    drop: SHARE_DROP,
    cell: (task) => {
      const kb = unit.of(task.rssPages ?? 0);
      const share = kb / whole.kb;
      return span(
        `${bar(share, bars).padEnd(bars)} ${percent(kb, whole.kb).padStart(6)}`,
        share >= 0.5 ? 'error' : share >= 0.2 ? 'degraded' : undefined,
      );
    },
  };
}
