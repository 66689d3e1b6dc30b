import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { filePath } from '../fs/path.ts';
import { hex, type Known, row } from '../row.ts';

/** A row of `swap`. */
export interface SwapRow {
  readonly area: string;
  readonly pages: number;
  readonly used: number;
  readonly priority: number;
  readonly file: string;
}

/** MAX_SWAPFILES. */
const MAX_AREAS = 32;
const SWP_USED = 1;

interface SwapArea {
  readonly pages: number | undefined;
  readonly inUse: number | undefined;
}

function areas(kernel: KernelContext): Struct[] {
  const { memory } = kernel;
  const count = Math.min(kernel.u32('nr_swapfiles') ?? 0, MAX_AREAS);
  const table = kernel.symbols.address('swap_info');
  return Array.from({ length: table === undefined ? 0 : count }, (_, i) => memory.word(table! + BigInt(i * memory.wordSize)))
    .flatMap((at) => (at ? [kernel.struct('swap_info_struct', at)] : []))
    .filter((area) => ((area.num('flags') ?? SWP_USED) & SWP_USED) === SWP_USED);
}

/** Above the number stands, since 6.14 (b487a2da3575), a bit that says that the area is off its list. */
const OFF_LIST = 2 ** 30;

function inUse(area: Struct): number | undefined {
  const pages = area.num('inuse_pages');
  return pages === undefined ? undefined : pages % OFF_LIST;
}

/** Pages of each swap area in use. */
export const swapAreas = (kernel: KernelContext): SwapArea[] =>
  areas(kernel).map((area) => ({ pages: area.num('pages'), inUse: inUse(area) }));

export const swapRows = (kernel: KernelContext): Known<SwapRow>[] =>
  areas(kernel).map((area) => {
    const file = area.follow('swap_file', 'file');
    return row<SwapRow>({
      area: hex(area.address),
      pages: area.num('pages'),
      used: inUse(area),
      priority: area.num('prio'),
      file: file && filePath(file),
    });
  });
