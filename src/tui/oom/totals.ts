import type { Oom } from '../../event/event.ts';
import type { TabRow } from '../event/tab.ts';
import { count } from '../line/numbers.ts';
import { labelled } from './labelled.ts';
import { swapText } from './limits.ts';
import type { Said } from './said.ts';
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
export function totalRows(oom: Oom, said: Said, width: number): TabRow[] {
  const { ram, swap, pageCache, hugepages = [], nodes = [] } = oom;
  const { name, of } = pageUnit(oom);
  const row = (label: string, text: string, pattern: RegExp): TabRow[] =>
    text === '' ? [] : labelled(label, text, width, { seq: said.line(pattern) });
  const cached = typeof pageCache === 'number' ? `total ${count(of(pageCache))}` : counters(pageCache ?? {}, of);
  const huge = hugepages.filter(({ total = 0 }) => total > 0);
  return [
    ...row(`RAM ${name}`, counters(ram ?? {}, of), /pages RAM/),
    ...row(`Cache ${name}`.slice(0, 11), cached, /total pagecache pages/),
    ...(swap?.totalKb === undefined ? [] : row('Swap', swapText(swap), /Total swap =/)),
    ...(hugepages.length > 0 && huge.length === 0 ? row('Huge pages', 'none reserved', /hugepages_total=/) : []),
    ...huge.flatMap(({ node, total = 0, free, surp, sizeKb }) =>
      row(
        'Huge pages',
        `${node === undefined ? '' : `Node ${node}: `}${count(total)} of ${sizeKb === undefined ? '?' : count(sizeKb)} kB, ${free ?? '?'} free, ${surp ?? '?'} surplus`,
        /hugepages_total=/,
      ),
    ),
    ...nodes.flatMap(({ allUnreclaimable, ...node }) =>
      row(
        node.node === undefined ? 'Node kB' : `Node ${node.node} kB`,
        [counters(node), allUnreclaimable === true ? 'all unreclaimable' : ''].filter((part) => part !== '').join(' · '),
        /^Node \d+ active_anon:/,
      ),
    ),
  ];
}
