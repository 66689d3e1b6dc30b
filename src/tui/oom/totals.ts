import type { Event } from '../../event/event.ts';
import { recordOf } from '../event/record-of.ts';
import type { TabRow } from '../event/tab.ts';
import { count } from '../line/numbers.ts';
import { labelled } from './labelled.ts';
import { swapText } from './limits.ts';
import { numberIn, pageUnit } from './units.ts';

/** `kernelStackKb` → `kernel_stack`: as the kernel's line has it. */
const printedName = (key: string): string => key.replace(/(?:Kb|Pages)$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `free 1,788 · mapped 2,376`, without what is 0. */
const counters = (values: Readonly<Record<string, unknown>>, unit: (n: number) => number = (n) => n): string =>
  Object.entries(values)
    .flatMap(([key, value]) => {
      const n = numberIn(value);
      return n === undefined || n === 0 || key === 'node' ? [] : [`${printedName(key)} ${count(unit(n))}`];
    })
    .join(' · ');

/** What is counted for the machine or a node as a whole: RAM, page cache, swap, huge pages, nodes. */
export function totalRows(event: Event, width: number): TabRow[] {
  const oom = event.oom ?? {};
  const { ram, swap, pageCache, hugepages = [], nodes = [] } = oom;
  const { name, of } = pageUnit(oom);
  const row = (label: string, text: string, path: string): TabRow[] =>
    text === '' ? [] : labelled(label, text, width, { seq: recordOf(event, `oom.${path}`) });
  const cached = typeof pageCache === 'number' ? `total ${count(of(pageCache))}` : counters(pageCache ?? {}, of);
  const huge = hugepages.map((pages, at) => ({ ...pages, at })).filter(({ total = 0 }) => total > 0);
  return [
    ...row(`RAM ${name}`, counters(ram ?? {}, of), 'ram'),
    ...row(`Cache ${name}`.slice(0, 11), cached, 'pageCache'),
    ...(swap?.totalKb === undefined ? [] : row('Swap', swapText(swap), 'swap.totalKb')),
    ...(hugepages.length > 0 && huge.length === 0 ? row('Huge pages', 'none reserved', 'hugepages') : []),
    ...huge.flatMap(({ node, total = 0, free, surp, sizeKb, at }) =>
      row(
        'Huge pages',
        `${node === undefined ? '' : `Node ${node}: `}${count(total)} of ${sizeKb === undefined ? '?' : count(sizeKb)} kB, ${free ?? '?'} free, ${surp ?? '?'} surplus`,
        `hugepages.${at}`,
      ),
    ),
    ...nodes.flatMap(({ allUnreclaimable, ...node }, at) =>
      row(
        node.node === undefined ? 'Node kB' : `Node ${node.node} kB`,
        [counters(node), allUnreclaimable === true ? 'all unreclaimable' : ''].filter((part) => part !== '').join(' · '),
        `nodes.${at}`,
      ),
    ),
  ];
}
