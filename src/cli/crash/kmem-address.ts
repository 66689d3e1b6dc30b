import { pageFlagNames } from '../../machine/memory/page-at.ts';
import { slabRow } from '../../machine/memory/slab.ts';
import type { SlabObject } from '../../machine/memory/slab-object.ts';
import { locate } from '../../machine/raw/sym.ts';
import { type WhatIs, whatIs } from '../../machine/raw/what-is.ts';
import { hex } from '../../machine/row.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import type { Row } from '../inspect/part.ts';
import { slabLayout } from './layout/memory.ts';
import { contextText } from './layout/system.ts';
import type { CrashSession } from './session.ts';

type Kernel = CrashSession['inspection']['kernel'];

/** `kmem ADDR`: the symbol, task, object of a slab and page that an address is of, as crash lays them out. */
export function kmemAddress({ inspection }: CrashSession, text: string): string {
  const { kernel } = inspection;
  const address = locate(kernel, text);
  if (address === undefined) throw new UsageError(`there is no symbol ${printable(text)} in this kernel`);
  const found = whatIs(inspection, address);
  const parts = [symbolText(kernel, address, found), slabText(kernel, found), taskText(found), pageText(kernel, found)];
  return parts.filter((part) => part !== '').join('\n') || `${text}: nothing of the dump lies there\n`;
}

function symbolText({ symbols }: Kernel, address: bigint, { symbol }: WhatIs): string {
  if (!symbol) return '';
  const offset = symbol.offset > 0 ? `+${symbol.offset}` : '';
  const module = symbol.module === undefined ? '' : ` [${printable(symbol.module)}]`;
  return `${wide(address)} (${symbols.isText(address) ? 'T' : 'D'}) ${printable(symbol.name)}${offset}${module}\n`;
}

function slabText(kernel: Kernel, { slab }: WhatIs): string {
  if (!slab) return '';
  const { objects, inUse } = slab;
  const free = objects === undefined || inUse === undefined ? undefined : objects - inUse;
  const counts = [String(objects ?? '-').padStart(5), String(inUse ?? '-').padStart(9), String(free ?? '-').padStart(4)].join('  ');
  return [
    slabLayout([slabRow(kernel, slab.cache) as Row]),
    '  SLAB              MEMORY            TOTAL  ALLOCATED  FREE\n',
    `  ${wide(slab.slab.address)}  ${wide(slab.memory)}  ${counts}\n`,
    '  FREE / [ALLOCATED]\n',
    `${objectText(slab)}\n`,
  ].join('');
}

function objectText({ object, isFree }: SlabObject): string {
  if (object === undefined) return '  (behind its last object)';
  if (isFree === undefined) return `   ${wide(object)}   (free or not: a list of free objects is not in the dump)`;
  return isFree ? `   ${wide(object)}` : `  [${wide(object)}]`;
}

const taskText = ({ task }: WhatIs): string =>
  task ? contextText({ pid: task.pid, comm: task.comm, task: hex(task.address), cpu: task.cpu, state: task.state }, '') : '';

function pageText(kernel: Kernel, { page, physical }: WhatIs): string {
  if (physical === undefined) return '';
  const flags = page?.big('flags');
  if (!page || flags === undefined) return '[its struct page is not in the dump, which would name its slab]\n';
  const start = physical - (physical % kernel.memory.pageSize);
  // 7.1 renamed index, which only folios have since
  const index = page.big(page.has('index') ? 'index' : '__folio_index');
  const columns = [
    wide(page.address),
    start.toString(16).padStart(10),
    page.ptr('mapping')?.toString(16).padStart(16) ?? '-'.padStart(16),
    (index?.toString(16) ?? '-').padStart(8),
    String(page.num('_refcount') ?? '-').padStart(3),
    `${BigInt.asUintN(64, flags).toString(16)} ${pageFlagNames(kernel, flags).join(',')}`.trimEnd(),
  ];
  return `      PAGE         PHYSICAL      MAPPING         INDEX CNT FLAGS\n${columns.join(' ')}\n`;
}

const wide = (address: bigint): string => address.toString(16).padStart(16, '0');
