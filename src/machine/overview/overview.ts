import { isWhole, lookupAddress, type Stack } from '../../unwind/stack.ts';
import type { Inspection } from '../inspection.ts';
import { type SlabHoles, slabHoles } from '../memory/holes.ts';
import { type MemoryRow, memoryRows } from '../memory/totals.ts';
import type { Known } from '../row.ts';
import { type SysRow, sysRow } from '../system/sys.ts';
import { type StuckRow, stuckRows } from '../waits/stuck.ts';
import { type Agreement, agreement, loggedTrace } from './agreement.ts';
import { type Check, checks } from './checks.ts';
import { type LargeTask, largestTasks } from './largest.ts';

/** What died and where, who is stuck on whom, where the memory is, and how far all that can be trusted. */
export interface Overview {
  readonly system: Known<SysRow>;
  readonly panicStack: readonly StackLine[];
  /** Whether the stack in memory is the one that the log has; absent where the log has none of that task. */
  readonly agreement?: Agreement | undefined;
  readonly stuck: readonly Known<StuckRow>[];
  readonly memory: readonly Known<MemoryRow>[];
  /** Tasks by resident memory, the largest first. */
  readonly largest: readonly LargeTask[];
  readonly checks: readonly Check[];
  readonly slabHoles?: SlabHoles | undefined;
  /** How many tasks each way of finding them gave, where their list alone did not do. */
  readonly recovered: readonly { readonly from: string; readonly tasks: number }[];
}

export interface StackLine {
  readonly symbol: string;
  readonly offset: number;
  readonly module?: string | undefined;
  readonly kind: string;
  readonly reliable: boolean;
}

export function overview(inspection: Inspection): Overview {
  const { kernel, tasks } = inspection;
  const system = sysRow(inspection);
  const stack = inspection.panicCpu === undefined ? undefined : inspection.stacks.onCpu(inspection.panicCpu);
  const logged = system.pid === undefined ? undefined : loggedTrace(inspection.logLines(), system.pid);
  const compared = stack && logged && agreement(namesOf(inspection, stack), logged);
  return {
    system,
    panicStack: stack ? linesOf(inspection, stack) : [],
    agreement: compared,
    stuck: stuckRows(inspection, inspection.stacks),
    memory: memoryRows(kernel),
    largest: largestTasks(inspection),
    checks: [
      ...checks(inspection),
      ...(stack ? [{ name: 'the stack of the task that panicked is whole', ok: isWhole(stack) }] : []),
      ...(compared ? [{ name: 'that stack agrees with the log', ok: compared.agrees }] : []),
    ],
    slabHoles: maySlabsLack(inspection) ? slabHoles(kernel) : undefined,
    recovered: tasks.recovered,
  };
}

/**
 * Whether to look through all struct pages, 64 bytes a page of memory: since 6.10 slabs are a page type, by which an older makedumpfile
 * does not know them; before, only where something was lacking.
 */
const maySlabsLack = ({ kernel }: Inspection): boolean =>
  kernel.kernel.info.number('PAGE_SLAB_MAPCOUNT_VALUE') !== undefined || kernel.losses.pages.size > 0;

function linesOf({ kernel: { symbols } }: Inspection, { frames }: Stack): StackLine[] {
  return frames.flatMap((frame) => {
    const found = symbols.at(lookupAddress(frame));
    if (!found) return [];
    const offset = found.offset + Number(frame.ip - lookupAddress(frame));
    return [{ symbol: found.name, offset, module: found.module, kind: frame.kind, reliable: frame.reliable }];
  });
}

/**
 * All names that a frame may be printed under: that of the address itself too, for behind a call that never returns the kernel names
 * the next function.
 */
function namesOf({ kernel: { symbols } }: Inspection, { frames }: Stack): string[][] {
  return frames.map((frame) => [symbols.at(lookupAddress(frame))?.name, symbols.at(frame.ip)?.name].filter((name) => name !== undefined));
}
