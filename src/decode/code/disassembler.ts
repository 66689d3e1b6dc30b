/// <reference path="./capstone.d.ts" />
import type MCapstone from '@alexaltea/capstone-js';

/** Instruction sets that are disassembled. */
export type Machine = 'x86-64' | 'i386' | 'x86-16' | 'arm64' | 'arm' | 'riscv64' | 'ppc64';

export interface Decoded {
  /** Bytes. */
  readonly size: number;
  /** `mov dword ptr [rdi + 0x28], 0`: Intel order on x86. */
  readonly text: string;
}

/** Decodes one instruction; the only thing the rest of this folder asks of capstone. */
export interface Disassembler {
  /** The instruction at an offset of the bytes, undefined where there is none. Addresses in its text count from the first byte. */
  at(machine: Machine, bytes: Uint8Array, offset: number): Decoded | undefined;
}

type Capstone = Awaited<ReturnType<typeof MCapstone>>;

/**
 * Loads capstone: some 40 ms, so only when a report has code bytes.
 * @param wasm the bytes of capstone.wasm; without them the library looks beside its own file, which a bundle has not.
 */
export async function loadDisassembler(wasm?: Uint8Array): Promise<Disassembler> {
  const { default: load } = await import('@alexaltea/capstone-js');
  const capstone = await load(wasm ? { wasmBinary: wasm } : {});
  const open = new Map<Machine, InstanceType<Capstone['Capstone']>>();
  const decoder = (machine: Machine) => {
    const known = open.get(machine);
    if (known) return known;
    const made = new capstone.Capstone(...modeOf(capstone, machine));
    open.set(machine, made);
    return made;
  };
  return {
    at(machine, bytes, offset) {
      try {
        const [first] = decoder(machine).disasm(bytes.subarray(offset, offset + 16), offset, 1);
        return first && { size: first.size, text: `${first.mnemonic} ${first.op_str}`.trim() };
      } catch {
        return undefined; // capstone throws a string for bytes that are no instruction
      }
    },
  };
}

function modeOf(c: Capstone, machine: Machine): [arch: number, mode: number] {
  switch (machine) {
    case 'x86-64':
      return [c.ARCH_X86, c.MODE_64];
    case 'i386':
      return [c.ARCH_X86, c.MODE_32];
    case 'x86-16':
      return [c.ARCH_X86, c.MODE_16];
    case 'arm64':
      return [c.ARCH_ARM64, c.MODE_LITTLE_ENDIAN];
    case 'arm':
      return [c.ARCH_ARM, c.MODE_ARM];
    case 'ppc64':
      return [c.ARCH_PPC, c.MODE_64 | c.MODE_LITTLE_ENDIAN]; // words are printed as numbers: their order in memory does not matter
    case 'riscv64':
      return [c.ARCH_RISCV, c.MODE_RISCV64 | c.MODE_RISCVC];
  }
}
