import { hex, list, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** Faults of powerpc: arch/powerpc/mm/fault.c and kernel/traps.c; die() is in die-lines.ts. */
export const POWERPC = lines({
  bad_kernel_fault: {
    printer: 'arch/powerpc/mm/fault.c bad_kernel_fault()',
    releases: 'since 5.6; `access` until 5.12',
    examples: [
      'Kernel attempted to read user page (10) - exploit attempt? (uid: 0)',
      'Kernel attempted to write user page (7fff8a3c0000) - exploit attempt? (uid: 1000)',
    ],
    opens: [{ form: 'prelude', literals: ['Kernel attempted to '] }],
    fields: { access: words, address: hex },
    reads: [/^Kernel attempted to (?<access>read|write|execute|access)\w* user page \((?<address>[0-9a-f]+)\)/],
  },
  bad_kernel_fault_exec: {
    printer: 'arch/powerpc/mm/fault.c bad_kernel_fault()',
    releases: 'the kind of page since 5.0',
    examples: ['kernel tried to execute exec-protected page (c008000000a10000) - exploit attempt? (uid: 0)'],
    start: /kernel tried to execute /,
    opens: [{ form: 'prelude', literals: ['kernel tried to execute ', 'BUG: kernel tried to '] }],
    fields: { address: hex },
    reads: [/ page \((?<address>[0-9a-f]+)\)/],
  },
  bad_page_fault: {
    printer: 'arch/powerpc/mm/fault.c __bad_page_fault()',
    releases: '`BUG: ` since 5.1, the access since 5.6; `Unable to handle kernel paging request for data at address` before',
    examples: [
      'BUG: Kernel NULL pointer dereference on write at 0x00000010',
      'BUG: Unable to handle kernel data access on read at 0xc00800000a3c0000',
      'BUG: Unable to handle kernel data access at 0xc00800000a3c0000',
      'BUG: Unable to handle kernel instruction fetch (NULL pointer?)',
      'BUG: Unable to handle kernel unaligned access at 0xc00800000a3c0001',
      'BUG: Unable to handle unknown paging fault at 0xc00800000a3c0000',
      'Unable to handle kernel paging request for data at address 0x00000010',
      'Unable to handle kernel paging request for instruction fetch',
    ],
    start: anyOf('BUG: Kernel NULL', 'BUG: Unable to handle (?:kernel|unknown) ', 'Unable to handle kernel paging request for '),
    opens: [
      {
        form: 'fault',
        literals: [
          'BUG: Kernel NULL pointer dereference',
          'BUG: Unable to handle kernel ',
          'BUG: Unable to handle unknown paging fault',
          'Unable to handle kernel paging request for ',
        ],
      },
    ],
    fields: { what: words, nullPointer: words, access: words, address: hex },
    reads: [
      /(?<what>paging request) for (?<access>data|instruction fetch|unaligned access|unknown fault)(?: at address (?<address>0x[0-9a-f]+))?/,
      /BUG: Unable to handle unknown (?<what>paging fault)(?: at (?<address>0x[0-9a-f]+))?/,
      /(?:Kernel|handle kernel) (?<what>.*?)(?: \((?<nullPointer>NULL pointer)\?\))?(?: on (?<access>read|write))?(?: at (?<address>0x[0-9a-f]+))?\s*$/,
    ],
  },
  bad_page_fault_nip: {
    printer: 'arch/powerpc/mm/fault.c __bad_page_fault()',
    examples: ['Faulting instruction address: 0xc008000000a10028'],
    start: /Faulting instruction address: /,
    fields: { nip: hex },
    reads: [/: (?<nip>0x[0-9a-f]+)/],
  },
  bad_page_fault_overran: {
    printer: 'arch/powerpc/mm/fault.c __bad_page_fault(), x86 page_fault_oops()',
    examples: ['Thread overran stack, or stack corrupted'],
    start: /Thread overran stack/,
  },
  die_options: {
    printer: 'arch/powerpc/kernel/traps.c __die()',
    releases: 'one line since 4.19; `PREEMPT SMP NR_CPUS=2048 NUMA pSeries` before',
    examples: [
      'LE PAGE_SIZE=64K MMU=Radix SMP NR_CPUS=2048 NUMA pSeries',
      'PREEMPT SMP NR_CPUS=32 NUMA PowerNV',
      'SMP NR_CPUS=1024 NUMA pSeries',
    ],
    start: anyOf('(?:LE|BE) PAGE_SIZE', '(?:PREEMPT )?SMP NR_CPUS', 'PREEMPT '),
    fields: { options: list },
    reads: [/^(?<options>.*)$/],
  },
  unrecoverable_exception: {
    printer: 'arch/powerpc/kernel/traps.c unrecoverable_exception()',
    examples: [
      'Unrecoverable exception 4100 at c000000000a10028 (msr=8000000000009033)',
      'Unrecoverable VSX Unavailable Exception f40 at c000000000a10028',
    ],
    opens: [{ form: 'die', literals: ['Unrecoverable '] }],
    fields: { trap: words },
    reads: [/^(?<trap>Unrecoverable .*?xception) /, /^(?<trap>Unrecoverable .*)/],
  },
  bad_stack: {
    printer: 'arch/powerpc/kernel/traps.c stack_overflow_exception(), bad_stack until 5.x',
    examples: ['Bad kernel stack pointer 7fffc0a3bd20 at c000000000a10028'],
    opens: [{ form: 'die', literals: ['Bad kernel stack pointer'] }],
    fields: { trap: words },
    reads: [/^(?<trap>Bad kernel stack pointer)/],
  },
});
