import type { KernelContext } from '../../kernel/context.ts';
import { mapleTree } from '../../kernel/maple-tree.ts';
import type { Struct } from '../../kernel/struct.ts';
import { xarray } from '../../kernel/xarray.ts';
import { hex, type Known, row } from '../row.ts';
import { symbolText } from '../symbol-text.ts';

/** A row of `irq`. */
export interface IrqRow {
  readonly irq: number;
  readonly desc: string;
  /** Names of the handlers. */
  readonly actions: readonly string[];
}

/** A row of `irq -s`: what /proc/interrupts shows. */
export interface IrqCountRow {
  readonly irq: number;
  /** By CPU. */
  readonly counts: readonly number[];
  readonly chip: string;
  readonly name: string;
}

/** Handlers of one interrupt; a list longer than that loops. */
const MAX_ACTIONS = 256;

interface Irq {
  readonly irq: number;
  readonly desc: Struct;
}

function* descriptors(kernel: KernelContext): Generator<Irq> {
  for (const [irq, entry] of entries(kernel)) yield { irq: Number(irq), desc: kernel.struct('irq_desc', entry) };
}

function entries(kernel: KernelContext): Iterable<readonly [number | bigint, bigint]> {
  // 6.5 721255b9826b: a maple tree; before, a radix tree
  const maple = kernel.variable('sparse_irqs', 'maple_tree');
  if (maple) return mapleTree(kernel, maple.ptr('ma_root'), 'the tree of interrupts');
  const tree = kernel.symbols.address('irq_desc_tree');
  return tree === undefined ? [] : xarray(kernel, tree, 'the tree of interrupts');
}

export function irqRows(kernel: KernelContext): Known<IrqRow>[] {
  return [...descriptors(kernel)].map(({ irq, desc }) => row<IrqRow>({ irq, desc: hex(desc.address), actions: actionsOf(desc) }));
}

export function irqCountRows(kernel: KernelContext): Known<IrqCountRow>[] {
  return [...descriptors(kernel)].flatMap(({ irq, desc }) => {
    const actions = actionsOf(desc);
    if (actions?.length === 0) return []; // as /proc/interrupts does
    return [row<IrqCountRow>({ irq, counts: countsOf(kernel, desc), chip: chipOf(kernel, desc), name: actions?.join(',') })];
  });
}

function actionsOf(desc: Struct): string[] | undefined {
  const names: string[] = [];
  if (desc.ptr('action') === undefined) return undefined;
  for (let action = desc.follow('action', 'irqaction'); action; action = action.follow('next', 'irqaction')) {
    const name = action.text('name') ?? (action.ptr('name') === 0n ? '' : undefined);
    if (name === undefined || names.length > MAX_ACTIONS) return undefined;
    names.push(name);
  }
  return names;
}

/** `chip-flow`: irq_desc.name is that of the flow handler (`edge`, `fasteoi`). */
function chipOf(kernel: KernelContext, desc: Struct): string | undefined {
  const struct = desc.follow('irq_data.chip', 'irq_chip');
  // GICv2 and others have no name and print themselves
  const chip = struct?.ptr('name') === 0n ? symbolText(kernel, struct.address) : struct?.text('name');
  const flow = desc.ptr('name') === 0n ? '' : desc.text('name');
  if (chip === undefined || flow === undefined) return undefined;
  return flow === '' ? chip : `${chip}-${flow}`;
}

function countsOf(kernel: KernelContext, desc: Struct): number[] | undefined {
  const counters = desc.ptr('kstat_irqs');
  if (counters === undefined) return undefined;
  // u32 a CPU; since 6.10 (86d2a2f51fba) it stands first in struct irqstat
  const { present, possible } = kernel.cpus;
  const counts = (present.length > 0 ? present : possible).map((cpu) => {
    const at = kernel.cpus.address(counters, cpu);
    return at === undefined ? undefined : kernel.memory.u32(at);
  });
  return counts.every((count) => count !== undefined) ? counts : undefined;
}
