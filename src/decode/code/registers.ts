import { parseHex } from '../hex.ts';
import type { Machine } from './disassembler.ts';

export interface RegisterValue {
  /** As the report prints it: `RDI`, `R08`, `x0`, `gpr3`. */
  readonly name: string;
  readonly value: bigint;
}

/** A register by its assembler name, from a report's registers (`RAX`, `R08`, `EAX`, `x0`, `lr`, `sp`, `gpr3`). */
export function registerOf(registers: Readonly<Record<string, string>>, name: string): RegisterValue | undefined {
  for (const { printed, bits } of candidates(name.toLowerCase())) {
    for (const spelling of [printed.toUpperCase(), printed]) {
      const text = registers[spelling];
      const value = text === undefined ? undefined : parseHex(text);
      if (value !== undefined) return { name: spelling, value: BigInt.asUintN(bits, value) };
    }
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
  // x86's show_regs() prints R08 and R09 with two digits; powerpc's GPR block holds gpr0 to gpr31
  const numbered = /^r(\d+)([bwd]?)$/.exec(name);
  if (numbered) {
    const [, number = '', size = ''] = numbered;
    const bits = { b: 8, w: 16, d: 32 }[size] ?? 64;
    return [`r${number.padStart(2, '0')}`, `r${number}`, ...(size ? [] : [`gpr${number}`])].map((printed) => ({ printed, bits }));
  }
  if (/^w\d+$/.test(name)) return [{ printed: `x${name.slice(1)}`, bits: 32 }];
  if (name === 'x30')
    return [
      { printed: 'lr', bits: 64 },
      { printed: 'x30', bits: 64 },
    ];
  if (name === 'sb' || name === 'sl') return [{ printed: name === 'sb' ? 'r9' : 'r10', bits: 32 }]; // arm's names for them
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
  if (has('NIP') && (registers?.NIP?.length ?? 0) > 10) return 'ppc64';
  if (has('a0') && (has('s11') || has('t6') || has('gp'))) return 'riscv64';
  if (has('r0') && (has('fp') || has('ip') || has('r10'))) return 'arm';
  return undefined;
}
