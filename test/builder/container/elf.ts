import type { MemoryImage } from '../image/memory-image.ts';
import { noteBytes, prstatus } from '../image/note.ts';
import type { Extent } from '../image/sparse-memory.ts';
import { alignUp, type Shape, StructWriter } from '../image/struct-writer.ts';
import type { Segment } from '../machine/machine.ts';
import type { FileImage } from './file-image.ts';

export interface ElfOptions {
  readonly kind: 'elf';
  /**
   * How the program headers tell virtual addresses: as kexec (/proc/vmcore), as QEMU with paging off (p_vaddr = p_paddr) or older (0),
   * with paging on (one segment a mapping), as /proc/kcore (p_paddr 0 before 4.11, all ones for what has none after).
   */
  readonly mapping?: 'kexec' | 'physical' | 'zero' | 'paging' | 'kcore';
  /** Default: 64 for 64-bit machines and for PAE/LPAE, else 32. */
  readonly elfClass?: 32 | 64;
  /** The real count of program headers in section header 0 (PN_XNUM). */
  readonly pnXnum?: boolean;
  /** Section headers before program headers, as QEMU writes them. */
  readonly sectionsFirst?: boolean;
  readonly vmcoreinfoNote?: boolean;
  /** More notes, made already. */
  readonly notes?: readonly Buffer[];
  readonly cpus?: number;
  /** makedumpfile -E: bytes at the end of each segment that are in memsz only. */
  readonly trimTail?: number;
  /** Places each segment's data at an offset of at least its physical address times this; sparse files of any size. */
  readonly spread?: boolean;
}

const PT_LOAD = 1;
const PT_NOTE = 4;
const PN_XNUM = 0xffff;

interface Header {
  readonly type: number;
  readonly offset: number;
  readonly vaddr: bigint;
  readonly paddr: bigint;
  readonly filesz: number;
  readonly memsz: number;
}

export function elfCore(image: MemoryImage, options: ElfOptions): FileImage {
  const { machine } = image;
  const elfClass = options.elfClass ?? (machine.shape.wordSize === 8 || machine.physicalExtension ? 64 : 32);
  const wide = elfClass === 64;
  const shape: Shape = { order: machine.shape.order, wordSize: wide ? 8 : 4, u64Align: 8 };
  const sizes = wide ? { eh: 64, ph: 56, sh: 64 } : { eh: 52, ph: 32, sh: 40 };
  const loads = segmentsOf(image, options.mapping ?? 'kexec');
  const notes = elfNotes(image, options);

  const phnum = loads.length + 1;
  const sections = options.pnXnum || options.sectionsFirst;
  const shoff = !sections ? 0 : options.sectionsFirst ? sizes.eh : sizes.eh + phnum * sizes.ph;
  const phoff = options.sectionsFirst ? sizes.eh + sizes.sh : sizes.eh;
  const notesAt = sizes.eh + phnum * sizes.ph + (sections ? sizes.sh : 0);
  let at = alignUp(notesAt + notes.length, 4096);
  const headers: Header[] = [{ type: PT_NOTE, offset: notesAt, vaddr: 0n, paddr: 0n, filesz: notes.length, memsz: notes.length }];
  const data: Extent[] = [];
  for (const s of loads) {
    if (options.spread) at = Math.max(at, alignUp(s.paddr, 4096));
    const stored = Math.max(0, s.size - (options.trimTail ?? 0));
    headers.push({ type: PT_LOAD, offset: at, vaddr: s.vaddr, paddr: s.shown, filesz: stored, memsz: s.size });
    for (const e of image.memory.extents(s.paddr, s.paddr + stored)) data.push({ offset: at + e.offset - s.paddr, data: e.data });
    at += stored;
  }

  const head = new StructWriter(shape, notesAt);
  fileHeader(head, { wide, sizes, machine: machine.elfMachine, phoff, phnum: options.pnXnum ? PN_XNUM : phnum, shoff });
  for (const [i, h] of headers.entries()) programHeader(head, phoff + i * sizes.ph, wide, h);
  if (sections && options.pnXnum) head.u32(shoff + (wide ? 44 : 28), phnum);
  return { size: at, extents: [{ offset: 0, data: Buffer.concat([head.bytes, notes]) }, ...data] };
}

/** The notes of a kexec core: one NT_PRSTATUS a CPU, then VMCOREINFO. */
export function elfNotes(image: MemoryImage, options: Pick<ElfOptions, 'cpus' | 'vmcoreinfoNote' | 'notes'>): Buffer {
  const { shape } = image.machine;
  return Buffer.concat([
    ...Array.from({ length: options.cpus ?? 2 }, (_, cpu) => prstatus(shape, 100 + cpu)),
    ...(options.vmcoreinfoNote === false ? [] : [noteBytes(shape, 'VMCOREINFO', 0, Buffer.from(image.vmcoreinfo, 'latin1'))]),
    ...(options.notes ?? []),
  ]);
}

/** What each mapping style makes of the machine's memory; `shown` is what p_paddr says. */
function segmentsOf(image: MemoryImage, mapping: NonNullable<ElfOptions['mapping']>): (Segment & { readonly shown: bigint })[] {
  const { machine } = image;
  const plain = machine.ram.map((r) => ({ paddr: r.start, size: r.end - r.start, shown: BigInt(r.start) }));
  if (mapping === 'physical') return plain.map((s) => ({ ...s, vaddr: s.shown }));
  if (mapping === 'zero') return plain.map((s) => ({ ...s, vaddr: 0n }));
  const real = machine.segments.map((s) => ({ ...s, shown: BigInt(s.paddr) }));
  if (mapping === 'kexec') return real;
  const pages: (Segment & { readonly shown: bigint })[] = [];
  const area = machine.scattered;
  for (let o = 0; area && o < area.size; o += machine.pageSize) {
    const paddr = area.physicalOf(o);
    pages.push({ vaddr: area.vbase + BigInt(o), paddr, size: machine.pageSize, shown: mapping === 'kcore' ? -1n : BigInt(paddr) });
  }
  return [...real, ...pages];
}

function fileHeader(
  w: StructWriter,
  f: { wide: boolean; sizes: { eh: number; ph: number; sh: number }; machine: number; phoff: number; phnum: number; shoff: number },
): void {
  w.text(0, '\x7fELF', 4)
    .u8(4, f.wide ? 2 : 1)
    .u8(5, w.shape.order === 'little' ? 1 : 2)
    .u8(6, 1);
  w.u16(16, 4).u16(18, f.machine).u32(20, 1);
  w.word(f.wide ? 32 : 28, f.phoff).word(f.wide ? 40 : 32, f.shoff);
  const at = f.wide ? 52 : 40;
  w.u16(at, f.sizes.eh)
    .u16(at + 2, f.sizes.ph)
    .u16(at + 4, f.phnum);
  if (f.shoff) w.u16(at + 6, f.sizes.sh).u16(at + 8, 1);
}

function programHeader(w: StructWriter, at: number, wide: boolean, h: Header): void {
  w.u32(at, h.type);
  if (wide)
    w.u32(at + 4, 7)
      .u64(at + 8, h.offset)
      .u64(at + 16, h.vaddr)
      .u64(at + 24, h.paddr)
      .u64(at + 32, h.filesz)
      .u64(at + 40, h.memsz);
  else
    w.word(at + 4, h.offset)
      .word(at + 8, h.vaddr)
      .word(at + 12, h.paddr)
      .word(at + 16, h.filesz)
      .word(at + 20, h.memsz)
      .u32(at + 24, 7);
}
