import type { Machine } from '../dump/dump.ts';
import type { Registers } from './stack.ts';
import type { Position } from './walk.ts';

/** Names of the registers that a walk begins with, by architecture; `fp` where there is a frame pointer. */
const FIRST: Partial<Record<Machine, { readonly ip: string; readonly sp: string; readonly fp?: string }>> = {
  x86_64: { ip: 'ip', sp: 'sp', fp: 'bp' },
  i386: { ip: 'ip', sp: 'sp', fp: 'bp' },
  arm64: { ip: 'pc', sp: 'sp', fp: 'x29' },
  arm: { ip: 'pc', sp: 'sp', fp: 'r11' },
  riscv64: { ip: 'pc', sp: 'sp', fp: 's0' },
  s390x: { ip: 'psw', sp: 'r15' },
  ppc64: { ip: 'nip', sp: 'r1' },
};

/** Where a CPU stood by the registers of its note. */
export function startFrom(machine: Machine, registers: Registers): Position | undefined {
  const names = FIRST[machine];
  const ip = names && registers(names.ip);
  const sp = names && registers(names.sp);
  if (ip === undefined || sp === undefined) return undefined;
  return { ip, sp, fp: (names?.fp && registers(names.fp)) || 0n, at: sp, interrupted: true, reliable: true, registers };
}

/** The bits of a status register that say "user space": name, mask, value. riscv's notes have none. */
const USER: Partial<Record<Machine, readonly [name: string, mask: bigint, value: bigint]>> = {
  x86_64: ['cs', 3n, 3n],
  i386: ['cs', 3n, 3n],
  arm64: ['pstate', 0xfn, 0n],
  arm: ['cpsr', 0x1fn, 0x10n],
  s390x: ['psw_mask', 1n << 48n, 1n << 48n],
  ppc64: ['msr', 0x4000n, 0x4000n],
};

/** Did the CPU run a program? Its kernel stack is empty then. */
export function isInUserSpace(machine: Machine, registers: Registers): boolean {
  const [name, mask, value] = USER[machine] ?? ['', 0n, 1n];
  return ((registers(name) ?? ~value) & mask) === value;
}
