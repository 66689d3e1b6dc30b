import type { Access } from './page-fault.ts';

/** What the exception syndrome register says: arch/arm64/include/asm/esr.h, Arm ARM D17.2.37. */
export interface Esr {
  /** Exception class, bits 31..26. */
  readonly ec: number;
  readonly className: string;
  /** Fault status code of aborts, bits 5..0. */
  readonly fsc?: number;
  readonly status?: string;
  readonly access?: Access;
  readonly cause: string;
}

const CLASSES: ReadonlyMap<number, string> = new Map([
  [0x00, 'unknown or undefined instruction'],
  [0x01, 'trapped WFI or WFE'],
  [0x07, 'SVE, SIMD or floating point access'],
  [0x08, 'trapped VMRS'],
  [0x09, 'pointer authentication trap'],
  [0x0a, 'trapped LD64B, ST64B'],
  [0x0d, 'branch target identification (BTI)'],
  [0x0e, 'illegal execution state'],
  [0x11, 'SVC, AArch32'],
  [0x12, 'HVC, AArch32'],
  [0x13, 'SMC, AArch32'],
  [0x15, 'SVC, AArch64'],
  [0x16, 'HVC, AArch64'],
  [0x17, 'SMC, AArch64'],
  [0x18, 'trapped MSR, MRS or system instruction'],
  [0x19, 'SVE access'],
  [0x1a, 'trapped ERET'],
  [0x1c, 'pointer authentication failure (FPAC)'],
  [0x1d, 'SME access'],
  [0x20, 'instruction abort from user mode'],
  [0x21, 'instruction abort in kernel mode'],
  [0x22, 'PC alignment'],
  [0x24, 'data abort from user mode'],
  [0x25, 'data abort in kernel mode'],
  [0x26, 'SP alignment'],
  [0x27, 'memory copy or set (MOPS)'],
  [0x28, 'floating point exception, AArch32'],
  [0x2c, 'floating point exception, AArch64'],
  [0x2d, 'guarded control stack (GCS)'],
  [0x2f, 'SError'],
  [0x30, 'breakpoint from user mode'],
  [0x31, 'breakpoint in kernel mode'],
  [0x32, 'single step from user mode'],
  [0x33, 'single step in kernel mode'],
  [0x34, 'watchpoint from user mode'],
  [0x35, 'watchpoint in kernel mode'],
  [0x38, 'BKPT, AArch32'],
  [0x3c, 'BRK'],
]);

const LEVELLED: readonly (readonly [base: number, name: string])[] = [
  [0x00, 'address size fault'],
  [0x04, 'translation fault'],
  [0x08, 'access flag fault'],
  [0x0c, 'permission fault'],
  [0x14, 'synchronous external abort on a table walk'],
  [0x1c, 'synchronous parity or ECC error on a table walk'],
];
const SINGLE: ReadonlyMap<number, string> = new Map([
  [0x10, 'synchronous external abort'],
  [0x11, 'synchronous tag check fault'],
  [0x13, 'synchronous external abort on a table walk, level -1'],
  [0x18, 'synchronous parity or ECC error'],
  [0x1b, 'synchronous parity or ECC error on a table walk, level -1'],
  [0x21, 'alignment fault'],
  [0x29, 'address size fault, level -1'],
  [0x2b, 'translation fault, level -1'],
  [0x30, 'TLB conflict abort'],
  [0x31, 'unsupported atomic hardware update'],
  [0x34, 'implementation defined (lockdown)'],
  [0x35, 'implementation defined (unsupported exclusive)'],
]);

/** Decodes `ESR = 0x0000000096000044`. Bit 6 (WnR) of a data abort tells write from read. */
export function decodeEsr(esr: bigint): Esr {
  const ec = Number((esr >> 26n) & 0x3fn);
  const className = CLASSES.get(ec) ?? `reserved class 0x${ec.toString(16)}`;
  const isInstruction = ec === 0x20 || ec === 0x21;
  const isData = ec === 0x24 || ec === 0x25;
  if (!isInstruction && !isData) return { ec, className, cause: className };
  const fsc = Number(esr & 0x3fn);
  const status = faultStatus(fsc);
  const access: Access = isInstruction ? 'execute' : esr & 0x40n ? 'write' : 'read';
  return { ec, className, fsc, status, access, cause: `${className}: ${status}` };
}

function faultStatus(fsc: number): string {
  const levelled = LEVELLED.find(([base]) => fsc >= base && fsc < base + 4);
  return SINGLE.get(fsc) ?? (levelled ? `${levelled[1]}, level ${fsc - levelled[0]}` : `reserved status 0x${fsc.toString(16)}`);
}
