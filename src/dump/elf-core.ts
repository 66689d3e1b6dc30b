import { readerFor } from './bytes.ts';
import type { Dump, Note, VirtualSegment } from './dump.ts';
import { type ElfHeader, type ProgramHeader, PT_LOAD, PT_NOTE, readElfHeader } from './elf-header.ts';
import { readNotes } from './notes.ts';
import { SegmentedMemory } from './segmented.ts';
import type { ByteSource } from './source.ts';

/** kexec's /proc/vmcore, makedumpfile -E, QEMU's dump-guest-memory, virsh dump --memory-only, /proc/kcore. */
export function openElfCore(source: ByteSource): Dump {
  const header = readElfHeader(source);
  const loads = header.programHeaders.filter((p) => p.type === PT_LOAD && p.memsz > 0);
  const physical = hasPhysicalAddresses(loads) ? loads.filter((p) => Number.isFinite(p.paddr + p.memsz)) : [];
  const memory = new SegmentedMemory(
    source,
    physical.map((p) => ({ start: p.paddr, end: p.paddr + Math.min(p.filesz, p.memsz), offset: p.offset })),
    physical.map((p) => ({ start: p.paddr, end: p.paddr + p.memsz, offset: 0 })),
  );
  const end = loads.reduce((most, p) => Math.max(most, p.offset + p.filesz), 0);
  const cut = end > source.size && loads.some((p) => p.offset + p.filesz > source.size && Number.isFinite(p.offset + p.filesz));
  return {
    container: 'ELF core',
    byteOrder: header.order,
    machine: header.machine,
    blockSize: 4096,
    notes: notesOf(source, header),
    vmcoreinfoText: undefined,
    ranges: memory.ranges,
    segments: virtualSegments(physical),
    details: {
      compression: 'none',
      incomplete: cut ? `the file ends at ${source.size}, its segments at ${end}` : undefined,
      warnings: header.machine ? header.warnings : [...header.warnings, `unknown e_machine ${header.machineNumber}`],
    },
    readPhysical: (paddr, into) => memory.read(paddr, into),
    holds: (paddr) => memory.holds(paddr),
    nextHeld: (paddr) => memory.nextHeld(paddr),
  };
}

/** QEMU and kexec write one. */
const MAX_NOTE_SEGMENTS = 64;

function notesOf(source: ByteSource, header: ElfHeader): Note[] {
  const reader = readerFor(header.order);
  const segments = header.programHeaders.filter((p) => p.type === PT_NOTE);
  // one note segment is the rule; many that name the same bytes are an attack on memory
  const distinct = new Map(segments.slice(0, MAX_NOTE_SEGMENTS).map((p) => [p.offset, p]));
  return [...distinct.values()].flatMap((p) => readNotes(source, p.offset, p.filesz, reader));
}

/** Before 4.11 /proc/kcore put 0 in every p_paddr, since then all ones where there is no physical address. */
function hasPhysicalAddresses(loads: readonly ProgramHeader[]): boolean {
  return loads.length <= 1 || loads.some((p) => p.paddr !== 0);
}

/**
 * Segments whose p_vaddr is a kernel address that says something: QEMU without paging writes the physical address there, or 0.
 */
function virtualSegments(loads: readonly ProgramHeader[]): VirtualSegment[] {
  return loads
    .filter((p) => p.vaddr !== 0n && p.filesz > 0 && p.vaddr !== BigInt(p.paddr))
    .map((p) => ({ vaddr: p.vaddr, size: p.memsz, paddr: p.paddr }));
}
