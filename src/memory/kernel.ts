import { type ByteOrder, readerFor } from '../dump/bytes.ts';
import type { Dump, Machine } from '../dump/dump.ts';
import { machineOfUtsname } from '../dump/kdump-header.ts';
import type { Architecture, Translate } from './arch/architecture.ts';
import { architecturesFor } from './arch/architectures.ts';
import { isLogThere } from './log-probe.ts';
import { noKernel } from './no-kernel.ts';
import { PhysicalMemory } from './physical.ts';
import { placements } from './placement.ts';
import { type Candidate, parseCandidate, scanForVmcoreinfo, textAt } from './scan.ts';
import { readUtsname, type Utsname } from './utsname.ts';
import { VirtualMemory } from './virtual.ts';
import { Vmcoreinfo } from './vmcoreinfo.ts';

/** The kernel of a dump, found: what it says of itself, and its memory by virtual address. */
export interface Kernel {
  readonly dump: Dump;
  readonly machine: Machine;
  readonly info: Vmcoreinfo;
  readonly infoSource: Candidate['source'];
  readonly infoPaddr: number | undefined;
  readonly memory: VirtualMemory;
  /** Translation by the page tables alone, where they are known. */
  readonly walk: Translate | undefined;
  /** The same from another top table, a task's own; undefined where an architecture's tables are not walked. */
  readonly walkFrom: ((root: number) => Translate) | undefined;
  readonly utsname: Utsname | undefined;
  /** True where reading back the kernel's release through the translation gave the release that VMCOREINFO states. */
  readonly proven: boolean;
  readonly warnings: readonly string[];
}

/**
 * Finds VMCOREINFO (notes, sub header, s390's lowcore, then all of memory) and the translation that fits it.
 * @throws NoKernelError where there is no VMCOREINFO, or no way to translate what it names
 */
export function findKernel(dump: Dump, name: string): Kernel {
  const readings = alternatives(dump);
  let fallback: Kernel | undefined;
  let stated = false;
  for (const reading of readings) {
    for (const candidate of statedCandidates(reading)) {
      stated = true;
      const kernel = tryCandidate(reading, candidate);
      if (kernel?.proven) return kernel;
      fallback ??= kernel;
    }
  }
  // nothing stated, or what is stated does not fit the memory (Hyper-V has written wrong notes): look for the kernel's own copies
  for (const reading of readings) {
    const found = scanned(reading);
    if (found?.proven)
      return stated
        ? { ...found, warnings: [...found.warnings, 'the VMCOREINFO note does not fit this memory; the copy in memory does'] }
        : found;
    fallback ??= found;
  }
  if (!fallback) throw noKernel(dump, statedInfo(readings), name);
  return {
    ...fallback,
    warnings: [...fallback.warnings, 'the translation could not be proven: the kernel’s release was not found where it should be'],
  };
}

function alternatives(dump: Dump): Dump[] {
  const all: Dump[] = [];
  for (let d: Dump | undefined = dump; d; d = d.alternative) all.push(d);
  return all;
}

function* statedCandidates(dump: Dump): Generator<Candidate> {
  for (const note of dump.notes) {
    const info = note.name === 'VMCOREINFO' ? parseCandidate(untilNul(note.desc)) : undefined;
    if (info) yield { info, source: 'note' };
  }
  const info = dump.vmcoreinfoText && parseCandidate(untilNul(dump.vmcoreinfoText));
  if (info) yield { info, source: 'sub header' };
  if (dump.machine === 's390x') yield* lowcoreCandidate(dump);
}

/** Where s390's lowcore keeps the address of the VMCOREINFO note (asm/lowcore.h vmcore_info). */
const LOWCORE_VMCORE_INFO = 0xe0c;

function* lowcoreCandidate(dump: Dump): Generator<Candidate> {
  const pointer = Buffer.alloc(8);
  if (dump.readPhysical(LOWCORE_VMCORE_INFO, pointer) !== 'present') return;
  const paddr = readerFor('big').size(pointer, 0);
  const info = paddr > 0 && Number.isFinite(paddr) ? parseCandidate(textAt(dump, paddr + 24)) : undefined;
  if (info) yield { info, source: 'lowcore', paddr, order: 'big' };
}

/** Each goes through all memory once more; a kernel has two copies, and there may be a boot before. */
const MAX_SEARCHES = 4;

/** The best of all copies in memory: one that is proven and knows when the kernel crashed ends the search. */
function scanned(dump: Dump): Kernel | undefined {
  let best: Kernel | undefined;
  let searches = 0;
  for (const candidate of scanForVmcoreinfo(dump)) {
    const kernel = placed(dump, candidate, searches++ < MAX_SEARCHES);
    if (kernel?.proven && kernel.info.crashTime !== undefined) return kernel;
    if (kernel && (!best || (kernel.proven && !best.proven))) best = kernel;
  }
  return best;
}

/** The candidate in the reading of a raw image that its kernel proves, and under which its log is where its pointers say. */
function placed(dump: Dump, candidate: Candidate, search: boolean): Kernel | undefined {
  let best = tryCandidate(dump, candidate);
  if (!dump.movedBy || (best?.proven && isLogThere(best))) return best;
  for (const moved of placements(dump, candidate.info, search)) {
    const paddr = candidate.paddr === undefined ? undefined : moved.paddrOf(candidate.paddr);
    const kernel = tryCandidate(moved.dump, { ...candidate, paddr });
    if (kernel?.proven && isLogThere(kernel)) return kernel;
    if (kernel?.proven && !best?.proven) best = kernel;
  }
  return best;
}

/** The candidate with the translation that proves it, or the first under which the log's variables can be read. */
function tryCandidate(dump: Dump, candidate: Candidate): Kernel | undefined {
  let fallback: Kernel | undefined;
  for (const architecture of architecturesFor(dump, candidate.info)) {
    for (const order of ordersFor(dump, candidate, architecture)) {
      for (const kernel of kernels(dump, candidate, architecture, order)) {
        // a release is text, which reads the same in either byte order: where the order is a guess, the log's pointers prove it
        if (kernel.proven && (dump.byteOrder !== undefined || logIsReachable(kernel))) return kernel;
        // a kernel whose release can be read and is another one's is the wrong translation; one that cannot be read says nothing
        if (!fallback && kernel.utsname === undefined && logIsReachable(kernel)) fallback = kernel;
      }
    }
  }
  return fallback;
}

function ordersFor(dump: Dump, candidate: Candidate, { machine }: Architecture): readonly ByteOrder[] {
  const stated = dump.byteOrder ?? candidate.order;
  if (stated) return [stated];
  if (machine === 's390x') return ['big'];
  return ['little', 'big']; // arm and arm64 run in either order too, and reading back decides
}

function* kernels(dump: Dump, candidate: Candidate, architecture: Architecture, order: ByteOrder): Generator<Kernel> {
  const { info } = candidate;
  const pageSize = info.pageSize ?? 4096;
  const physical = new PhysicalMemory(dump);
  for (const { translate, walk, walkFrom } of architecture.translations({ info, dump, physical, reader: readerFor(order), pageSize })) {
    const memory = new VirtualMemory(physical, withSegments(dump, translate), pageSize, order, architecture.wordSize);
    const utsname = readUtsname(memory, info);
    yield {
      dump,
      machine: architecture.machine ?? dump.machine ?? machineOfUtsname(utsname?.machine ?? '') ?? 'unknown',
      info,
      infoSource: candidate.source,
      infoPaddr: candidate.paddr,
      memory,
      walk,
      walkFrom,
      utsname,
      proven: utsname !== undefined && proves(utsname, architecture.machine, info),
      warnings: [],
    };
  }
}

/** The release that VMCOREINFO states, of a machine of this kind: two architectures may translate alike. */
function proves(utsname: Utsname, machine: Machine | undefined, info: Vmcoreinfo): boolean {
  const stated = machineOfUtsname(utsname.machine);
  return (
    utsname.sysname === 'Linux' && utsname.release === info.release && (stated === undefined || machine === undefined || stated === machine)
  );
}

/** What the tables do not map, the container's own segments may. */
function withSegments(dump: Dump, translate: (v: bigint) => number | undefined): (v: bigint) => number | undefined {
  if (dump.segments.length === 0) return translate;
  return (v) => translate(v) ?? dump.segments.physical(v);
}

function logIsReachable({ info, memory }: Kernel): boolean {
  const variable = info.symbol('prb') ?? info.symbol('log_buf');
  const address = variable === undefined ? undefined : memory.word(variable);
  return address !== undefined && address !== 0n && memory.read(address, 8).state === 'present';
}

/** What the container says of its kernel, however little: its keys may be too few to find a log by. */
function statedInfo(readings: readonly Dump[]): Vmcoreinfo | undefined {
  for (const { notes, vmcoreinfoText } of readings) {
    for (const text of [...notes.filter((n) => n.name === 'VMCOREINFO').map((n) => n.desc), ...(vmcoreinfoText ? [vmcoreinfoText] : [])]) {
      const info = new Vmcoreinfo(untilNul(text));
      if (info.release) return info;
    }
  }
  return undefined;
}

const untilNul = (b: Buffer): string => {
  const end = b.indexOf(0);
  return b.toString('latin1', 0, end < 0 ? b.length : end);
};
