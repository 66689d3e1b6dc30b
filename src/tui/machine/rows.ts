import { printable } from '../../output/text/printable.ts';
import type { Source } from '../data/source.ts';
import { bar } from '../line/bar.ts';
import { type Cell, type Column, heads, row, widthsOf } from '../line/columns.ts';
import { type Line, span } from '../line/line.ts';
import { count } from '../line/numbers.ts';

type Machine = NonNullable<Source['machine']>;

/** A row of the Machine screen: what is drawn, and the task it is about. */
export interface MachineRow {
  readonly line: Line;
  readonly pid?: number | undefined;
}

/** The rows of a tab, and what stands above them. */
export interface MachineTable {
  readonly head: Line;
  readonly rows: readonly MachineRow[];
}

export interface MachineTab {
  readonly name: string;
  readonly table: (machine: Machine, source: Source, width: number, sort: number) => MachineTable;
}

const nameOf = ({ comm, pid }: { readonly comm?: string | undefined; readonly pid?: number | undefined }): string =>
  printable(`${comm ?? '?'}[${pid ?? '?'}]`);

/** Each CPU with what ran there; below it the functions it was in, innermost first. */
const cpuTab: MachineTab = {
  name: 'CPUs',
  table: ({ facts }) => ({
    head: [span(' CPU  task, and where it was', 'dim')],
    rows: facts.cpus.flatMap(({ cpu, idle, in: functions, ...task }): MachineRow[] => [
      {
        line: [
          ` ${String(cpu).padStart(3)}  `,
          span(
            task.comm === undefined && task.pid === undefined ? 'a task that is not known' : nameOf(task),
            cpu === facts.panic?.cpu ? 'fatal' : idle ? 'dim' : 'title',
          ),
          cpu === facts.panic?.cpu ? span('  panicked', 'fatal') : idle ? span('  idle', 'dim') : '',
        ],
        pid: task.pid,
      },
      ...functions.map((name) => ({ line: ['        ', span(printable(name), idle ? 'dim' : undefined)], pid: task.pid })),
    ]),
  }),
};

/** Who waits for what, the longest first; below each who holds it and what is in flight. */
const stuckTab: MachineTab = {
  name: 'Stuck',
  table: ({ facts }) => ({
    head: [span(' for       task and what it waits for', 'dim')],
    rows: facts.stuck.flatMap(({ sinceMs, what, owner, request, waitsFor, ...task }): MachineRow[] => [
      {
        line: [
          ` ${(sinceMs === undefined ? '?' : `${(sinceMs / 1000).toFixed(1)} s`).padStart(8)}  `,
          span(nameOf(task), 'hung'),
          `  ${printable(what ?? 'its stack does not tell what for')}`,
        ],
        pid: task.pid,
      },
      ...(owner
        ? [
            {
              line: ['            ', span(`held by ${nameOf(owner)}`, waitsFor.includes(task.pid ?? -1) ? 'fatal' : 'culprit')],
              pid: owner.pid,
            },
          ]
        : []),
      ...(request === undefined ? [] : [{ line: ['            ', span(printable(request), 'degraded')], pid: task.pid }]),
    ]),
  }),
};

const TASKS: readonly Column[] = [
  { head: '', width: 1 },
  { head: 'PID', width: 7, align: 'right' },
  { head: 'CPU', width: 4, align: 'right' },
  { head: 'ST', width: 2 },
  { head: 'RSS KiB', width: 10, align: 'right' },
  { head: 'TASK' },
];
/** By what `s` sorts, in turn. */
export const TASK_SORTS = ['pid', 'memory', 'state'] as const;

const taskTab: MachineTab = {
  name: 'Tasks',
  table({ tables }, _source, width, sort) {
    const widths = widthsOf(TASKS, width - 1);
    const by = TASK_SORTS[sort % TASK_SORTS.length];
    const tasks = [...tables.tasks];
    if (by === 'memory') tasks.sort((a, b) => (b.rssKb ?? -1) - (a.rssKb ?? -1));
    if (by === 'state') tasks.sort((a, b) => (a.state < b.state ? 1 : a.state > b.state ? -1 : 0));
    return {
      head: [' ', ...heads(TASKS, widths)],
      rows: tasks.map(({ pid, cpu, state, rssKb, comm, active }) => {
        const cells: Cell[] = [
          active ? span('>', 'key') : '',
          pid === undefined ? '?' : String(pid),
          cpu === undefined ? '?' : String(cpu),
          span(printable(state), state === 'UN' ? 'hung' : state === 'RU' ? 'title' : 'dim'),
          rssKb === undefined ? '?' : rssKb === 0 ? span('-', 'dim') : count(rssKb),
          printable(comm),
        ];
        return { line: [' ', ...row(TASKS, widths, cells)], pid };
      }),
    };
  },
};

const MEMORY: readonly Column[] = [
  { head: 'KIND', width: 16 },
  { head: 'MiB', width: 10, align: 'right' },
  { head: '%', width: 4, align: 'right' },
  { head: '' },
];
/** Words for the items of `kmem -i`, those that are parts of all memory with a bar. */
const ITEMS: readonly (readonly [item: string, word: string, isPart: boolean])[] = [
  ['totalMem', 'all memory', false],
  ['free', 'free', true],
  ['anonymous', 'anonymous', true],
  ['cached', 'page cache', true],
  ['shmem', 'shared memory', true],
  ['slab', 'slab', true],
  ['pageTables', 'page tables', true],
  ['kernelStacks', 'kernel stacks', true],
  ['percpu', 'per-CPU', true],
  ['totalHuge', 'huge pages', false],
  ['totalSwap', 'swap', false],
  ['swapUsed', 'swap used', false],
  ['commitLimit', 'commit limit', false],
  ['committed', 'committed', false],
];

const memoryTab: MachineTab = {
  name: 'Memory',
  table({ facts }, source, width) {
    const widths = widthsOf(MEMORY, width - 1);
    const pageSize = source.info?.machine?.pageSize ?? 4096;
    const pages = (item: string): number | undefined => facts.memory.find((each) => each.item === item)?.pages;
    const total = pages('totalMem');
    const items = ITEMS.flatMap(([item, word, isPart]): MachineRow[] => {
      const n = pages(item);
      if (n === undefined) return [];
      const share = isPart && total ? n / total : undefined;
      const drawn = share === undefined ? '' : bar(share, Math.min(40, widths[3]!));
      const cells = [
        word,
        ((n * pageSize) / 2 ** 20).toFixed(1),
        share === undefined ? '' : String(Math.round(100 * share)),
        span(drawn, 'label'),
      ];
      return [{ line: [' ', ...row(MEMORY, widths, cells)] }];
    });
    const largest = facts.largest.map(
      ({ rssKb, ...task }): MachineRow => ({
        line: [' ', ...row(MEMORY, widths, [nameOf(task), (rssKb / 1024).toFixed(1), '', ''])],
        pid: task.pid,
      }),
    );
    return {
      head: [' ', ...heads(MEMORY, widths)],
      rows: [...items, ...(largest.length > 0 ? [{ line: [] }, { line: [span(' processes that have the most', 'dim')] }, ...largest] : [])],
    };
  },
};

const MODULES: readonly Column[] = [
  { head: 'MODULE', width: 32, cut: 'middle' },
  { head: 'KiB', width: 8, align: 'right' },
  { head: 'TAINT' },
];

const moduleTab: MachineTab = {
  name: 'Modules',
  table({ tables }, _source, width) {
    const widths = widthsOf(MODULES, width - 1);
    return {
      head: [' ', ...heads(MODULES, widths)],
      rows: tables.modules.map(({ name, sizeBytes, taint }) => ({
        line: [
          ' ',
          ...row(MODULES, widths, [
            printable(name),
            sizeBytes === undefined ? '?' : count(sizeBytes / 1024),
            span(printable(taint), 'degraded'),
          ]),
        ],
      })),
    };
  },
};

/** In the order of their keys. */
export const MACHINE_TABS: readonly MachineTab[] = [cpuTab, stuckTab, taskTab, memoryTab, moduleTab];
