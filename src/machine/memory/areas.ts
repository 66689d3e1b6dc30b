import type { KernelContext } from '../../kernel/context.ts';
import { mapleTree } from '../../kernel/maple-tree.ts';
import type { Struct } from '../../kernel/struct.ts';
import { filePath } from '../fs/path.ts';
import { hex, type Known, row } from '../row.ts';

/** A row of `vm`: one mapping of a task's memory. */
export interface AreaRow {
  readonly vma: string;
  readonly start: string;
  readonly end: string;
  readonly flags: string;
  /** Of a mapped file. */
  readonly file: string;
}

/** sysctl_max_map_count is 65530 unless somebody raised it. */
const MAX_AREAS = 1 << 20;

export function areaRows(kernel: KernelContext, mm: Struct): Known<AreaRow>[] {
  return [...areas(kernel, mm)].map((area) => {
    const file = area.follow('vm_file', 'file');
    return row<AreaRow>({
      vma: hex(area.address),
      start: hex(area.ptr('vm_start')),
      end: hex(area.ptr('vm_end')),
      flags: hex(area.ptr('vm_flags')),
      file: file ? filePath(file) : area.ptr('vm_file') === 0n ? null : undefined,
    });
  });
}

/** A maple tree since 6.1 (763ecb035029), a list before. */
function* areas(kernel: KernelContext, mm: Struct): Generator<Struct> {
  if (mm.has('mm_mt')) {
    for (const [, at] of mapleTree(kernel, mm.ptr('mm_mt.ma_root'), 'the tree of mappings')) yield kernel.struct('vm_area_struct', at);
    return;
  }
  let n = 0;
  for (let area = mm.follow('mmap', 'vm_area_struct'); area && n < MAX_AREAS; area = area.follow('vm_next', 'vm_area_struct'), n++)
    yield area;
}
