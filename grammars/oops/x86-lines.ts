import { hex, int, pointer, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const NULL = String.raw`[0-9a-f]{4,16}(?![0-9a-f])|\(null\)|null|\(?ptrval\)?`;

/** Faults and traps of x86: arch/x86/mm/fault.c and kernel/traps.c; die() is in die-lines.ts. */
export const X86 = lines({
  show_fault_oops: {
    printer: 'arch/x86/mm/fault.c show_fault_oops()',
    releases: '`unable to handle kernel NULL pointer dereference at` until 5.0, `kernel NULL pointer dereference, address:` since 5.1',
    examples: [
      'BUG: kernel NULL pointer dereference, address: 0000000000000010',
      'BUG: unable to handle page fault for address: ffffc90000a3c000',
      'BUG: unable to handle kernel paging request at ffffc90000a3c000',
      'BUG: unable to handle kernel paging request at virtual address f8a3c000', // i386 until 2.6.24
    ],
    opens: [{ form: 'fault', literals: ['BUG: unable to handle ', 'BUG: kernel NULL pointer dereference'] }],
    fields: { what: words, address: pointer },
    reads: [
      new RegExp(String.raw`(?<what>NULL pointer dereference), address: *(?<address>${NULL})`),
      new RegExp(String.raw`(?<what>page fault) for address: *(?<address>${NULL})`),
      new RegExp(String.raw`(?<what>NULL pointer dereference|paging request) at(?: virtual address)? *(?<address>${NULL})`),
      /^BUG: kernel (?<what>NULL pointer dereference)/,
      /^BUG: unable to handle(?: kernel)?(?: (?<what>(?!kernel\b)[A-Za-z ]+?)(?: at (?<address>[0-9a-f]+))?)? *$/,
    ],
  },
  do_page_fault: {
    printer: 'arch/x86_64/mm/fault.c do_page_fault()',
    releases: 'until 2.6.23; where the CPU was stands on the next line',
    examples: ['Unable to handle kernel NULL pointer dereference at 0000000000000010 RIP: '],
    start: /Unable to handle kernel [^\n]{1,40} at [0-9a-f]{16} RIP:/,
    opens: [{ form: 'fault-rip', literals: ['Unable to handle kernel '], test: (text) => / RIP:\s*$/.test(text.slice(0, 120)) }],
    fields: { what: words, address: hex },
    reads: [/^Unable to handle kernel (?<what>.+?) at (?<address>[0-9a-f]+) RIP:/],
  },
  show_fault_oops_rest: {
    printer: 'arch/x86/mm/fault.c show_fault_oops(), where the console broke its line',
    releases: 'until 5.0 the line was printed in three pieces',
    examples: ['paging request at ffffc90000a3c000'],
    start: /paging request at |NULL pointer dereference at /,
    fields: { what: words, address: pointer },
    reads: [/^(?<what>paging request|NULL pointer dereference) at (?<address>\S+)/],
  },
  show_fault_oops_pf: {
    printer: 'arch/x86/mm/fault.c show_fault_oops()',
    releases: 'since 5.1',
    examples: ['#PF: supervisor read access in kernel mode', '#PF: supervisor instruction fetch in kernel mode'],
    start: /#PF: (?!error_code)/,
    fields: { mode: words, access: words },
    reads: [/^#PF: (?<mode>\w+) (?<access>read|write|instruction)/],
  },
  show_fault_oops_code: {
    printer: 'arch/x86/mm/fault.c show_fault_oops()',
    releases: 'since 5.1',
    examples: ['#PF: error_code(0x0002) - not-present page'],
    start: /#PF: error_code/,
    fields: { error: hex, cause: words },
    reads: [/^#PF: error_code\((?<error>0x[0-9a-f]+)\) - (?<cause>.*)/],
  },
  show_fault_oops_bits: {
    printer: 'arch/x86/mm/fault.c show_fault_oops()',
    releases: '4.20 and 5.0',
    examples: ['#PF error: [PROT] [WRITE]', '#PF error: [normal kernel read fault]'],
    start: /#PF error: /,
  },
  show_fault_oops_nx: {
    printer: 'arch/x86/mm/fault.c show_fault_oops()',
    examples: [
      'kernel tried to execute NX-protected page - exploit attempt? (uid: 0)',
      'unable to execute userspace code (SMEP?) (uid: 0)',
    ],
    start: /kernel tried to execute NX|unable to execute userspace/,
    opens: [{ form: 'prelude', literals: ['kernel tried to execute NX', 'unable to execute userspace code (SMEP?)'] }],
    fields: { uid: int },
    reads: [/\(uid: (?<uid>\d+)\)/],
  },
  show_ldttss: {
    printer: 'arch/x86/mm/fault.c show_fault_oops() and show_ldttss()',
    releases: 'since 4.20, for faults in the tables of the CPU',
    examples: [
      'IDT: 0xfffffe0000000000 (limit=0xfff) GDT: 0xfffffe0000001000 (limit=0x7f)',
      'LDTR: NULL',
      'TR: 0x40 -- base=0x1000 limit=0x206f',
    ],
    start: anyOf('IDT: 0x', '(?:LDTR|TR): (?:NULL|0x)'),
  },
  dump_pagetable: {
    printer: 'arch/x86/mm/fault.c dump_pagetable()',
    releases: 'P4D since 4.12; pieces of a broken line on some consoles',
    examples: [
      'PGD 0 P4D 0 ',
      'PGD 7a5a067 P4D 7a5a067 PUD 7a5b067 PMD 0 ',
      'PUD 0',
      'PGD 7a5a067 P4D 7a5a067 PUD 7a5b067 PMD 7a5c067 PTE 0',
      '*pdpt = 0000000031c7d001 *pde = 0000000000000000 ',
      'BAD',
    ],
    start: anyOf('(?:PGD|P4D|PUD|PMD|PTE) ', String.raw`\*(?:pdpt|pde|pte) = `, 'BAD$'),
    fields: { pte: hex },
    reads: [/\bPTE (?<pte>[0-9a-f]+)/, /[A-Z*]/],
  },
  pgtable_bad: {
    printer: 'arch/x86/mm/fault.c pgtable_bad()',
    examples: ['java: Corrupted page table at address 7f1d8c000000'],
    start: /[^\n]{1,16}: Corrupted page table at address /,
    free: true,
    opens: [{ form: 'fault', at: 'message', literals: ['Corrupted page table at address '] }],
    fields: { comm: words, what: words, address: hex },
    reads: [/^(?<comm>.*): (?<what>Corrupted page table) at address (?<address>[0-9a-f]+)/],
  },
  handle_stack_overflow: {
    printer: 'arch/x86/kernel/traps.c handle_stack_overflow()',
    releases: 'since 4.9; the kind of stack since 5.15',
    examples: [
      'BUG: TASK stack guard page was hit at ffffc90000a3bff8 (stack is ffffc90000a3c000..ffffc90000a3ffff)',
      'BUG: stack guard page was hit at ffffc90000a3bff8 (stack is ffffc90000a3c000..ffffc90000a3ffff)',
    ],
    start: /BUG: (?:\S+ )?stack guard page was hit/,
    opens: [
      { form: 'fault', literals: ['BUG: stack guard page was hit', 'BUG: TASK stack guard page was hit'] },
      { form: 'fault', literals: ['BUG: '], test: (text) => /^BUG: (?:\S+ )?stack guard page was hit at /.test(text) },
    ],
    fields: { address: pointer },
    reads: [/ at (?<address>[0-9a-f]+|\(?ptrval\)?)/],
  },
  exc_double_fault: {
    printer: 'arch/x86/kernel/traps.c exc_double_fault()',
    releases: '`traps: ` before it until 5.8 and since 6.x',
    examples: ['PANIC: double fault, error_code: 0x0', 'traps: PANIC: double fault, error_code: 0x0', 'PANIC: double fault'],
    opens: [{ form: 'die', literals: ['PANIC: double fault', 'traps: PANIC: double fault'] }],
    fields: { error: hex },
    reads: [/error_code: (?<error>0x[0-9a-f]+)/, /PANIC: double fault/],
  },
  early_fixup_exception: {
    printer: 'arch/x86/mm/extable.c early_fixup_exception()',
    releases: 'cr2 always since 4.6',
    examples: ['PANIC: early exception 0x0e IP 10:ffffffff82a3c1d0 error 2 cr2 0xffff888000000000'],
    opens: [{ form: 'die', literals: ['PANIC: early exception', 'traps: PANIC: early exception'] }],
    fields: { trap: hex, error: hex, address: hex },
    reads: [
      /exception (?<trap>(?:0x)?[0-9a-f]+) (?:IP|rip) \S+ error (?<error>[0-9a-f]+) cr2 (?<address>(?:0x)?[0-9a-f]+\b)/,
      /exception (?<trap>(?:0x)?[0-9a-f]+\b)/,
    ],
  },
  exc_control_protection: {
    printer: 'arch/x86/kernel/cet.c do_kernel_cp_fault()',
    releases: 'since 5.18',
    examples: ['Missing ENDBR: driver_xyz_fault+0x0/0x60 [driver_xyz]', 'traps: Missing ENDBR: driver_xyz_fault+0x0/0x60'],
    opens: [{ form: 'control', literals: ['Missing ENDBR: ', 'traps: Missing ENDBR: '] }],
    reads: [/Missing ENDBR: (?<frame>\S+\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[[^\]]+\]))?/],
  },
  kasan_die_handler: {
    printer: 'arch/x86/mm/kasan_init_64.c kasan_die_handler()',
    releases: '4.0 to 4.20',
    examples: ['kasan: CONFIG_KASAN_INLINE enabled', 'kasan: GPF could be caused by NULL-ptr deref or user memory access'],
    opens: [{ form: 'hint', literals: ['kasan: CONFIG_KASAN_INLINE enabled', 'kasan: GPF could be caused by'] }],
  },
  kasan_non_canonical_hook: {
    printer: 'mm/kasan/report.c kasan_non_canonical_hook()',
    releases: 'since 5.5: what the address would mean with the shadow undone',
    examples: ['KASAN: null-ptr-deref in range [0x0000000000000010-0x0000000000000017]'],
    start: /KASAN: (?=[^\n]{0,60} in range \[)/,
    opens: [{ form: 'range', literals: ['KASAN: '], test: (text) => text.includes(' in range [') }],
    fields: { hint: words, low: words, high: words },
    reads: [/KASAN: (?<hint>[\w -]+?) in range \[(?<low>0x[0-9a-f]+)-(?<high>0x[0-9a-f]+)\]/],
  },
  sysfs_printk_last_file: {
    printer: 'fs/sysfs/file.c sysfs_printk_last_file()',
    releases: '2.6.30 to 2.6.39',
    examples: ['last sysfs file: /sys/devices/system/cpu/online'],
    start: /last sysfs file:/,
  },
});
