/** How a fault touched memory. */
export type Access = 'read' | 'write' | 'execute';

/** What an x86 page-fault error code says: arch/x86/include/asm/trap_pf.h. */
export interface PageFault {
  readonly access: Access;
  /** False: the CPU was in user mode when it faulted. */
  readonly supervisor: boolean;
  /** False: no page was mapped there; true: it was, and forbade the access. */
  readonly present: boolean;
  readonly cause: string;
}

/** Bits beyond present, write, user, fetch, with what each says about the cause. */
const CAUSES: readonly (readonly [bit: number, cause: string])[] = [
  [3, 'a reserved bit is set in a page table entry'],
  [5, 'the protection key forbids it'],
  [6, 'shadow stack access'], // X86_PF_SHSTK, since 6.6
  [15, 'SGX enclave access control'],
  [31, 'the RMP of SEV-SNP forbids it'], // X86_PF_RMP, since 6.9
];

/** Decodes the error code of `Oops: 0002` or `error_code(0x0002)`; bits no release defines are ignored. */
export function decodePageFault(code: number | bigint): PageFault {
  const low = Number(BigInt.asUintN(32, BigInt(code)));
  const bit = (n: number): boolean => ((low >>> n) & 1) === 1;
  const access: Access = bit(4) ? 'execute' : bit(1) ? 'write' : 'read';
  const special = CAUSES.filter(([n]) => bit(n)).map(([, cause]) => cause);
  const page = bit(0) ? 'the page is there but forbids it' : 'no page is mapped there';
  return {
    access,
    supervisor: !bit(2),
    present: bit(0),
    cause: `${access} ${bit(2) ? 'from user mode' : 'in kernel mode'}: ${[special.length ? undefined : page, ...special].filter(Boolean).join(', ')}`,
  };
}
