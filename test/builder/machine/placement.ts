import { Region } from '../image/region.ts';
import type { PhysicalRange } from './machine.ts';

/** Sizes that hold every test's structures; small, so that a dump of the whole machine stays near 3 MB. */
export const IMAGE_SIZE = 0x10_0000;
export const LINEAR_SIZE = 0x10_0000;
const TABLES_SIZE = 0x10_0000;
const SCATTERED_SIZE = 0x8_0000;

export interface Placement {
  /** RAM that is neither the image nor holds anything of ours: zeros and a few bytes of somebody else. */
  readonly low: PhysicalRange;
  readonly imagePhys: number;
  readonly linearPhys: number;
  readonly tables: PhysicalRange;
  readonly ram: readonly PhysicalRange[];
  /** A vmalloc area at `vbase` whose neighbouring pages lie apart, in descending order. */
  scattered(vbase: bigint, pageSize: number): Region;
}

/** Puts the pieces of a small machine at and above `base`: low RAM, a gap, the image, a gap, everything else. */
export function place(base: number, options: { readonly imageAt?: number; readonly linearAt?: number } = {}): Placement {
  const imagePhys = base + (options.imageAt ?? 0x100_0000);
  const linearPhys = base + (options.linearAt ?? 0x200_0000);
  const tables = { start: linearPhys + LINEAR_SIZE, end: linearPhys + LINEAR_SIZE + TABLES_SIZE };
  const scatteredPhys = tables.end;
  const low = { start: base, end: base + 0x2_0000 };
  const ranges = [low, { start: imagePhys, end: imagePhys + IMAGE_SIZE }, { start: linearPhys, end: scatteredPhys + SCATTERED_SIZE }];
  return {
    low,
    imagePhys,
    linearPhys,
    tables,
    ram: ranges.sort((a, b) => a.start - b.start),
    scattered: (vbase, pageSize) =>
      new Region(vbase, SCATTERED_SIZE, (offset) => {
        const page = Math.floor(offset / pageSize);
        return scatteredPhys + SCATTERED_SIZE - (page + 1) * pageSize + (offset % pageSize);
      }),
  };
}
