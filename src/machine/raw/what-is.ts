import type { Struct } from '../../kernel/struct.ts';
import { threadSize } from '../../unwind/thread-size.ts';
import type { Inspection } from '../inspection.ts';
import { slabTest } from '../memory/holes.ts';
import { headOf, pageOf } from '../memory/page-at.ts';
import { type SlabObject, slabObjectAt } from '../memory/slab-object.ts';
import type { Task } from '../tasks/task.ts';

/** What lies at an address, as far as the dump says. */
export interface WhatIs {
  readonly symbol?: { readonly name: string; readonly offset: number; readonly module?: string | undefined } | undefined;
  /** Whose task_struct or kernel stack it is part of. */
  readonly task?: Task | undefined;
  readonly physical?: number | undefined;
  readonly page?: Struct | undefined;
  readonly slab?: SlabObject | undefined;
}

/** Farther from the symbol before it, an address is not that symbol's (drgn's bound). */
const MAX_SYMBOL = 1 << 16;

/** What an address is: a symbol's, a task's, an object of a slab, or a page alone. */
export function whatIs(inspection: Inspection, address: bigint): WhatIs {
  const { kernel } = inspection;
  const { memory, symbols } = kernel;
  const near = symbols.at(address);
  const symbol = near && near.offset < (near.size ?? MAX_SYMBOL) ? near : undefined;
  const physical = kernel.kernel.memory.toPhysical(address);
  const task = taskAt(inspection, address);
  if (physical === undefined) return { symbol, task };
  const frame = Math.floor(physical / memory.pageSize);
  const page = pageOf(kernel, frame);
  const head = page && headOf(page);
  const size = kernel.types.size('page');
  if (!page || !head || !size) return { symbol, task, physical, page };
  const bytes = memory.bytes(head.address, size);
  if (!bytes || slabTest(kernel)?.(bytes, 0) !== true) return { symbol, task, physical, page };
  const before = Number(page.address - head.address) / size;
  const start = address - (address % BigInt(memory.pageSize)) - BigInt(before * memory.pageSize);
  return { symbol, task, physical, page, slab: slabObjectAt(kernel, head, start, address) };
}

function taskAt(inspection: Inspection, address: bigint): Task | undefined {
  const taskSize = BigInt(inspection.kernel.types.size('task_struct') ?? 0);
  const stackSize = BigInt(threadSize(inspection.kernel.symbols));
  return inspection.tasks.all.find((task) => {
    const { stack } = task;
    return within(address, task.address, taskSize) || (stack !== undefined && stack !== 0n && within(address, stack, stackSize));
  });
}

const within = (address: bigint, start: bigint, size: bigint): boolean => address >= start && address < start + size;
