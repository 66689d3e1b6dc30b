import { hex, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';

/** Faults of s390, mips, loongarch, sparc and parisc; die() is in die-lines.ts. */
export const OTHERS = lines({
  handle_fault_error_nolock: {
    printer: 'arch/s390/mm/fault.c handle_fault_error_nolock()',
    releases: 'do_no_context() until 6.5',
    examples: [
      'Unable to handle kernel pointer dereference in virtual kernel address space',
      'Unable to handle kernel paging request in virtual user address space',
    ],
    start: /Unable to handle kernel (?:pointer dereference|paging request) in virtual /,
    opens: [
      {
        form: 'fault',
        literals: ['Unable to handle kernel pointer dereference in virtual ', 'Unable to handle kernel paging request in virtual '],
      },
    ],
    fields: { what: words },
    reads: [/^Unable to handle kernel (?<what>(?:pointer dereference|paging request) in virtual \w+ address space)/],
  },
  dump_fault_info: {
    printer: 'arch/s390/mm/fault.c dump_fault_info(): the page, not the byte',
    releases: 'TEID since 3.x',
    examples: ['Failing address: 000003ff800a1000 TEID: 000003ff800a1803'],
    start: /Failing address: /,
    fields: { address: hex, teid: hex },
    reads: [/^Failing address: (?<address>[0-9a-f]+)(?: TEID: (?<teid>[0-9a-f]+))?/],
  },
  dump_fault_info_mode: {
    printer: 'arch/s390/mm/fault.c dump_fault_info()',
    examples: ['Fault in home space mode while using kernel ASCE.'],
    start: /Fault in /,
  },
  dump_pagetable_s390: {
    printer: 'arch/s390/mm/fault.c dump_pagetable()',
    examples: ['AS:0000000001290007 R3:0000000000000024 '],
    start: /AS:[0-9a-f]{8}/,
  },
  kernel_stack_overflow: {
    printer: 'arch/s390/kernel/traps.c kernel_stack_overflow()',
    releases: 'until 6.10',
    examples: ['Kernel stack overflow.'],
    opens: [{ form: 'stack', literals: ['Kernel stack overflow'] }],
    fields: { what: words },
    reads: [/^(?<what>Kernel stack overflow)/],
  },
  kernel_stack_invalid: {
    printer: 'arch/s390/kernel/traps.c kernel_stack_invalid()',
    releases: 'since 6.11',
    examples: ['Kernel stack pointer invalid'],
    opens: [{ form: 'stack', literals: ['Kernel stack pointer invalid', 'Corrupt kernel stack'] }],
    fields: { what: words },
    reads: [/^(?<what>Kernel stack pointer invalid|Corrupt kernel stack)/],
  },
  do_page_fault_mips: {
    printer: 'arch/mips/mm/fault.c __do_page_fault(), arch/loongarch/mm/fault.c no_context()',
    examples: [
      'CPU 0 Unable to handle kernel paging request at virtual address 00000010, epc == c0a3d028, ra == c0a3d010',
      'CPU 1 Unable to handle kernel paging request at virtual address 0000000000000010, era == 90000000021a3d28, ra == 90000000021a3d10',
    ],
    start: /CPU \d+ Unable to handle kernel /,
    opens: [{ form: 'fault', literals: ['CPU '], test: (text) => /^CPU \d+ Unable to handle kernel /.test(text) }],
    fields: { what: words, address: hex },
    reads: [/Unable to handle kernel (?<what>.+?) at virtual address (?<address>[0-9a-f]+)/],
  },
  kernel_unaligned_trap: {
    printer: 'arch/sparc/kernel/unaligned_64.c log_unaligned()',
    examples: ['Kernel unaligned access at TPC[10a3d028] driver_xyz_fault+0x28/0x60 [driver_xyz]'],
    opens: [{ form: 'unaligned', literals: ['Kernel unaligned access at '] }],
    reads: [/TPC\[[0-9a-f]+\] (?<frame>\S+\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[[^\]]+\]))?/],
  },
  parisc_terminate: {
    printer: 'arch/parisc/kernel/traps.c parisc_terminate()',
    releases: '`regs=` and `(Addr=` until 4.x',
    examples: [
      'Kernel Fault: Code=15 (Data TLB miss fault) at addr 0000000000000010',
      'Bad Address (null pointer deref?): Code=15 (Data TLB miss fault) at addr 0000000000000010',
      'Page fault: bad address: Code=15 (Data TLB miss fault) at addr 0000000000000010',
      'Kernel Fault: Code=15 regs=00000000bfa3d028 (Addr=0000000000000010)',
      'High Priority Machine Check (HPMC): Code=1 (High-priority machine check (HPMC)) at addr 0000000000000000',
    ],
    opens: [
      {
        form: 'die',
        literals: [
          'Kernel Fault: Code=',
          'Bad Address (null pointer deref?): Code=',
          'Page fault: bad address: Code=',
          'Unexpected interruption: Code=',
          'High Priority Machine Check (HPMC): Code=',
        ],
      },
    ],
    fields: { trap: words, address: hex },
    // the machine check says no address, only 0
    reads: [
      /: Code=\d+ \((?<trap>High-priority machine check \(HPMC\))\)/,
      /: Code=\d+ \((?<trap>[^)]*)\)(?:.* at addr (?<address>[0-9a-f]+))?/,
      /: Code=\d+ regs=\S+ \(Addr=(?<address>[0-9a-f]+)\)/,
    ],
  },
});
