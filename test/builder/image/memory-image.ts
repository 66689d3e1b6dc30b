import { type Machine, since } from '../machine/machine.ts';
import { buildFlat, type FlatOptions } from '../ring/flat.ts';
import { buildLockless, type LocklessOptions } from '../ring/lockless.ts';
import type { ExpectedLog } from '../ring/printk-call.ts';
import type { BuiltRing, RingSite } from '../ring/ring.ts';
import { buildVariable, type VariableOptions } from '../ring/variable.ts';
import { noteBytes } from './note.ts';
import { PageTables } from './page-tables.ts';
import type { Region } from './region.ts';
import { SparseMemory } from './sparse-memory.ts';
import { alignUp, StructWriter } from './struct-writer.ts';
import { vmcoreinfoText } from './vmcoreinfo.ts';

export type RingChoice = LocklessOptions | VariableOptions | FlatOptions;

export interface ImageOptions {
  readonly machine: Machine;
  readonly ring: RingChoice;
  /** Where the ring's buffers go: static in the image, in the direct map, or on scattered pages that only a walk finds. */
  readonly buffers?: 'image' | 'linear' | 'scattered';
  readonly crashtime?: number | undefined;
  /** Leave both copies of VMCOREINFO out of memory. */
  readonly withoutVmcoreinfo?: boolean;
  /** Last word on VMCOREINFO's text, for tests that damage it. */
  readonly editVmcoreinfo?: (text: string) => string;
  /** Last word on memory. */
  readonly tamper?: (image: MemoryImage) => void;
}

/** A crashed machine: what every container is made from. */
export interface MemoryImage {
  readonly machine: Machine;
  readonly memory: SparseMemory;
  readonly vmcoreinfo: string;
  readonly expected: ExpectedLog;
  readonly places: Readonly<Record<string, bigint>>;
  readonly nodename: string;
  readonly version: string;
  /** Writes at a kernel virtual address of the image, direct map or scattered region. */
  write(vaddr: bigint, bytes: Buffer): void;
  physical(vaddr: bigint): number;
}

const NODENAME = 'builder-host';
const VERSION = '#1 SMP PREEMPT_DYNAMIC builder';

export function buildImage(options: ImageOptions): MemoryImage {
  const { machine } = options;
  const memory = new SparseMemory();
  const regions = [machine.image, machine.linear, ...(machine.scattered ? [machine.scattered] : [])];
  const regionOf = (vaddr: bigint): Region => {
    const found = regions.find((r) => r.holds(vaddr));
    if (!found) throw new RangeError(`no region holds ${vaddr.toString(16)}`);
    return found;
  };
  const write = (vaddr: bigint, bytes: Buffer) => regionOf(vaddr).write(memory, vaddr, bytes);

  // Kernel text, so that the ring does not start at _stext.
  machine.image.allocate(0x3000);
  write(machine.stext + 0x100n, Buffer.from('kernel text'.repeat(200)));
  const tables = pageTables(machine, memory);
  const utsNs = machine.image.allocate(0x1000, 64);
  // A kref stood before the name until 5.10.
  const utsNameOffset = since(machine.release, 5, 11) ? 0 : 4;
  write(utsNs + BigInt(utsNameOffset), utsname(machine));

  const ring = buildRing(
    { shape: machine.shape, release: machine.release, image: machine.image, buffers: choose(machine, options.buffers), write },
    options.ring,
  );
  const facts = {
    machine,
    utsNs,
    utsNameOffset,
    swapper: tables.virtual,
    memSection: memSection(machine, write),
    ring: ring.vmcoreinfo,
    crashtime: 'crashtime' in options ? options.crashtime : 1_795_379_200,
  };
  const vmcoreinfo = (options.editVmcoreinfo ?? ((t) => t))(vmcoreinfoText(facts));
  const places: Record<string, bigint> = { ...ring.places, utsNs, swapper: tables.virtual };
  if (!options.withoutVmcoreinfo) {
    // Two page-aligned copies, since 4.13: the text, and the note that is ready for the dump.
    places.vmcoreinfoData = machine.linear.allocate(machine.pageSize, machine.pageSize);
    places.vmcoreinfoNote = machine.linear.allocate(machine.pageSize * 2, machine.pageSize);
    write(places.vmcoreinfoData, Buffer.from(vmcoreinfo));
    write(places.vmcoreinfoNote, noteBytes(machine.shape, 'VMCOREINFO', 0, Buffer.from(vmcoreinfo)));
  }
  tables.fill();
  const image: MemoryImage = {
    machine,
    memory,
    vmcoreinfo,
    expected: ring.expected,
    places,
    nodename: NODENAME,
    version: VERSION,
    write,
    physical: (vaddr) => regionOf(vaddr).physical(vaddr),
  };
  machine.finish?.(image);
  options.tamper?.(image);
  return image;
}

function buildRing(site: RingSite, ring: RingChoice): BuiltRing {
  if (ring.kind === 'lockless') return buildLockless(site, ring);
  return ring.kind === 'variable' ? buildVariable(site, ring) : buildFlat(site, ring);
}

function choose(machine: Machine, buffers: ImageOptions['buffers']): Region {
  if (buffers === 'linear') return machine.linear;
  if (buffers !== 'scattered') return machine.image;
  if (!machine.scattered) throw new RangeError(`${machine.arch} has no scattered region`);
  return machine.scattered;
}

/** One present section of a sparse memory model: makedumpfile looks for its struct pages before it looks for the log. */
function memSection(machine: Machine, write: (vaddr: bigint, bytes: Buffer) => void): bigint {
  const w = machine.shape.wordSize;
  const roots = machine.linear.allocate(0x4000, 64);
  const sections = machine.linear.allocate(0x1000, 64);
  const pages = machine.linear.allocate(0x1000, 0x1000);
  const word = (v: bigint) => new StructWriter(machine.shape, w).word(0, v).bytes;
  write(roots, word(sections));
  // Low bits: present, has a memory map.
  write(sections, word(pages | 3n));
  return roots;
}

function utsname(machine: Machine): Buffer {
  const out = Buffer.alloc(6 * 65);
  ['Linux', NODENAME, machine.release, VERSION, machine.utsMachine, '(none)'].forEach((s, i) => {
    out.write(s, i * 65, 'latin1');
  });
  return out;
}

/** swapper_pg_dir in the image, the lower tables from the end of memory; filled last. */
function pageTables(machine: Machine, memory: SparseMemory): { virtual: bigint; fill: () => void } {
  const t = machine.translation;
  if (!t) return { virtual: machine.image.allocate(0x1000, 0x1000), fill: () => {} };
  const first = t.format.levels[0]!;
  const bytes = 2 ** first.bits * t.format.entryBytes;
  const virtual = machine.swapper ?? machine.image.allocate(Math.max(bytes, t.rootAlign), t.rootAlign);
  let next = machine.tables.start;
  const allocate = (size: number): number => {
    const at = alignUp(next, size);
    if (at + size > machine.tables.end) throw new RangeError(`${machine.arch}: no room for page tables`);
    next = at + size;
    return at;
  };
  const tables = new PageTables(memory, machine.shape, t.format, machine.image.physical(virtual), allocate);
  return { virtual, fill: () => t.fill(tables) };
}
