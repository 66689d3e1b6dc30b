/** What lastkmsg uses of capstone's JavaScript port (BSD-3-Clause), which has no types of its own. */
declare module '@alexaltea/capstone-js' {
  interface Instruction {
    readonly size: number;
    readonly mnemonic: string;
    readonly op_str: string;
  }
  interface Capstone {
    /** Throws a string where the first bytes are no instruction. */
    disasm(bytes: Uint8Array, address: number, count: number): Instruction[];
    close(): void;
  }
  interface Module {
    readonly Capstone: new (arch: number, mode: number) => Capstone;
    readonly ARCH_X86: number;
    readonly ARCH_ARM: number;
    readonly ARCH_ARM64: number;
    readonly ARCH_RISCV: number;
    readonly ARCH_PPC: number;
    readonly MODE_16: number;
    readonly MODE_32: number;
    readonly MODE_64: number;
    readonly MODE_ARM: number;
    readonly MODE_RISCV64: number;
    readonly MODE_RISCVC: number;
    readonly MODE_LITTLE_ENDIAN: number;
  }
  export default function MCapstone(options?: { wasmBinary?: Uint8Array }): Promise<Module>;
}
