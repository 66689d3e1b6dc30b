import { address as hexAddress } from '../../../grammars/common/numbers.ts';
import { describeAddress } from '../../decode/address.ts';
import { decodeEsr } from '../../decode/arm64-esr.ts';
import { parseHex } from '../../decode/hex.ts';
import { parseRelease } from '../../decode/kernel-release.ts';
import { decodePageFault } from '../../decode/page-fault.ts';
import { ppcAccess, ppcTrapName } from '../../decode/ppc-trap.ts';
import type { Fault } from '../event.ts';
import { archOf } from './arch.ts';
import { type Facts, headOf } from './facts.ts';

type Access = NonNullable<Fault['access']>;

/** What was touched, how, and what that address is. The head's address counts before CR2, which a later fault may have overwritten. */
export function faultOf(facts: Facts): Fault | undefined {
  const first = facts.heads.find((h) => h.fields.address !== undefined && h.rule !== 'report_bug');
  const printed = first?.fields.address;
  const address =
    printed === undefined || /null|ptrval/.test(printed) ? (printed === 'null' ? '0x0' : fromRegisters(facts)) : hexAddress(printed);
  const error = errorCode(facts);
  const { access, cause } = how(facts, error);
  const hint = address === undefined ? undefined : hintOf(facts, address);
  const fault: Fault = {};
  if (address !== undefined) fault.address = address;
  if (access !== undefined) fault.access = access;
  if (error !== undefined) fault.errorCode = error;
  if (cause !== undefined) fault.cause = cause;
  if (hint !== undefined) fault.hint = hint;
  return Object.keys(fault).length === 0 ? undefined : fault;
}

/** riscv prints badaddr, powerpc DAR, mips BadVA, loongarch BADV; x86 CR2 only for page faults. */
function fromRegisters(facts: Facts): string | undefined {
  const r = facts.registers ?? {};
  const paged = headOf(facts, 'show_fault_oops', 'die_kernel_fault', 'bad_page_fault', 'handle_stack_overflow') !== undefined;
  return paged ? (r.badaddr ?? r.DAR ?? r.BadVA ?? r.BADV ?? r.CR2) : undefined;
}

function errorCode(facts: Facts): string | undefined {
  for (const head of facts.heads) if (head.fields.error !== undefined) return hexAddress(head.fields.error);
  return undefined;
}

function how(facts: Facts, error: string | undefined): { access?: Access | undefined; cause?: string | undefined } {
  const arch = archOf(facts);
  const said = headOf(facts, 'show_fault_oops_pf', 'bad_page_fault', 'bad_kernel_fault')?.fields.access;
  const saidAccess: Access | undefined = said === 'write' ? 'write' : said === 'read' ? 'read' : said === undefined ? undefined : 'execute';
  const what = headOf(facts, 'die_kernel_fault')?.fields.what;
  const paged = facts.heads.some((h) => h.rule === 'show_fault_oops');
  if (paged && error !== undefined) {
    const decoded = decodePageFault(BigInt(error));
    return { access: saidAccess ?? decoded.access, cause: decoded.cause };
  }
  if (arch === 'arm64' && error !== undefined) {
    const decoded = decodeEsr(BigInt(error));
    return { access: decoded.access, cause: decoded.cause };
  }
  if (arch === 'arm' && what !== undefined && error !== undefined) {
    // arch/arm/mm/fault.h: FSR_WRITE is bit 11; prefetch aborts have FSR_LNX_PF, bit 31.
    const fsr = BigInt(error);
    return { access: fsr & 0x80000000n ? 'execute' : fsr & 0x800n ? 'write' : 'read', cause: what };
  }
  const r = facts.registers ?? {};
  if ((arch === 'ppc64' || arch === 'ppc') && r.TRAP !== undefined) {
    const trap = Number(r.TRAP);
    return { access: saidAccess ?? ppcAccess(trap, parseHex(r.DSISR ?? '')), cause: ppcTrapName(trap) };
  }
  if (arch === 'riscv64' && r.cause !== undefined) return riscvCause(Number(r.cause));
  const cause = facts.heads.find((h) => h.fields.cause !== undefined)?.fields.cause ?? what;
  return { access: saidAccess ?? (what?.includes('write') ? 'write' : what?.includes('exec') ? 'execute' : undefined), cause };
}

/** scause, RISC-V privileged specification, table "supervisor cause register". */
const RISCV: Readonly<Record<number, readonly [Access | undefined, string]>> = {
  0: ['execute', 'instruction address misaligned'],
  1: ['execute', 'instruction access fault'],
  2: [undefined, 'illegal instruction'],
  3: [undefined, 'breakpoint'],
  4: ['read', 'load address misaligned'],
  5: ['read', 'load access fault'],
  6: ['write', 'store address misaligned'],
  7: ['write', 'store access fault'],
  12: ['execute', 'instruction page fault'],
  13: ['read', 'load page fault'],
  15: ['write', 'store page fault'],
};
const riscvCause = (code: number) => ({ access: RISCV[code]?.[0], cause: RISCV[code]?.[1] });

function hintOf(facts: Facts, address: string): string | undefined {
  const arch = archOf(facts);
  const range = headOf(facts, 'kasan_non_canonical_hook');
  if (range?.fields.hint !== undefined) return `${range.fields.hint} in range ${range.fields.low}-${range.fields.high}`;
  if (arch === undefined) return undefined;
  const stackPointer = parseHex(facts.registers?.RSP ?? facts.registers?.ESP ?? facts.registers?.sp ?? '');
  const meaning = describeAddress(address, { arch, release: parseRelease(facts.cpu?.release), stackPointer });
  return meaning === undefined ? undefined : meaning.certain ? meaning.text : `${meaning.text} (likely)`;
}
