import type { Machine } from './machine.ts';

/** The same machine with RAM up to `bytes`: everything that matters stays at the start, the rest is empty. */
export function withRam(machine: Machine, bytes: number): Machine {
  const last = machine.ram.at(-1)!;
  const more = { start: last.end, end: bytes };
  const mapped = machine.segments.find((s) => s.paddr === last.start)!;
  return {
    ...machine,
    ram: [...machine.ram, more],
    segments: [
      ...machine.segments,
      { vaddr: mapped.vaddr + BigInt(more.start - last.start), paddr: more.start, size: more.end - more.start },
    ],
  };
}
