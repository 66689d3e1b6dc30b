import { type ByteOrder, type Reader, readerFor } from './bytes.ts';
import type { Machine } from './dump.ts';
import { type ByteSource, InputError } from './source.ts';
import { windowed } from './window.ts';

export const PT_LOAD = 1;
export const PT_NOTE = 4;
const ET_CORE = 4;
/** e_phnum that says: the real count is sh_info of section header 0 (elf.h PN_XNUM). */
const PN_XNUM = 0xffff;
/** No machine has more ranges; a header that claims more lies. */
const MAX_PROGRAM_HEADERS = 1 << 20;

export interface ProgramHeader {
  readonly type: number;
  readonly offset: number;
  readonly vaddr: bigint;
  /** Infinity for /proc/kcore's "none" (all ones). */
  readonly paddr: number;
  readonly filesz: number;
  readonly memsz: number;
}

export interface ProgramHeaders extends Iterable<ProgramHeader> {
  readonly length: number;
}

export interface ElfHeader {
  readonly order: ByteOrder;
  readonly machine: Machine | undefined;
  readonly machineNumber: number;
  /** Read anew each time they are gone through: there may be a million. */
  readonly programHeaders: ProgramHeaders;
  readonly warnings: readonly string[];
}

/** e_machine (elf-em.h). Word size is the machine's, not the class's: the vmcore of an i386 with PAE is an ELF64. */
function machineOf(number: number, elfClass: 32 | 64): Machine | undefined {
  return MACHINES[number]?.[elfClass === 64 ? 1 : 0];
}

/** By e_machine: what a file of class 32 and of class 64 is of. */
const MACHINES: Readonly<Record<number, readonly [narrow: Machine | undefined, wide: Machine | undefined]>> = {
  2: ['sparc', 'sparc'],
  3: ['i386', 'i386'],
  4: ['m68k', 'm68k'],
  8: ['mips', 'mips64'],
  15: ['parisc', 'parisc'],
  20: ['ppc', 'ppc'],
  21: ['ppc64', 'ppc64'],
  22: [undefined, 's390x'],
  40: ['arm', 'arm'],
  42: ['sh', 'sh'],
  43: ['sparc64', 'sparc64'],
  50: ['ia64', 'ia64'],
  62: ['x86_64', 'x86_64'],
  93: ['arc', 'arc'],
  94: ['xtensa', 'xtensa'],
  183: ['arm64', 'arm64'],
  189: ['microblaze', 'microblaze'],
  195: ['arc', 'arc'],
  243: [undefined, 'riscv64'],
  252: ['csky', 'csky'],
  258: [undefined, 'loongarch64'],
  36902: ['alpha', 'alpha'],
};

/** @throws InputError where this is no ELF core file */
export function readElfHeader(source: ByteSource): ElfHeader {
  const head = source.read(0, 64);
  const fail = (sought: string, found: string, offset: number, hint?: string): never => {
    throw new InputError({ file: source.name, sought, found, offset, hint });
  };
  if (head.length < 52) fail('an ELF header of 52 bytes or more', `a file of ${head.length}`, 0, 'the dump was cut at its beginning');
  const elfClass = head[4] === 1 ? 32 : head[4] === 2 ? 64 : fail('ELF class 1 or 2', `${head[4]}`, 4);
  const wide = elfClass === 64;
  if (wide && head.length < 64) fail('an ELF header of 64 bytes', `a file of ${head.length}`, 0, 'the dump was cut at its beginning');
  const order = head[5] === 1 ? 'little' : head[5] === 2 ? 'big' : fail('ELF byte order 1 or 2', `${head[5]}`, 5);
  const reader = readerFor(order);
  const type = reader.u16(head, 16);
  if (type !== ET_CORE) {
    fail(
      'an ELF core file (e_type 4)',
      `e_type ${type}`,
      16,
      type === 2 || type === 3 ? 'this is a program or a vmlinux, not a dump' : undefined,
    );
  }
  const phoff = wide ? reader.size(head, 32) : reader.u32(head, 28);
  const shoff = wide ? reader.size(head, 40) : reader.u32(head, 32);
  const phentsize = reader.u16(head, wide ? 54 : 42);
  let count = reader.u16(head, wide ? 56 : 44);
  const warnings: string[] = [];
  if (count === PN_XNUM) {
    const section = source.read(shoff, 64);
    if (shoff === 0 || section.length < (wide ? 48 : 32))
      fail('section header 0 with the number of program headers', 'the end of the file', shoff);
    count = reader.u32(section, wide ? 44 : 28);
  }
  const size = wide ? 56 : 32;
  const machineNumber = reader.u16(head, 18);
  const machine = machineOf(machineNumber, elfClass);
  // xl dump-core writes sections only
  if (count === 0 && shoff !== 0) return { order, machine, machineNumber, programHeaders: [], warnings };
  if (phentsize !== size || count === 0 || count > MAX_PROGRAM_HEADERS) {
    fail('a program header table', `${count} entries of ${phentsize} bytes`, wide ? 54 : 42);
  }
  const present = Math.min(count, Math.floor(Math.max(0, source.size - phoff) / size));
  if (present === 0) fail('a program header table', 'the end of the file', phoff);
  if (present < count) warnings.push(`only ${present} of ${count} program headers are in the file`);
  const programHeaders: ProgramHeaders = {
    length: present,
    *[Symbol.iterator]() {
      const table = windowed(source);
      for (let i = 0; i < present; i++) {
        const entry = table.read(phoff + i * size, size);
        if (entry.length < size) return;
        yield programHeader(entry, reader, wide);
      }
    },
  };
  return { order, machine, machineNumber, programHeaders, warnings };
}

function programHeader(t: Buffer, r: Reader, wide: boolean): ProgramHeader {
  return wide
    ? {
        type: r.u32(t, 0),
        offset: r.size(t, 8),
        vaddr: r.u64(t, 16),
        paddr: r.size(t, 24),
        filesz: r.size(t, 32),
        memsz: r.size(t, 40),
      }
    : {
        type: r.u32(t, 0),
        offset: r.u32(t, 4),
        vaddr: BigInt(r.u32(t, 8)),
        paddr: r.u32(t, 12),
        filesz: r.u32(t, 16),
        memsz: r.u32(t, 20),
      };
}
