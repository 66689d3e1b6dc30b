import { OTHERS } from '../../../grammars/oops/other-lines.ts';
import { X86 } from '../../../grammars/oops/x86-lines.ts';
import type { Arch } from '../../decode/arch.ts';
import { archOfRegisters } from '../../decode/register-names.ts';
import { type Facts, lineOf } from './facts.ts';

/** The architecture that a report's registers and die line give away. */
export function archOf(facts: Facts): Arch | undefined {
  if (facts.nodes.some((n) => n.type === 'pointer' && n.register === 'PSW')) return 's390x';
  const named = archOfRegisters(facts.registers ?? {});
  if (named !== undefined) return named;
  if (lineOf(facts, X86.show_fault_oops, X86.show_fault_oops_pf, X86.show_fault_oops_code) !== undefined) return 'x86-64';
  if (lineOf(facts, OTHERS.dump_fault_info) !== undefined) return 's390x';
  return undefined;
}

/** Whether the address lies in the first page: what the kernel itself calls a NULL pointer dereference. */
export function isNullish(address: string | undefined): boolean {
  if (address === undefined) return false;
  return BigInt(address) < 4096n;
}
