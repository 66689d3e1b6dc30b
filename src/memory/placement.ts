import { readerFor } from '../dump/bytes.ts';
import type { Dump } from '../dump/dump.ts';
import type { Architecture, Translate } from './arch/architecture.ts';
import { architecturesFor } from './arch/architectures.ts';
import { PhysicalMemory } from './physical.ts';
import { nameShifts } from './utsname.ts';
import type { Vmcoreinfo } from './vmcoreinfo.ts';

const GIB = 2 ** 30;
/** Where a PC's RAM stops for the devices below 4 GiB: QEMU's i440fx and q35, Firecracker and crosvm and kvmtool, VirtualBox, Xen, boards. */
const HOLES = [3, 2, 3.25, 3.5, 3.75, 2.5, 2.75, 3.125].map((gib) => gib * GIB);
/** Where RAM begins on many boards, and in QEMU's, Firecracker's and crosvm's arm and riscv machines. */
const BASES = [1, 2, 0.5, 0.25, 32].map((gib) => gib * GIB);

export interface Placement {
  readonly dump: Dump;
  /** The physical address of a byte at an offset in the file. */
  paddrOf(offset: number): number;
}

/** Those that a kernel states come first; the rest are guesses, which the usual places are good enough for. */
const MAX_FORMULAS = 4;

/**
 * Other readings of a raw image, the likeliest first: its RAM begins at another address than 0, or a PC's hole was left out. The usual
 * places cost a look each; where none of them is right, the kernel's own name is sought: it lies in the image, whose physical address
 * a formula tells, so its place in the file tells how far memory was moved.
 * @param search whether to go through all memory for that name
 */
export function* placements(dump: Dump, info: Vmcoreinfo, search: boolean): Generator<Placement> {
  const size = dump.ranges.at(-1)?.end ?? 0;
  if (!dump.movedBy || size === 0) return;
  const tried = new Set<string>();
  for (const architecture of architecturesFor(dump, info)) {
    const isPc = architecture.machine === 'x86_64' || architecture.machine === 'i386';
    for (const bytes of moves(dump, info, architecture, isPc, search)) {
      const from = isPc ? 4 * GIB - bytes : 0;
      const isPossible = bytes > 0 && bytes < 2 ** 48 && from >= 0 && from < size;
      if (!isPossible || tried.has(`${bytes} ${from}`)) continue;
      tried.add(`${bytes} ${from}`);
      yield { dump: dump.movedBy(bytes, from), paddrOf: (offset) => (offset < from ? offset : offset + bytes) };
    }
  }
}

function* moves(dump: Dump, info: Vmcoreinfo, architecture: Architecture, isPc: boolean, search: boolean): Generator<number> {
  yield* isPc ? HOLES.map((hole) => 4 * GIB - hole) : [...statedBases(info), ...BASES];
  if (!search) return;
  const reader = readerFor('little'); // formulas do not read
  const facts = { info, dump, physical: new PhysicalMemory(dump), reader, pageSize: info.pageSize ?? 4096 };
  const images: Translate[] = [];
  for (const { image } of architecture.translations(facts)) if (image && images.push(image) === MAX_FORMULAS) break;
  for (const shift of nameShifts(dump, info, images)) yield -shift;
}

function statedBases(info: Vmcoreinfo): number[] {
  const stated = [info.number('PHYS_OFFSET'), info.number('phys_ram_base')];
  return stated.flatMap((base) => (base !== undefined && base > 0n && base < 1n << 48n ? [Number(base)] : []));
}
