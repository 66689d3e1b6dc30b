/** What a stack pointer or frame pointer is computed from. */
type OrcRegister = 'undefined' | 'prev_sp' | 'ax' | 'dx' | 'di' | 'bp' | 'sp' | 'r10' | 'r13' | 'bp_indirect' | 'sp_indirect';

/** Rule of one stretch of code: where the caller's stack, its return address and frame pointer are (asm/orc_types.h). */
export interface OrcEntry {
  readonly type: 'undefined' | 'end' | 'call' | 'regs' | 'iret';
  readonly spRegister: OrcRegister;
  readonly spOffset: number;
  readonly bpRegister: OrcRegister;
  readonly bpOffset: number;
  /** The frame above was interrupted. */
  readonly signal: boolean;
}

/** Generations of the entry's bits; see {@link orcVersion} for which kernel has which. */
export type OrcVersion = 1 | 2 | 3 | 4;

export const ORC_ENTRY_BYTES = 6;

const REGISTERS_3: readonly OrcRegister[] = ['undefined', 'prev_sp', 'dx', 'di', 'bp', 'sp', 'r10', 'r13', 'bp_indirect', 'sp_indirect'];
/** 7.1 (1735858caa4b) numbered them anew and added ax. */
const REGISTERS_4: readonly OrcRegister[] = [
  'undefined',
  'ax',
  'dx',
  'sp',
  'bp',
  'di',
  'r10',
  'r13',
  'prev_sp',
  'sp_indirect',
  'bp_indirect',
];
const TYPES_3: readonly OrcEntry['type'][] = ['undefined', 'end', 'call', 'regs', 'iret'];
const TYPES_1: readonly OrcEntry['type'][] = ['call', 'regs', 'iret'];

/** Decodes the 6 bytes of an entry; always little endian, as x86 is. @returns undefined for bits that no kernel writes */
export function decodeOrc(bytes: Buffer, version: OrcVersion): OrcEntry | undefined {
  const flags = bytes.readUInt16LE(4);
  const registers = version === 4 ? REGISTERS_4 : REGISTERS_3;
  const spRegister = registers[flags & 15];
  const bpRegister = registers[(flags >> 4) & 15];
  if (spRegister === undefined || bpRegister === undefined) return undefined;
  const type = typeOf(flags, version, spRegister);
  if (type === undefined) return undefined;
  const signal = version === 1 ? type !== 'call' : (flags & (version === 2 ? 0x400 : 0x800)) !== 0;
  return { type, spRegister, spOffset: bytes.readInt16LE(0), bpRegister, bpOffset: bytes.readInt16LE(2), signal };
}

/** 6.4 (fb799447ae29) made "end" and "undefined" types; before, both had no stack register and a bit told them apart. */
function typeOf(flags: number, version: OrcVersion, spRegister: OrcRegister): OrcEntry['type'] | undefined {
  if (version >= 3) return TYPES_3[(flags >> 8) & 7];
  const end = (flags & (version === 1 ? 0x400 : 0x800)) !== 0;
  if (spRegister === 'undefined') return end ? 'end' : 'undefined';
  return TYPES_1[(flags >> 8) & 3];
}

/** The rule for code that is in no table: generated code is supposed to keep a frame pointer (unwind_orc.c orc_fp_entry). */
export const FRAME_POINTER_ENTRY: OrcEntry = {
  type: 'call',
  spRegister: 'bp',
  spOffset: 16,
  bpRegister: 'prev_sp',
  bpOffset: -16,
  signal: false,
};

/** The rule for a jump to address 0: only the call's return address was pushed (unwind_orc.c null_orc_entry). */
export const NULL_ENTRY: OrcEntry = {
  type: 'call',
  spRegister: 'sp',
  spOffset: 8,
  bpRegister: 'undefined',
  bpOffset: 0,
  signal: false,
};
