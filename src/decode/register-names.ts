import type { Arch } from './arch.ts';

/** How one architecture's show_regs() calls the registers that are more than numbers. */
export interface RegisterNames {
  readonly programCounter: string;
  readonly stackPointer: string;
  /** Where the address of a fault is left. */
  readonly faultAddress?: string;
}

export const REGISTER_NAMES: Readonly<Record<Arch, RegisterNames>> = {
  'x86-64': { programCounter: 'RIP', stackPointer: 'RSP', faultAddress: 'CR2' },
  i386: { programCounter: 'EIP', stackPointer: 'ESP', faultAddress: 'CR2' },
  arm64: { programCounter: 'pc', stackPointer: 'sp' },
  arm: { programCounter: 'pc', stackPointer: 'sp' },
  ppc64: { programCounter: 'NIP', stackPointer: 'gpr1', faultAddress: 'DAR' },
  ppc: { programCounter: 'NIP', stackPointer: 'gpr1', faultAddress: 'DAR' },
  s390x: { programCounter: 'PSW', stackPointer: 'gpr15' },
  riscv64: { programCounter: 'epc', stackPointer: 'sp', faultAddress: 'badaddr' },
  mips64: { programCounter: 'epc', stackPointer: '$29', faultAddress: 'BadVA' },
  mips: { programCounter: 'epc', stackPointer: '$29', faultAddress: 'BadVA' },
  loongarch64: { programCounter: 'pc', stackPointer: 'sp', faultAddress: 'BADV' },
};

/** Registers that hold the state of the machine, never an address or a number of the program; FS and GS are selectors or per-CPU bases. */
const STATE = new Set(
  (
    'EFLAGS FS GS knlGS CS DS ES SS CR0 CR3 CR4 CR8 PKRU DR6 DR7 pstate pmr psr xpsr Flags Control Table DAC TRAP MSR CR XER DSISR IRQMASK SOFTE ' +
    'status cause Status Cause PrId Config CRMD PRMD EUEN ECFG ESTAT PRID SR'
  ).split(' '),
);

/** Whether a register holds no address or number of the program. */
export const isStateRegister = (name: string): boolean => STATE.has(name);

/** Addresses that are not the program's own data: what lies near them is near by chance. */
const APART = new Set('CR2 NIP LR CTR CFAR DAR pc lr epc ra gp tp badaddr BadVA BADV'.split(' '));
export const isApart = (name: string): boolean => APART.has(name);

/** The architecture that the names of a report's registers give away. */
export function archOfRegisters(registers: Readonly<Record<string, string>>): Arch | undefined {
  const has = (...names: readonly string[]): boolean => names.some((name) => registers[name] !== undefined);
  if (has('RAX', 'RSP', 'RDI', 'CR2', 'RIP') && !has('EAX', 'ESP')) return 'x86-64';
  if (has('EAX', 'ESP')) return 'i386';
  if (has('x29', 'x19', 'x0', 'pstate')) return 'arm64';
  if (has('psr') || (has('r0') && has('fp'))) return 'arm';
  if (has('NIP', 'MSR', 'gpr31')) return (registers.gpr1?.length ?? 18) > 10 ? 'ppc64' : 'ppc';
  if (has('gpr1')) return 's390x';
  if (has('status', 'badaddr') || (has('gp') && has('tp'))) return 'riscv64';
  if (has('CRMD', 'ESTAT')) return 'loongarch64';
  if (has('Hi', '$0')) return Object.values(registers).some((value) => value.length > 10) ? 'mips64' : 'mips';
  return undefined;
}
