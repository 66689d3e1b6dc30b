import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { ARM } from '../../../grammars/oops/arm-lines.ts';
import { OOPS_LINES } from '../../../grammars/oops/lines.ts';
import { OTHERS } from '../../../grammars/oops/other-lines.ts';
import { POWERPC } from '../../../grammars/oops/powerpc-lines.ts';
import { X86 } from '../../../grammars/oops/x86-lines.ts';
import { type AddressMeaning, describeAddress } from '../../decode/address.ts';
import type { Arch } from '../../decode/arch.ts';
import { decodeEsr } from '../../decode/arm64-esr.ts';
import { parseHex } from '../../decode/hex.ts';
import { parseRelease } from '../../decode/kernel-release.ts';
import { decodePageFault } from '../../decode/page-fault.ts';
import { ppcAccess, ppcTrapName } from '../../decode/ppc-trap.ts';
import { isApart, isStateRegister, REGISTER_NAMES } from '../../decode/register-names.ts';
import type { Fault } from '../event.ts';
import { archOf } from '../facts/arch.ts';
import { type Facts, lineOf, recordAt, said } from '../facts/facts.ts';
import { Said } from '../facts/said.ts';
import { accessOf } from './access.ts';
import { dieOf } from './die.ts';

type Access = NonNullable<Fault['access']>;

/** Rows of oopses that name an address, and those that hold an error code. */
const ADDRESSED = OOPS_LINES.filter(({ fields }) => fields?.address !== undefined);
const CODED = OOPS_LINES.filter(({ fields }) => fields?.error !== undefined);
/** Lines that say that a page was touched: then the register with the address of the fault counts. */
const PAGED = [ARM.die_kernel_fault, OTHERS.handle_fault_error_nolock, OTHERS.do_page_fault_mips];

export interface SaidFault {
  readonly address?: Said<string> | undefined;
  readonly access?: Said<Access> | undefined;
  readonly errorCode?: Said<string> | undefined;
  readonly cause?: Said<string> | undefined;
  readonly hint?: Said<string> | string | undefined;
}

/** What was touched, how, and what that address is. The head's address counts before CR2, which a later fault may have overwritten. */
export function faultOf(facts: Facts): SaidFault | undefined {
  const address = firstSaying(facts, ADDRESSED, 'address') ?? fromRegisters(facts);
  const errorCode = firstSaying(facts, CODED, 'error');
  const arch = archOf(facts);
  const { access = calledThere(facts, address), cause } = how(facts, arch, errorCode);
  const hint = address === undefined ? poisonHeld(facts, arch) : hintOf(facts, arch, address.value);
  const fault = { address, access, errorCode, cause, hint };
  return Object.values(fault).every((value) => value === undefined) ? undefined : fault;
}

/** Where the program counter is the address that was touched, it was jumped to: on machines that say no access. */
const calledThere = ({ at }: Facts, address: Said<string> | undefined): Said<Access> | undefined =>
  at !== undefined && at.symbol === undefined && at.address !== undefined && at.address === address?.value
    ? address.map(() => 'execute')
    : undefined;

function firstSaying(facts: Facts, rows: readonly HeadNode['row'][], field: string): Said<string> | undefined {
  const node = facts.heads.find((h) => h.values[field] !== undefined && rows.includes(h.row));
  return node === undefined ? undefined : new Said(String(node.values[field]), recordAt(facts.report, node.line));
}

/** riscv prints badaddr, powerpc DAR, mips BadVA, loongarch BADV; x86 CR2 only for page faults. */
function fromRegisters(facts: Facts): Said<string> | undefined {
  const paged = lineOf(facts, ...PAGED, X86.show_fault_oops, POWERPC.bad_page_fault, X86.handle_stack_overflow) !== undefined;
  if (!paged && !accessFailed(facts)) return undefined;
  for (const name of ['badaddr', 'DAR', 'BadVA', 'BADV', 'CR2']) {
    const value = register(facts, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** riscv: badaddr of an illegal instruction is its bits. mips, loongarch: an access that no handler of unaligned ones could mend. */
function accessFailed(facts: Facts): boolean {
  const trap = dieOf(facts)?.trap?.value ?? '';
  return /address misaligned|access fault$|[Uu]nhandled kernel unaligned access|^Kernel (?:ale|ade) access/.test(trap);
}

function register({ registers, registerNames, registerLines, report }: Facts, name: string): Said<string> | undefined {
  const value = registers?.[name];
  return value === undefined ? undefined : new Said(value, recordAt(report, registerLines[registerNames.indexOf(name)] ?? -1));
}

interface How {
  readonly access?: Said<Access> | undefined;
  readonly cause?: Said<string> | undefined;
}

function how(facts: Facts, arch: Arch | undefined, error: Said<string> | undefined): How {
  const access = saidAccess(facts);
  const what = PAGED.map((row) => said(facts, row)?.what).find((text) => text !== undefined);
  if (lineOf(facts, X86.show_fault_oops) !== undefined && error !== undefined) {
    const decoded = error.map((code) => decodePageFault(BigInt(code)));
    return { access: access ?? decoded.map((d) => d.access), cause: decoded.map((d) => d.cause) };
  }
  if (arch === 'arm64' && error !== undefined) {
    const { access: decoded, cause } = decodeEsr(BigInt(error.value));
    return { access: decoded && new Said(decoded, error.records), cause: new Said(cause, error.records) };
  }
  if (arch === 'arm' && what !== undefined && error !== undefined)
    return { access: access ?? error.map((code) => armAccess(BigInt(code))), cause: what };
  const trap = register(facts, 'TRAP');
  if ((arch === 'ppc64' || arch === 'ppc') && trap !== undefined) {
    const number = Number(trap.value);
    const name = ppcTrapName(number);
    const decoded = ppcAccess(number, parseHex(facts.registers?.DSISR ?? ''));
    return {
      access: access ?? (decoded && new Said(decoded, trap.records)),
      cause: name === undefined ? undefined : new Said(name, trap.records),
    };
  }
  const scause = register(facts, 'cause');
  if (arch === 'riscv64' && scause !== undefined) {
    const [decoded, cause] = RISCV[Number(scause.value)] ?? [];
    return {
      access: decoded && new Said(decoded, scause.records),
      cause: cause === undefined ? undefined : new Said(cause, scause.records),
    };
  }
  return {
    access: access ?? accessOf(what),
    cause:
      said(facts, X86.show_fault_oops_code)?.cause ??
      said(facts, ARM.do_DataAbort)?.cause ??
      said(facts, ARM.mem_abort_decode_fsc)?.cause ??
      what,
  };
}

/** The access in words: `#PF: supervisor write access`, `on write at`, `Kernel attempted to write`, `when write`. */
const saidAccess = (facts: Facts): Said<Access> | undefined =>
  accessOf(said(facts, X86.show_fault_oops_pf)?.access) ??
  accessOf(said(facts, POWERPC.bad_page_fault)?.access) ??
  accessOf(said(facts, POWERPC.bad_kernel_fault)?.access) ??
  accessOf(said(facts, ARM.die_kernel_fault)?.access);

/** arch/arm/mm/fault.h: FSR_WRITE is bit 11; prefetch aborts have FSR_LNX_PF, bit 31. */
const armAccess = (fsr: bigint): Access => (fsr & 0x80000000n ? 'execute' : fsr & 0x800n ? 'write' : 'read');

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

function hintOf(facts: Facts, arch: Arch | undefined, address: string): Said<string> | string | undefined {
  const range = said(facts, X86.kasan_non_canonical_hook);
  if (range?.hint !== undefined) return range.hint.map((hint) => `${hint} in range ${range.low?.value}-${range.high?.value}`);
  if (arch === undefined) return undefined;
  return likely(describeAddress(address, { arch, release: parseRelease(facts.cpu?.release), ...besides(facts, arch) }));
}

/** What the report says beside the address that tells what it is. */
function besides(facts: Facts, arch: Arch) {
  const { stackPointer: name } = REGISTER_NAMES[arch];
  return {
    stackPointer: parseHex(facts.registers?.[name] ?? ''),
    bases: () => generalRegisters(facts).map(([, value]) => value),
    emptyPte: said(facts, X86.dump_pagetable)?.pte?.value === '0x0',
  };
}

const likely = (meaning: AddressMeaning | undefined): string | undefined =>
  meaning === undefined ? undefined : meaning.certain ? meaning.text : `${meaning.text} (likely)`;

/** The registers that hold what the program computes with. */
function generalRegisters({ registers = {} }: Facts): [name: string, value: bigint][] {
  return Object.entries(registers).flatMap(([name, text]): [string, bigint][] => {
    const value = isStateRegister(name) || isApart(name) || /^DR\d|^[RE]IP$/.test(name) ? undefined : parseHex(text);
    return value === undefined ? [] : [[name, value]];
  });
}

/**
 * A general protection fault says no address (x86 until 5.5, and whenever the instruction cannot be decoded): of what the registers hold,
 * what no pointer can be is what was followed.
 */
function poisonHeld(facts: Facts, arch: Arch | undefined): Said<string> | undefined {
  if (arch === undefined || !/general protection|stack segment/i.test(dieOf(facts)?.trap?.value ?? '')) return undefined;
  const context = { arch, release: parseRelease(facts.cpu?.release) };
  const held = generalRegisters(facts).map(([name, value]) => ({ name, meaning: describeAddress(value, context) }));
  const poisoned = held.filter(({ meaning }) => meaning?.class === 'poison' || meaning?.class === 'fill');
  const wild = held.filter(({ meaning }) => meaning?.class === 'non-canonical');
  const [first] = poisoned.length > 0 ? poisoned : wild.length === 1 ? wild : [];
  if (first?.meaning === undefined) return undefined;
  return register(facts, first.name)?.map(() => `${first.name} holds ${first.meaning?.text} (likely)`);
}
