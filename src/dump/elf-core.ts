import { readerFor } from './bytes.ts';
import type { Dump, Note, VirtualSegment } from './dump.ts';
import { type ElfHeader, type ProgramHeader, type ProgramHeaders, PT_LOAD, PT_NOTE, readElfHeader } from './elf-header.ts';
import { Intervals } from './intervals.ts';
import { readNotes } from './notes.ts';
import { SegmentedMemory } from './segmented.ts';
import type { ByteSource } from './source.ts';
import { virtualSegments } from './virtual-segments.ts';
import { openXenCore } from './xen-core.ts';

/** kexec's /proc/vmcore, makedumpfile -E, QEMU's dump-guest-memory, virsh dump --memory-only, /proc/kcore. */
export function openElfCore(source: ByteSource): Dump {
  const header = readElfHeader(source);
  const { programHeaders } = header;
  if (programHeaders.length === 0) return openXenCore(source, header);
  const stored = new Intervals(programHeaders.length);
  const isVirtualOnly = saysNoPhysical(programHeaders);
  const memoryLoads = isVirtualOnly ? byOffset : physicalLoads;
  let isAllStored = true;
  for (const { paddr, filesz, memsz, offset } of memoryLoads(programHeaders)) {
    stored.push(paddr, paddr + Math.min(filesz, memsz), offset);
    isAllStored &&= filesz >= memsz;
  }
  const memory = new SegmentedMemory(source, stored, isAllStored ? stored : knownOf(memoryLoads(programHeaders)));
  const end = storedEnd(programHeaders);
  return {
    container: 'ELF core',
    byteOrder: header.order,
    machine: header.machine,
    blockSize: 4096,
    notes: notesOf(source, header),
    vmcoreinfoText: undefined,
    ranges: memory.ranges,
    segments: virtualSegments(virtualLoads(memoryLoads(programHeaders)), stored.length),
    isVirtualOnly,
    details: {
      compression: 'none',
      incomplete: end > source.size ? `the file ends at ${source.size}, its segments at ${end}` : undefined,
      warnings: header.machine ? header.warnings : [...header.warnings, `unknown e_machine ${header.machineNumber}`],
    },
    readPhysical: (paddr, into) => memory.read(paddr, into),
    holds: (paddr) => memory.holds(paddr),
    nextHeld: (paddr) => memory.nextHeld(paddr),
  };
}

/** makedumpfile -E and cut tails: memory that the file speaks of and does not have. */
function knownOf(loads: Iterable<ProgramHeader>): Intervals {
  const known = new Intervals();
  for (const { paddr, memsz } of loads) known.push(paddr, paddr + memsz, 0);
  return known;
}

/** QEMU and kexec write one. */
const MAX_NOTE_SEGMENTS = 64;

function notesOf(source: ByteSource, { order, programHeaders }: ElfHeader): Note[] {
  const reader = readerFor(order);
  // one note segment is the rule; many that name the same bytes are an attack on memory
  const distinct = new Map<number, number>();
  for (const { type, offset, filesz } of programHeaders)
    if (type === PT_NOTE && distinct.size < MAX_NOTE_SEGMENTS && !distinct.has(offset)) distinct.set(offset, filesz);
  return [...distinct].flatMap(([offset, filesz]) => readNotes(source, offset, filesz, reader));
}

function* loads(headers: ProgramHeaders): Generator<ProgramHeader> {
  for (const p of headers) if (p.type === PT_LOAD && p.memsz > 0) yield p;
}

/** Before 4.11 (commit 464920104bf7) /proc/kcore put 0 in every p_paddr. */
function saysNoPhysical(headers: ProgramHeaders): boolean {
  let count = 0;
  for (const { paddr } of loads(headers)) if (paddr !== 0 || ++count > 1) break;
  return count > 1 && [...loads(headers)].every(({ paddr }) => paddr === 0);
}

/** Since 4.11 kcore says all ones where there is no physical address. */
function* physicalLoads(headers: ProgramHeaders): Generator<ProgramHeader> {
  for (const p of loads(headers)) if (Number.isFinite(p.paddr + p.memsz)) yield p;
}

/** Segments of which only their place in the file is known, in the place of their addresses: kcore's sizes are those of regions. */
function* byOffset(headers: ProgramHeaders): Generator<ProgramHeader> {
  for (const p of loads(headers)) if (Number.isFinite(p.offset + p.filesz)) yield { ...p, paddr: p.offset, memsz: p.filesz };
}

/** Segments whose p_vaddr is a kernel address that says something: QEMU without paging writes the physical address there, or 0. */
function* virtualLoads(headers: Iterable<ProgramHeader>): Generator<VirtualSegment> {
  for (const { vaddr, filesz, memsz, paddr } of headers)
    if (vaddr !== 0n && filesz > 0 && vaddr !== BigInt(paddr)) yield { vaddr, size: memsz, paddr };
}

/** Where the file must end at least, by segments that can be believed. */
function storedEnd(headers: ProgramHeaders): number {
  let end = 0;
  for (const { offset, filesz } of loads(headers)) if (Number.isFinite(offset + filesz)) end = Math.max(end, offset + filesz);
  return end;
}
