import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const ASSIGNMENTS = { grammar: 'oops', name: 'assignments', mode: 'assignments' } as const;

/** Faults of arm and arm64: mm/fault.c and kernel/traps.c of both; die() is in die-lines.ts. */
export const ARM = lines({
  die_kernel_fault: {
    printer: 'arch/arm64/mm/fault.c die_kernel_fault()',
    releases: 'arm, riscv, alpha, sparc and m68k print alike, ia64 with `(address`; arm says `when read` since 6.5',
    examples: [
      'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010',
      'Unable to handle kernel paging request at virtual address bf0a3c10 when write',
      'Unable to handle kernel write to read-only memory at virtual address ffff80000a3c0000',
      'Unable to handle kernel NULL pointer dereference (address 0000000000000010)',
    ],
    opens: [
      {
        form: 'fault',
        literals: ['Unable to handle kernel '],
        test: (text) => /^Unable to handle kernel .{0,40}(?:pointer|paging|access|memory|fault|fetch|read|write|exec)/.test(text),
      },
      { form: 'fault', literals: ['Unable to handle paging request in '] },
    ],
    fields: { what: words, address: hex, access: words },
    reads: [
      /^Unable to handle kernel (?<what>.+?) (?:at|on) virtual address (?<address>[0-9a-f]+)(?: when (?<access>read|write|execute))?/,
      /^Unable to handle kernel (?<what>.+?) \(address (?<address>[0-9a-f]+)\)/,
      /^Unable to handle kernel (?<what>.+?)(?: at (?:virtual )?address (?<address>[0-9a-f]+))?$/,
      /^Unable to handle (?<what>paging request)/,
    ],
  },
  mem_abort_decode: {
    printer: 'arch/arm64/mm/fault.c mem_abort_decode() and data_abort_decode()',
    releases: 'since 4.15',
    examples: ['Mem abort info:', 'Data abort info:'],
    start: /(?:Mem|Data) abort info:/,
  },
  mem_abort_decode_esr: {
    printer: 'arch/arm64/mm/fault.c mem_abort_decode()',
    releases: 'since 4.15; the class has a line of its own until 4.20',
    examples: [
      '  ESR = 0x0000000096000044',
      '  EC = 0x25: DABT (current EL), IL = 32 bits',
      '  Exception class = DABT (current EL), IL = 32 bits',
    ],
    start: /ESR = |EC = |Exception class = /,
    rule: ASSIGNMENTS,
    fields: { error: hex, class: words },
  },
  mem_abort_decode_fsc: {
    printer: 'arch/arm64/mm/fault.c mem_abort_decode()',
    releases: 'since 5.11',
    examples: ['  FSC = 0x04: level 0 translation fault'],
    start: /FSC = /,
    rule: ASSIGNMENTS,
    fields: { cause: words },
  },
  mem_abort_decode_bits: {
    printer: 'arch/arm64/mm/fault.c mem_abort_decode(), data_abort_decode()',
    releases: 'since 4.15; GCS, TnD and TagAccess since 6.4',
    examples: [
      '  SET = 0, FnV = 0',
      '  EA = 0, S1PTW = 0',
      '  ISV = 0, ISS = 0x00000044, ISS2 = 0x00000000',
      '  Access size = 8 byte(s)',
      '  Xs = 0',
    ],
    start: /(?:SET|EA|ISV|GCS|SSE|SF|Xs|Access size) = /,
  },
  data_abort_decode: {
    printer: 'arch/arm64/mm/fault.c data_abort_decode()',
    releases: 'since 4.15',
    examples: ['  CM = 0, WnR = 1, TnD = 0, TagAccess = 0'],
    start: /CM = /,
    rule: ASSIGNMENTS,
    fields: { wnr: int },
  },
  show_pte: {
    printer: 'arch/arm64/mm/fault.c show_pte(), arm and riscv likewise',
    releases: '`[addr] *pgd=` on arm; `pgd = 2b8c1234` before it until 5.17',
    examples: [
      'user pgtable: 4k pages, 48-bit VAs, pgdp=0000000101a3c000',
      '[0000000000000010] pgd=0800000101a3d003, p4d=0800000101a3d003, pud=0000000000000000',
      '[00000010] *pgd=80000040004003, *pmd=00000000',
      'pgd = 2b8c1234',
      'Current insmod pgtable: 4K pagesize, 57-bit VAs, pgdp=0x00000000a3c01000',
    ],
    start: anyOf(
      '(?:user|swapper) pgtable:',
      String.raw`\[[0-9a-f]{8,16}\] (?:\*?pgd|address|user|kernel)`,
      String.raw`\*?pgd ?= ?`,
      String.raw`Current [^\n]{1,16} pgtable:`,
    ),
  },
  do_DataAbort: {
    printer: 'arch/arm/mm/fault.c do_DataAbort(), do_PrefetchAbort()',
    releases: 'arm64 too, until 4.19',
    examples: [
      'Unhandled fault: alignment exception (0x001) at 0xbf0a3c11',
      'Unhandled prefetch abort: breakpoint debug exception (0x002) at 0xbf0a3c10',
    ],
    opens: [{ form: 'fault', literals: ['Unhandled fault: ', 'Unhandled prefetch abort: '] }],
    fields: { cause: words, error: hex, address: hex },
    reads: [/^Unhandled (?:fault|prefetch abort): (?<cause>.+?) \((?<error>0x[0-9a-f]+)\) at (?<address>0x[0-9a-f]+)/],
  },
  do_alignment: {
    printer: 'arch/arm/mm/alignment.c do_alignment()',
    examples: ['Alignment trap: not handling instruction e1932f9f at [<bf0a3c10>]'],
    start: /Alignment trap: not handling instruction/,
    opens: [{ form: 'fault', literals: ['Alignment trap: not handling instruction'] }],
  },
  bad_mode: {
    printer: 'arch/arm/kernel/traps.c bad_mode()',
    releases: 'arm64 too, until 5.13, with CPU and code',
    examples: ['Bad mode in Error handler detected on CPU1, code 0xbf000002 -- SError', 'Bad mode in data abort handler detected'],
    opens: [{ form: 'fault', literals: ['Bad mode in '], test: (text) => text.includes(' handler detected') }],
    fields: { trap: words, cpu: int, error: hex },
    reads: [/^(?<trap>Bad mode in .*?) detected(?: on CPU(?<cpu>\d+), code (?<error>0x[0-9a-f]+))?/],
  },
  __panic_unhandled: {
    printer: 'arch/arm64/kernel/entry-common.c __panic_unhandled()',
    releases: 'since 5.13, what bad_mode() said before; the stack comes with the panic that follows',
    examples: ['Unhandled 64-bit el1h sync exception on CPU1, ESR 0x00000000bf000002 -- SError'],
    start: /Unhandled [\w -]{1,40} exception on CPU\d/,
    fields: { trap: words, cpu: int, error: hex },
    reads: [/^(?<trap>Unhandled .*? exception) on CPU(?<cpu>\d+), ESR (?<error>0x[0-9a-f]+)/],
  },
  arm64_serror_panic: {
    printer: 'arch/arm64/kernel/traps.c arm64_serror_panic()',
    releases: 'since 4.16; the stack comes with the panic that follows',
    examples: ['SError Interrupt on CPU1, code 0x00000000be000000 -- SError'],
    start: /SError Interrupt on CPU\d/,
    fields: { cpu: int, error: hex },
    reads: [/on CPU(?<cpu>\d+), code (?<error>0x[0-9a-f]+)/],
  },
  do_alignment_ldmstm: {
    printer: 'arch/arm/mm/alignment.c do_alignment_ldmstm(), do_alignment()',
    examples: [
      'LDMSTM: PC = bf0a3c10, instr = e8b00006, addr = bf0a3c11, eaddr = bf0a3c19',
      'Alignment trap: java (77) PC=0xbf0a3c10 Instr=0xe8b00006 Address=0xbf0a3c11 FSR 0x011',
    ],
    start: /LDMSTM: PC = |Alignment trap: (?:[^\n]{1,20} \(\d+\) PC=|not handling (?:ldm|swp))/,
  },
  brk_handler: {
    printer: 'arch/arm64/kernel/debug-monitors.c brk_handler()',
    examples: ['Unexpected kernel BRK exception at EL1'],
    opens: [{ form: 'die', literals: ['Unexpected kernel BRK exception'] }],
    fields: { trap: words },
    reads: [/^(?<trap>Unexpected kernel BRK exception)/],
  },
  panic_bad_stack: {
    printer: 'arch/arm64/kernel/traps.c panic_bad_stack(), arm and riscv handle_bad_stack()',
    releases: 'since 4.14; riscv since 5.14, arm since 5.16',
    examples: ['Insufficient stack space to handle exception!'],
    opens: [{ form: 'stack', literals: ['Insufficient stack space to handle exception!'] }],
    fields: { what: words },
    reads: [/^(?<what>Insufficient stack space)/],
  },
  panic_bad_stack_far: {
    printer: 'arch/arm64/kernel/traps.c panic_bad_stack()',
    releases: 'since 4.14',
    examples: ['FAR: 0xffff80000a3bfff0'],
    start: /FAR: 0x/,
    fields: { address: hex },
    reads: [/^FAR: (?<address>0x[0-9a-f]+)/],
  },
  panic_bad_stack_esr: {
    printer: 'arch/arm64/kernel/traps.c panic_bad_stack()',
    releases: 'since 4.14',
    examples: ['ESR: 0x0000000096000047 -- DABT (current EL)'],
    start: /ESR: 0x/,
    fields: { error: hex, class: words },
    reads: [/^ESR: (?<error>0x[0-9a-f]+) -- (?<class>.*)/],
  },
  panic_bad_stack_ranges: {
    printer: 'arch/arm64/kernel/traps.c panic_bad_stack(), arm and riscv handle_bad_stack()',
    releases: 'since 4.14',
    examples: ['Task stack:     [0xffff80000a3c0000..0xffff80000a3c4000]', 'Overflow stack: [0xffff00003df5b2f0..0xffff00003df5c2f0]'],
    start: /(?:Task|IRQ|Overflow) stack: +\[/,
  },
  die_process: {
    printer: 'arch/arm/kernel/traps.c __die()',
    releases: 'arm64 until 5.1, x86 until 3.8; mips and loongarch with `threadinfo`',
    examples: [
      'Process insmod (pid: 241, stack limit = 0x00000000c8a3d6d1)',
      'Process my prog (pid: 241, threadinfo ffff88003d1e8000, task ffff88003d1e0000)',
    ],
    start: /Process [^\n]{1,40} ?\(pid: ?\d/,
    fields: { comm: words, pid: int },
    reads: [/^Process (?<comm>.*) \(pid: ?(?<pid>\d+)/],
  },
  __show_regs_alloc_free: {
    printer: 'arch/arm/kernel/process.c __show_regs_alloc_free()',
    releases: 'since 5.12; `allocated at` of slab objects where their users are tracked',
    examples: [
      'Register r0 information: NULL pointer',
      'Register r1 information: slab kmalloc-64 start c3a1d000 pointer offset 12 size 64',
      'Register r2 information: 2-page vmalloc region starting at 0xbf0a3000 allocated at load_module+0x8a0/0x2514',
      'Register r3 information: slab task_struct start c3a1d000 data offset 64 pointer offset 0 allocated at driver_xyz_fault+0x2c/0x58 [driver_xyz]',
    ],
    start: /Register r\d+ information:/,
    rule: { grammar: 'oops', name: 'register_information', mode: 'register-information' },
    fields: { register: words, memory: words, cache: words, start: hex, offset: int, size: int, pages: int },
  },
});
