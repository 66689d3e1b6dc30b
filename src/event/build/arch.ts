import type { Arch } from '../../decode/arch.ts';
import type { Facts } from './facts.ts';

/** The architecture that a report's registers and die line give away. */
export function archOf(facts: Facts): Arch | undefined {
  const r = facts.registers ?? {};
  const has = (name: string): boolean => r[name] !== undefined;
  if (has('RAX') || has('RSP') || has('RDI') || has('CR2') || has('RIP')) return 'x86-64';
  if (has('EAX') || has('ESP')) return 'i386';
  if (has('x29') || has('x19') || has('x0') || has('pstate')) return 'arm64';
  if (has('psr') || (has('r0') && has('fp'))) return 'arm';
  if (facts.nodes.some((n) => n.type === 'pointer' && n.register === 'PSW')) return 's390x';
  if (has('NIP') || has('MSR') || has('gpr1')) return (r.gpr1?.length ?? 18) > 10 ? 'ppc64' : 'ppc';
  if (has('status') || has('badaddr') || (has('gp') && has('tp'))) return 'riscv64';
  if (has('CRMD') || has('ESTAT')) return 'loongarch64';
  if (has('Hi') || has('$0')) return 'mips64';
  if (facts.heads.some((h) => h.rule === 'show_fault_oops' || h.rule === 'show_fault_oops_pf')) return 'x86-64';
  if (facts.heads.some((h) => h.rule === 'dump_fault_info')) return 's390x';
  return undefined;
}

/** Whether the address lies in the first page: what the kernel itself calls a NULL pointer dereference. */
export function isNullish(address: string | undefined): boolean {
  if (address === undefined) return false;
  return BigInt(address) < 4096n;
}
