import type { Arch } from '../../decode/arch.ts';
import { archOfRegisters } from '../../decode/register-names.ts';
import type { Facts } from './facts.ts';

/** The architecture that a report's registers and die line give away. */
export function archOf(facts: Facts): Arch | undefined {
  if (facts.nodes.some((n) => n.type === 'pointer' && n.register === 'PSW')) return 's390x';
  const named = archOfRegisters(facts.registers ?? {});
  if (named !== undefined) return named;
  if (facts.heads.some((h) => h.rule === 'show_fault_oops' || h.rule === 'show_fault_oops_pf')) return 'x86-64';
  if (facts.heads.some((h) => h.rule === 'dump_fault_info')) return 's390x';
  return undefined;
}

/** Whether the address lies in the first page: what the kernel itself calls a NULL pointer dereference. */
export function isNullish(address: string | undefined): boolean {
  if (address === undefined) return false;
  return BigInt(address) < 4096n;
}
