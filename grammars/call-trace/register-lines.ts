import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** Registers, named as each architecture's show_regs() names them. */
export const REGISTERS = lines({
  show_ip: {
    printer: 'arch/x86/kernel/dumpstack.c show_ip()',
    releases: '`RIP: 0010:[<addr>]  [<addr>] sym` until 4.9, `EIP is at sym`; `pc : sym` of arm64, `NIP [addr] sym` of powerpc',
    examples: [
      'RIP: 0010:driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'EIP is at driver_xyz_fault+0x28/0x60',
      'pc : driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'NIP [c008000000a10028] driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'Krnl PSW : 0704c00180000000 000003ff800a1234 (driver_xyz_fault+0x2c/0x58 [driver_xyz])',
    ],
    start: anyOf(
      String.raw`[RE]IP(?:: ?| is at | +)(?:[0-9a-f]{4}:)?`, // x86
      String.raw`IP: (?:[0-9a-f]{4}:)?`, // x86 show_fault_oops() until 4.20
      String.raw`(?:PC|LR) is at `, // arm
      String.raw`(?:pc|lr) : (?=[A-Za-z_.$<(]\S*\+0x|0x|\(null\))`, // arm64
      String.raw`(?:NIP|LR) (?=\[)`, // powerpc
      String.raw`(?:epc|ra)\s*: (?=(?:[0-9a-f]{8,16} )?[A-Za-z_.$<]\S*\+0x)`, // riscv, mips
      String.raw`(?:Krnl )?PSW : (?=[^\n]*\()`, // s390
      String.raw`ERA: |era\s*: (?=[0-9a-f]{8,16} [A-Za-z_.$<])`, // loongarch
      String.raw`T?PC: (?=<)|RPC: (?=<)|PC: (?=\[<)`, // sparc, m68k
      '(?:pc|ra) is at ', // alpha
      String.raw`IAOQ\[0\]: (?=[A-Za-z_])|RP\(r2\): (?=[A-Za-z_])`, // parisc
    ),
    // a program's own registers (0033, 0023) end a stack, they begin none
    opens: [{ form: 'unclaimed', literals: ['RIP: 0010:', 'EIP: 0060:', 'pc : ', 'NIP ['] }],
    shape: 'registers',
    rule: { grammar: 'call-trace', name: 'show_ip', mode: 'pointer-line' },
  },
  show_regs: {
    printer: 'arch/x86/kernel/process_64.c __show_regs()',
    examples: [
      'RAX: 0000000000000000 RBX: ffffffffc0587060 RCX: 0000000000000027',
      'x29: ffff800008a3bc50 x28: 0000000000000000 x27: ffff0000c1234000',
      'REGS: c00000000333f8f0 TRAP: 0300   Tainted: G           OE       (6.1.0-50-powerpc64le Debian 6.1.176-1)',
      'GPR00: c008000000a10028 c000000004a3f9c0 c008000000a18500 0000000000000000 ',
      '$ 0   : 00000000 00000001 00000000 00000000',
      'SR: 2000  SP: 00c81e5c  a2: 00c74000',
    ],
    start: anyOf(
      String.raw`R[A-Z0-9]{1,2}:`, // x86-64
      String.raw`E(?:AX|BX|CX|DX|SI|DI|BP|SP|FLAGS)[: ]|RSP[ :]`, // i386
      String.raw`[CDEFGS]S: |CR\d: |DR\d: |PKRU:|ORIG_[RE]AX:`,
      String.raw`(?:pstate|psr|pc|lr|sp|fp|ip|gp|tp|[xrtsa]\d{1,2})\s*: `, // arm, arm64, riscv
      String.raw`NIP:|MSR:|REGS:|CFAR:|DAR:|GPR\d\d:|CR: |XER: |CTR: |LINK:`, // powerpc
      '(?:Krnl |User )GPRS:',
      String.raw`(?:epc|ra)\s*: |status: |badaddr: `, // riscv
      String.raw`\$ ?\d+\s*: |(?:Hi|Lo|Status|Cause|BadVA)\s*: `, // mips
      'CRMD: |PRMD: |EUEN: |ECFG: |ESTAT: |BADV: ', // loongarch
      String.raw`(?:pc|[atsu]\d)(?= [0-9a-f]{16} [a-z])`,
      String.raw`SR: (?=[0-9a-f]{4}  SP: )|d[04]: (?=[0-9a-f]{8} )`, // m68k
      String.raw`TSTATE: |[goli][0-7]: |PSR: [0-9a-f]{8} PC: |%[GOLI]: `, // sparc
    ),
    shape: 'registers',
    rule: { grammar: 'call-trace', name: 'show_regs', mode: 'registers' },
  },
  show_regs_row: {
    printer: 'arch/s390/kernel/dumpstack.c show_registers(): only the first row is named',
    examples: ['           000003ff00000000 0000000000000001 00000000c0ffee00 0000000000000000'],
    start: /[0-9a-f]{16}(?: [0-9a-f]{16}){3}(?!\S)/,
    shape: 'registers',
    rule: { grammar: 'call-trace', name: 'show_regs', mode: 'registers' },
  },
  __show_regs_flags: {
    printer: 'arch/arm/kernel/process.c __show_regs()',
    examples: ['Flags: nzCv  IRQs off  FIQs on  Mode SVC_32  ISA ARM  Segment none', 'Control: 10c5387d  Table: 4a3a806a  DAC: 00000051'],
    start: /Flags: |Control: /,
    shape: 'registers',
  },
  dump_backtrace_stm: {
    printer: 'arch/arm/lib/backtrace.S dump_backtrace_stm(): registers that a frame saved',
    examples: [' r7:c0a3b000 r6:c0a3b010 r5:00000000 r4:df8fbe58'],
    start: /r\d{1,2}:[0-9a-f]{8}/,
    shape: 'registers',
  },
  show_registers: {
    printer: 'arch/s390/kernel/dumpstack.c show_registers(): the bits of the PSW',
    examples: ['           R:0 T:1 IO:0 EX:0 Key:0 M:1 W:0 P:0 AS:3 CC:0 PM:0 RI:0 EA:3', 'Krnl PSW : 0704c00180000000 000003ff800a1234'],
    start: anyOf(String.raw`R:\d[0-9a-f]? T:\d`, '(?:Krnl |User )?PSW'),
    shape: 'registers',
  },
  show_regs_prid: {
    printer: 'arch/mips/kernel/traps.c __show_regs(), arch/loongarch/kernel/traps.c',
    examples: ['PrId  : 00019300 (MIPS 24Kc)', ' PRID: 0014c010 (Loongson-64bit, Loongson-3A5000)'],
    start: anyOf(String.raw`PrId\s*: `, 'PRID: '),
    shape: 'registers',
  },
  __show_regs_more: {
    printer: 'arch/mips/kernel/traps.c __show_regs(), show_registers(); arch/loongarch/kernel/traps.c and arm64 __show_regs()',
    releases: '`pmr_save:` until 6.9; `CSR crmd:` and `ExcCode :` on loongarch until 5.19',
    examples: [
      'Acx    : 0000000000000000',
      '*HwTLS: 0000000000000000',
      'pmr: 000000e0',
      'pmr_save: 000000e0',
      'xPSR: 01000000',
      'syscall restart flag: 0000000000000001',
      'CSR crmd: 000000b0',
      'ExcCode : 1 (SubCode 0)',
      ' (Bad stack address)',
    ],
    start: anyOf(
      'Acx +: ',
      String.raw`\*HwTLS: `,
      'pmr(?:_save)?: ',
      'xPSR: ',
      'syscall restart flag: ',
      String.raw`CSR \w+: `,
      'ExcCode : ',
      String.raw`\(Bad stack`,
    ),
    shape: 'registers',
  },
  show_regs_rest: {
    printer: 'arch/powerpc/kernel/process.c show_regs(), arch/s390/kernel/dumpstack.c: before 3.x',
    examples: ['NIP c008000000a10028', 'acrs: 00000000 00000000'],
    start: /NIP |GPRS:|acrs:/,
    shape: 'registers',
  },
});
