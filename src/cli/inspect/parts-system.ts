import { irqCountRows, irqRows } from '../../machine/irq/irq.ts';
import { slabRows } from '../../machine/memory/slab.ts';
import { swapRows } from '../../machine/memory/swap.ts';
import { memoryRows } from '../../machine/memory/totals.ts';
import { zoneRows } from '../../machine/memory/zone-rows.ts';
import { moduleRows } from '../../machine/system/modules.ts';
import { sysRow } from '../../machine/system/sys.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from './arguments.ts';
import type { Answer, Column, Part, Row } from './part.ts';
import { bare } from './table.ts';

const SYS: readonly Column[] = [
  { key: 'cpus', title: 'CPUS' },
  { key: 'date', title: 'DATE' },
  { key: 'uptimeSeconds', title: 'UPTIME', show: (seconds) => uptime(Number(seconds)) },
  { key: 'loadAverage', title: 'LOAD AVERAGE', show: (loads) => (loads as readonly number[]).map((load) => load.toFixed(2)).join(', ') },
  { key: 'tasks', title: 'TASKS' },
  { key: 'nodename', title: 'NODENAME' },
  { key: 'release', title: 'RELEASE' },
  { key: 'version', title: 'VERSION' },
  { key: 'machine', title: 'MACHINE' },
  { key: 'memoryBytes', title: 'MEMORY', show: (bytes) => `${(Number(bytes) / 2 ** 20).toFixed(1)} MB` },
  { key: 'panic', title: 'PANIC' },
  { key: 'taint', title: 'TAINT', show: (letters) => String(letters) || 'none' },
  { key: 'pid', title: 'PID' },
  { key: 'comm', title: 'COMMAND' },
  { key: 'task', title: 'TASK', show: bare },
  { key: 'cpu', title: 'CPU' },
  { key: 'state', title: 'STATE' },
];

function uptime(seconds: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  return `${days > 0 ? `${days} days, ` : ''}${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const MOD: readonly Column[] = [
  { key: 'module', title: 'MODULE', show: bare },
  { key: 'name', title: 'NAME' },
  { key: 'base', title: 'BASE', show: bare },
  { key: 'sizeBytes', title: 'SIZE', right: true },
  { key: 'references', title: 'USED', right: true },
  { key: 'taint', title: 'TAINT', show: (letters) => (letters === '' ? '' : `(${letters})`) },
  { key: 'state', title: 'STATE', show: (state) => (state === 'live' ? '' : String(state)) },
];

const SLAB: readonly Column[] = [
  { key: 'cache', title: 'CACHE', show: bare },
  { key: 'objectSize', title: 'OBJSIZE', right: true },
  { key: 'allocated', title: 'ALLOCATED', right: true },
  { key: 'total', title: 'TOTAL', right: true },
  { key: 'slabs', title: 'SLABS', right: true },
  { key: 'slabBytes', title: 'SSIZE', right: true, show: (bytes) => `${Number(bytes) / 1024}k` },
  { key: 'name', title: 'NAME' },
];

const ZONES: readonly Column[] = [
  { key: 'node', title: 'NODE', right: true },
  { key: 'zone', title: 'ZONE' },
  { key: 'presentPages', title: 'PRESENT', right: true },
  { key: 'managedPages', title: 'MANAGED', right: true },
  { key: 'freePages', title: 'FREE', right: true },
  { key: 'minPages', title: 'MIN', right: true },
  { key: 'lowPages', title: 'LOW', right: true },
  { key: 'highPages', title: 'HIGH', right: true },
];

/** With sheaves (6.18) what lies in them is allocated and in nobody's use. */
function slabAnswer(rows: ReturnType<typeof slabRows>): Answer {
  const hasSheaves = rows.some(({ cached, unknown }) => cached !== undefined || unknown?.includes('cached'));
  const at = SLAB.findIndex(({ key }) => key === 'total');
  const cached: Column = {
    key: 'cached',
    title: 'CACHED',
    right: true,
    showUnknown: ({ cachedAtLeast: n }) => (n === undefined ? '-' : `≥${n}`),
  };
  return { rows, columns: hasSheaves ? [...SLAB.slice(0, at), cached, ...SLAB.slice(at)] : SLAB };
}

/** In crash's words and order. */
const ITEMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    totalMem: 'TOTAL MEM',
    free: 'FREE',
    used: 'USED',
    shared: 'SHARED',
    buffers: 'BUFFERS',
    cached: 'CACHED',
    slab: 'SLAB',
    totalHuge: 'TOTAL HUGE',
    hugeFree: 'HUGE FREE',
    totalSwap: 'TOTAL SWAP',
    swapUsed: 'SWAP USED',
    swapFree: 'SWAP FREE',
    commitLimit: 'COMMIT LIMIT',
    committed: 'COMMITTED',
    anonymous: 'ANONYMOUS',
    shmem: 'SHMEM',
    mapped: 'MAPPED',
    pageTables: 'PAGE TABLES',
    kernelStacks: 'KERNEL STACKS',
    percpu: 'PERCPU',
  }),
);

function memoryColumns(rows: readonly Row[], pageSize: number): readonly Column[] {
  const pagesOf = (item: string): number | undefined => rows.find((row) => row.item === item)?.pages as number | undefined;
  const percent = (item: string, pages: number): string => {
    if (item === 'totalMem' || item === 'totalHuge' || item === 'totalSwap' || item === 'commitLimit') return '';
    const whole =
      item === 'hugeFree' ? 'totalHuge' : item.startsWith('swap') ? 'totalSwap' : item === 'committed' ? 'commitLimit' : 'totalMem';
    const total = pagesOf(whole);
    return total ? `${Math.round((100 * pages) / total)}% of ${ITEMS.get(whole)}` : '';
  };
  return [
    { key: 'item', title: '', right: true, show: (item) => ITEMS.get(String(item)) ?? String(item) },
    { key: 'pages', title: 'PAGES', right: true },
    { key: 'pages', title: 'TOTAL', right: true, show: (pages) => bytesText(Number(pages) * pageSize) },
    { key: 'pages', title: 'PERCENTAGE', show: (pages, row) => percent(String(row.item), Number(pages)) },
  ];
}

export function bytesText(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GB`;
  if (bytes >= 2 ** 20) return `${(bytes / 2 ** 20).toFixed(1)} MB`;
  return bytes === 0 ? '0' : `${Math.round(bytes / 1024)} KB`;
}

function irqCountsAnswer(rows: ReturnType<typeof irqCountRows>, cpus: readonly number[]): Answer {
  const counts = cpus.map(
    (cpu, i): Column => ({ key: 'counts', title: `CPU${cpu}`, right: true, show: (n) => String((n as readonly number[])[i] ?? '') }),
  );
  return {
    rows,
    columns: [{ key: 'irq', title: 'IRQ', right: true }, ...counts, { key: 'chip', title: 'CHIP' }, { key: 'name', title: 'NAME' }],
  };
}

export const SYSTEM_PARTS: readonly Part[] = [
  {
    name: 'sys',
    usage: 'sys',
    about: 'the machine: kernel, time, load, what panicked',
    answer: (inspection, args) => {
      partArguments('sys', args, []);
      return { rows: [sysRow(inspection)], columns: SYS, layout: 'list' };
    },
  },
  {
    name: 'mod',
    usage: 'mod',
    about: 'loaded modules',
    answer: ({ kernel }, args) => {
      partArguments('mod', args, []);
      return { rows: moduleRows(kernel), columns: MOD };
    },
  },
  {
    name: 'kmem',
    usage: 'kmem -i|-s|-z',
    about: 'memory: -i where it is, -s slab caches, -z zones',
    answer({ kernel }, args) {
      const given = partArguments('kmem', args, ['-i', '-s', '-z']);
      if (given.has('-z')) return { rows: zoneRows(kernel), columns: ZONES };
      if (given.has('-s')) return slabAnswer(slabRows(kernel));
      if (!given.has('-i')) throw new UsageError('kmem takes -i, -s or -z');
      const rows = memoryRows(kernel);
      return { rows, columns: memoryColumns(rows as readonly Row[], kernel.memory.pageSize) };
    },
  },
  {
    name: 'irq',
    usage: 'irq [-s]',
    about: 'interrupts and their handlers; -s counts by CPU',
    answer({ kernel }, args) {
      if (partArguments('irq', args, ['-s']).has('-s')) return irqCountsAnswer(irqCountRows(kernel), kernel.cpus.present);
      return {
        rows: irqRows(kernel),
        columns: [
          { key: 'irq', title: 'IRQ', right: true },
          { key: 'desc', title: 'IRQ_DESC', show: bare },
          { key: 'actions', title: 'HANDLERS', show: (names) => (names as readonly string[]).join(', ') },
        ],
      };
    },
  },
  {
    name: 'swap',
    usage: 'swap',
    about: 'swap areas',
    answer: ({ kernel }, args) => {
      partArguments('swap', args, []);
      return {
        rows: swapRows(kernel),
        columns: [
          { key: 'area', title: 'SWAP_INFO_STRUCT', show: bare },
          { key: 'pages', title: 'PAGES', right: true },
          { key: 'used', title: 'USED', right: true },
          { key: 'priority', title: 'PRI', right: true },
          { key: 'file', title: 'FILENAME' },
        ],
      };
    },
  },
];
