import type { Dump, Machine } from '../dump/dump.ts';
import type { KnownMemory } from '../memory/known.ts';
import { type CpuNote, parseStatus, STATUS_BYTES } from './notes.ts';

/** Where per-CPU variables are; what `kernel/cpus` says. */
export interface PerCpu {
  readonly possible: readonly number[];
  address(variable: bigint, cpu: number): bigint | undefined;
}

const NT_PRSTATUS = 1;
/** ELF note header, and "CORE" padded. */
const NOTE_HEADER = 20;

/**
 * The registers of each CPU. The kernel itself notes them by CPU (`crash_notes`, filled on the way to kexec); the notes of the container
 * are the same in the order of the CPUs that had one. QEMU's notes are of its vCPUs, in order: the kernel's are empty then.
 * @param crashNotes value of the variable `crash_notes`, a per-CPU pointer
 */
export function cpuNotes(
  machine: Machine,
  dump: Dump,
  memory: KnownMemory,
  crashNotes: bigint | undefined,
  cpus: PerCpu | undefined,
): ReadonlyMap<number, CpuNote> {
  const own = crashNotes === undefined || !cpus ? new Map<number, CpuNote>() : kernelNotes(machine, memory, crashNotes, cpus);
  if (own.size > 0) return own;
  const notes = new Map<number, CpuNote>();
  for (const { name, type, desc } of dump.notes) {
    const status = name === 'CORE' && type === NT_PRSTATUS ? parseStatus(desc, machine, memory) : undefined;
    if (status) notes.set(notes.size, status);
  }
  return notes;
}

function kernelNotes(machine: Machine, memory: KnownMemory, crashNotes: bigint, cpus: PerCpu): Map<number, CpuNote> {
  const notes = new Map<number, CpuNote>();
  for (const cpu of cpus.possible) {
    const at = cpus.address(crashNotes, cpu);
    const head = at === undefined ? undefined : memory.bytes(at, NOTE_HEADER);
    if (at === undefined || !head || memory.reader.u32(head, 8) !== NT_PRSTATUS || head.toString('latin1', 12, 16) !== 'CORE') continue;
    const desc = memory.bytes(at + BigInt(NOTE_HEADER), STATUS_BYTES);
    const status = desc && parseStatus(desc, machine, memory);
    if (status) notes.set(cpu, status);
  }
  return notes;
}
