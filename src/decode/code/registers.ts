import { parseHex } from '../hex.ts';
import type { Machine } from './disassembler.ts';

/** Value of a register by its assembler name, from a report's registers (`RAX`, `R08`, `EAX`, `x0`, `lr`, `sp`). */
export function registerValue(registers: Readonly<Record<string, string>>, name: string): bigint | undefined {
  for (const { printed, bits } of candidates(name.toLowerCase())) {
    const text = registers[printed] ?? registers[printed.toUpperCase()];
    const value = text === undefined ? undefined : parseHex(text);
    if (value !== undefined) return BigInt.asUintN(bits, value);
  }
  return undefined;
}

interface Candidate {
  readonly printed: string;
  /** Of the printed register the lowest so many. */
  readonly bits: number;
}

function candidates(name: string): Candidate[] {
  if (name === 'xzr' || name === 'wzr') return [];
  // the kernel prints R08 and R09 with two digits (show_regs)
  const numbered = /^r(\d+)([bwd]?)$/.exec(name);
  if (numbered) {
    const bits = { b: 8, w: 16, d: 32 }[numbered[2] ?? ''] ?? 64;
    return [`r${(numbered[1] ?? '').padStart(2, '0')}`, `r${numbered[1]}`].map((printed) => ({ printed, bits }));
  }
  if (/^w\d+$/.test(name)) return [{ printed: `x${name.slice(1)}`, bits: 32 }];
  if (name === 'x30')
    return [
      { printed: 'lr', bits: 64 },
      { printed: 'x30', bits: 64 },
    ];
  const short = /^e([a-z]{2})$/.exec(name);
  if (short)
    return [
      { printed: name, bits: 32 },
      { printed: `r${short[1]}`, bits: 32 },
    ];
  return [{ printed: name, bits: 64 }];
}

/** The instruction set that a report's registers belong to, by how they are called; undefined where the names do not tell. */
export function machineOf(registers: Readonly<Record<string, string>> | undefined): Machine | undefined {
  const has = (name: string): boolean => registers?.[name] !== undefined;
  if (has('RAX') || has('RSP') || has('RDI')) return 'x86-64';
  if (has('EAX') || has('ESP')) return 'i386';
  if (has('x0') || has('x29') || has('x19')) return 'arm64';
  if (has('a0') && (has('ra') || has('epc') || has('s0'))) return has('s11') || has('t6') || has('gp') ? 'riscv64' : undefined;
  if (has('r0') && (has('fp') || has('ip') || has('r10'))) return 'arm';
  return undefined;
}
