import { type HeadRule, head } from '../call-trace/head.ts';

/** `[#1] PREEMPT SMP`: die()'s counter and the build's options. */
const COUNT = String.raw`\s*\[#(?<count>\d+)\](?<options>.*)$`;
const re = (source: string) => new RegExp(source);

/** First lines of faults and the die lines behind them. */
export const OOPS_HEADS: readonly HeadRule[] = [
  // arch/x86/mm/fault.c show_fault_oops(): "unable to handle kernel NULL pointer dereference at ADDR" until 5.0;
  // "kernel NULL pointer dereference, address: ADDR" and "unable to handle page fault for address: ADDR" since 5.1.
  head(
    'show_fault_oops',
    /BUG: (?:unable to handle |kernel NULL pointer)/,
    /(?<what>NULL pointer dereference|paging request|page fault)(?: at|,? (?:for )?address:?) *\(?(?<address>[0-9a-f]{4,16}|null|ptrval)/i,
    /BUG: unable to handle (?:kernel )?(?<what>[a-z ]+?) *$/,
    /BUG: unable to handle (?:kernel )?(?<what>[A-Za-z ]+?)(?: at (?<address>[0-9a-f]+))?$/,
  ),
  // "#PF: supervisor read access in kernel mode", "#PF: error_code(0x0000) - not-present page", since 5.0.
  head(
    'show_fault_oops_pf',
    /#PF: /,
    /#PF: (?<mode>\w+) (?<access>read|write|instruction|fetch)/,
    /error_code\((?<error>0x[0-9a-f]+)\) - (?<cause>.*)/,
  ),
  head('show_fault_oops_nx', /kernel tried to execute |unable to execute userspace/, /page \((?<address>[0-9a-f]+)\)/, /(?<nx>.*)/),
  // arch/powerpc/mm/fault.c bad_kernel_fault() and __bad_page_fault(): since 5.1 and 5.6; "Unable to handle kernel paging request for data at address" before.
  head(
    'bad_page_fault',
    /BUG: (?:Kernel NULL|Unable to handle kernel )/,
    /(?:Kernel|handle kernel) (?<what>NULL pointer dereference|data access|instruction fetch|.*?)(?: \(NULL pointer\?\))?(?: on (?<access>read|write))?(?: at (?<address>0x[0-9a-f]+))?\s*$/,
  ),
  head(
    'bad_kernel_fault',
    /Kernel attempted to /,
    /Kernel attempted to (?<access>read|write|execute|access)\w* user page \((?<address>[0-9a-f]+)\)/,
  ),
  // arm __do_kernel_fault(), arm64 die_kernel_fault(), riscv die_kernel_fault(), s390 report_user_fault/do_no_context(), powerpc before 5.1, mips, loongarch, alpha, sparc.
  head(
    'die_kernel_fault',
    /(?:CPU \d+ )?Unable to handle (?:kernel |paging request)/,
    /Unable to handle kernel (?<what>.+?) (?:at|on) virtual address (?<address>[0-9a-f]+)/,
    /Unable to handle kernel (?<what>paging request) for (?<access>data|instruction fetch)(?: at address (?<address>0x[0-9a-f]+))?/,
    /Unable to handle kernel (?<what>.+?)(?: at (?:virtual )?address (?<address>[0-9a-f]+))?$/,
  ),
  // arch/s390/mm/fault.c dump_fault_info(): the page, not the byte; TEID since 3.x.
  head('dump_fault_info', /Failing address: /, /Failing address: (?<address>[0-9a-f]+)(?: TEID: (?<teid>[0-9a-f]+))?/),
  // arch/arm64/mm/fault.c mem_abort_decode(), data_abort_decode(): since 4.15.
  head(
    'mem_abort_decode',
    /(?:ESR = |EC = |FSC = |CM = )/,
    /ESR = (?<error>0x[0-9a-f]+)/,
    /FSC = 0x[0-9a-f]+: (?<cause>.*)/,
    /EC = 0x[0-9a-f]+: (?<class>[^,]*)/,
    /WnR = (?<wnr>[01])/,
  ),
  // arch/arm/mm/fault.c do_DataAbort(), do_PrefetchAbort(); arm64 until 4.19.
  head(
    'do_DataAbort',
    /(?:8<--- )?Unhandled (?:fault|prefetch abort): /,
    /Unhandled (?:fault|prefetch abort): (?<cause>.+?) \((?<error>0x[0-9a-f]+)\) at (?<address>0x[0-9a-f]+)/,
  ),
  // arch/powerpc: the instruction that faulted; the symbol stands behind NIP.
  head('bad_page_fault_nip', /Faulting instruction address: /, /address: (?<nip>0x[0-9a-f]+)/),
  // arch/x86/kernel/traps.c handle_stack_overflow(): since 4.9; the kind of stack since 5.14.
  head('handle_stack_overflow', /BUG: (?:[A-Z#]+ )?stack guard page was hit/, /at \(?(?<address>[0-9a-f]+|ptrval)/),
  // arch/x86/kernel/doublefault_32.c, traps.c: "PANIC: double fault, error_code: 0x0".
  head(
    'df_debug',
    /(?:traps: )?PANIC: (?:double fault|early exception)/,
    /PANIC: (?<trap>double fault|early exception [^,]*?)(?:, error_code: (?<error>0x[0-9a-f]+)|$)/,
  ),
  head('exc_control_protection', /(?:traps: )?Missing ENDBR: /, /Missing ENDBR: (?<frame>\S+\+0x[0-9a-f]+\/0x[0-9a-f]+)/),
  // arm64 handle_bad_stack(), riscv handle_bad_stack(), s390 kernel_stack_overflow(), x86 handle_stack_overflow() before 5.x.
  head('handle_bad_stack', /Insufficient stack space|[Kk]ernel stack overflow|Corrupt kernel stack/, /(?<stack>.*)/),
  // mm/kasan/report.c kasan_non_canonical_hook(), since 4.20: what the address would mean with the shadow undone.
  head(
    'kasan_non_canonical_hook',
    /KASAN: (?=[^\n]* in range \[)/,
    /KASAN: (?<hint>[\w -]+?) in range \[(?<low>0x[0-9a-f]+)-(?<high>0x[0-9a-f]+)\]/,
  ),
  // arch/arm/kernel/traps.c, arch/arm64/kernel/traps.c __die(): "Internal error: %s: %x [#%d]".
  head(
    '__die_arm',
    /Internal error: /,
    re(String.raw`Internal error: (?<trap>.*?):? *:? (?<error>[0-9a-f]+)${COUNT}`),
    /Internal error: (?<trap>.*)/,
  ),
  // arch/x86/kernel/dumpstack.c __die_header(): "%s: %04lx [#%d]"; "Oops: " is prefixed since 6.12 (exc_page_fault says it itself).
  head(
    '__die_header',
    /(?:Oops: )?(?:Oops|Kernel BUG(?= \[#)|general protection fault|invalid opcode|divide[ _]error|stack segment|double fault|int3|debug|overflow|bounds|device not available|coprocessor segment overrun|invalid TSS|segment not present|alignment check|simd exception|fpu exception|stack guard page|kernel stack overflow|kernel double-fault|control protection fault|virtualization exception|unknown trap|math exception|machine check)(?=[:,[ ])/,
    re(
      String.raw`^(?:Oops: )?(?<trap>[A-Za-z0-9_-]+(?: [A-Za-z()-]+)*?)(?:, (?:probably|maybe) for (?<where>non-canonical )?address (?<address>0x[0-9a-f]+)| in (?<in>user access))?: (?<error>[0-9a-f]{4})${COUNT}`,
    ),
    re(String.raw`^(?<trap>Oops): (?<cause>[A-Z].*?)(?:, sig: (?<signal>\d+))?${COUNT}`), // powerpc __die()
    re(String.raw`^(?<trap>Oops): (?<error>[0-9a-f]{4}) ilc:\d${COUNT}`), // s390 die()
    re(String.raw`^(?<trap>Oops|Kernel BUG)(?: - (?<cause>[^\[]*?))?${COUNT}`), // riscv, mips, loongarch die()
    /^(?:Oops: )?(?<trap>[a-zA-Z0-9]+(?: [a-z]+)*)/,
  ),
  // arch/s390/kernel/traps.c do_report_trap() → die(): "illegal operation: 0001 ilc:1 [#1] SMP".
  head(
    'die_s390',
    /(?:illegal operation|privileged operation|execute exception|addressing exception|specification exception|data exception|fixpoint divide exception|operand exception|monitor event|special operation|stack exception|Low-address protection)(?=: )/,
    re(String.raw`^(?<trap>[A-Za-z -]+): (?<error>[0-9a-f]{4}) ilc:\d${COUNT}`),
  ),
  // arch/mips/kernel/traps.c do_bp(), do_tr_or_bp(), do_ri() → die().
  head(
    'die_mips',
    /(?:Kernel bug detected|Break instruction in kernel code|Reserved instruction in kernel code|Unhandled exception|Bad mode in|Unexpected kernel BRK)/,
    re(String.raw`^(?<trap>.*?)${COUNT}`),
    /^(?<trap>.*)/,
  ),
];
