import type { Dump } from '../../dump/dump.ts';
import type { KernelStacks } from '../../unwind/stacks.ts';
import { type Known, row } from '../row.ts';
import type { BtRow } from './bt.ts';
import { frameRow } from './frame-row.ts';
import { STACK_ENDS } from './stack-end.ts';

/**
 * The stacks of the CPUs that noted their registers: all that `bt` can say of a kernel without types, where no task can be read.
 * QEMU's notes call each vCPU by its number; the pid in them is none.
 */
export function cpuStackRows({ unwinder, notes, onCpu }: KernelStacks, dump: Dump): Known<BtRow>[] {
  const ofQemu = isQemus(
    dump,
    [...notes.values()].map(({ pid }) => pid),
  );
  return [...notes].flatMap(([cpu, { pid }]) => {
    const stack = onCpu(cpu);
    if (!stack) return [];
    return row<BtRow>({
      pid: ofQemu ? undefined : pid,
      task: undefined,
      cpu,
      comm: undefined,
      state: undefined,
      active: true,
      frames: stack.frames.map((frame) => frameRow(unwinder.symbols, frame)),
      end: STACK_ENDS[stack.end] ?? null,
    });
  });
}

/** QEMU writes a note of its own beside each, on x86; elsewhere its pids tell: 1, 2, 3, on s390x with their bytes swapped. */
function isQemus({ notes }: Dump, pids: readonly number[]): boolean {
  if (notes.some(({ name }) => name === 'QEMU')) return true;
  return pids.every((pid, i) => pid === i + 1 || pid === ((i + 1) & 0xff) * 2 ** 24);
}
