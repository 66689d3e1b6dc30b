import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** `sym+0x1/0x2`; Rust paths may hold ` as `: `<a::B as c::D>::e+0x1/0x2`. */
const SYMBOL = String.raw`(?:[A-Za-z_.$<][^\s()]*|<[^+\n]*)\+0x[0-9a-f]+\/0x[0-9a-f]+`;
/** What may stand before the symbol: section tags, `[<address>]`s, `?`. Every repetition is bounded by its brackets. */
const BEFORE = String.raw`(?:<\/?[A-Z#_]+> *)*(?:\(?\[<?[0-9a-f(][^\]]{0,43}\]\)?[:\s]*)*(?:\? +)?`;

const FRAME = { grammar: 'call-trace', name: 'printk_stack_address', mode: 'frame-line' } as const;

/** Stacks: their titles, sections and frames, in the dialects of all architectures. */
export const STACK = lines({
  printk_stack_address: {
    printer: 'arch/x86/kernel/dumpstack.c printk_stack_address()',
    releases: 'addresses until 4.9 on x86; build ids since 5.14',
    examples: [
      ' ? tcp_ack+0x1a2/0x1b40 [driver_xyz]',
      ' [<ffffffff8155c1e2>] ? tcp_ack+0x1a2/0x1b40',
      ' <IRQ>  [<ffffffff81042c5d>] dump_stack+0x19/0x1b',
      '([<000003ff800a1234>] tcp_ack+0x1a2/0x1b40)',
    ],
    contains: '+0x',
    start: anyOf(String.raw`${BEFORE}\(?${SYMBOL}`),
    shape: 'frame',
    rule: FRAME,
  },
  dump_backtrace_entry: {
    printer: 'arch/arm/kernel/traps.c dump_backtrace_entry()',
    releases: '`A from B+o/s` since 5.15, `[<a>] (A) from [<b>] (B)` before: the frame is B',
    examples: [
      ' fault_null [driver_xyz] from do_one_initcall+0x5c/0x2a0',
      '[<c0107b28>] (dump_backtrace) from [<c0107d20>] (show_stack+0x20/0x24)',
    ],
    contains: ' from ',
    start: anyOf(String.raw`${BEFORE}\S+ (?:\[\S+\] )?from [\w.$]+`, String.raw`${BEFORE}\(\S+\) from \[`),
    shape: 'frame',
    rule: FRAME,
  },
  bare_address: {
    printer: 'lib/vsprintf.c symbol_string(): no symbol is known',
    examples: [' 0xffffffffc0587060', ' (null)'],
    start: anyOf(
      String.raw`${BEFORE}0x[0-9a-f]{4,16}(?:\/0x[0-9a-f]+)?\s*(?:\(unreliable\)\s*)?(?:\[\S+\])?$`,
      String.raw`${BEFORE}\(null\)\s*$`,
    ),
    shape: 'frame',
    rule: FRAME,
  },
  section_tag: {
    printer: 'arch/x86/kernel/dumpstack.c show_trace_log_lvl()',
    examples: [' <TASK>', ' </IRQ>', ' <#DF>', ' <<EOE>>'],
    start: anyOf(
      String.raw`<{1,2}\/?(?:TASK|IRQ|NMI|SOFTIRQ|EOI|EOE|MCE|UNK|STACK|REGS|#[A-Z]{2,3}|DOUBLEFAULT)[^>\n]*>`,
      String.raw`<{1,2}\/?(?:ENTRY_TRAMPOLINE|SYSENTER|exception_stack|[A-Z]+_STACK)[^>\n]*>`,
    ),
    shape: 'section',
    rule: FRAME,
  },
  show_stack_interrupt: {
    printer: 'arch/powerpc/kernel/process.c show_stack()',
    releases: '`--- Exception:` before 4.x; four dashes since 6.16',
    examples: ['--- interrupt: 300 at driver_xyz_fault+0x28/0x60 [driver_xyz]', '---- interrupt: 300 at driver_xyz_fault+0x28/0x60'],
    start: /----? (?=(?:interrupt|Exception):)/,
    shape: 'section',
    section: true,
  },
  exception_stack: {
    printer: 'arch/arm/kernel/traps.c dump_mem()',
    examples: ['Exception stack(0xdf8fbfb0 to 0xdf8fbff8)', 'Interrupted code'],
    start: /Interrupted code|Exception stack\(/,
    shape: 'section',
  },
  last_breaking_event: {
    printer: 'arch/s390/kernel/dumpstack.c show_last_breaking_event()',
    examples: ['Last Breaking-Event-Address:'],
    start: /Last Breaking-Event/,
    shape: 'registers',
    stack: 'short',
  },
  show_trace_log_lvl: {
    printer: 'arch/x86/kernel/dumpstack.c show_trace_log_lvl()',
    releases: '`Call trace:` on arm64, `Backtrace:` on arm, `stack backtrace:` of lockdep; `backtrace (crc …):` of kmemleak since 6.6',
    examples: ['Call Trace:', 'Call trace:', 'Backtrace: ', 'stack backtrace:', '  backtrace (crc 7d6f3d5f):'],
    opens: [{ form: 'unclaimed', literals: ['Call Trace:', 'Call trace:', 'Backtrace:'] }],
    contains: 'race',
    start: /(?:[A-Z][^\n:]{0,40} )?(?:[Cc]all ?[Tt]race|[Bb]acktrace|Trace|Traceback|stack backtrace)(?: \([^)\n]{0,40}\))?:/,
    shape: 'trace',
    stack: 'short',
  },
  other_trace: {
    printer: 'arch/*/kernel, drivers: a stack that somebody announces in words of their own',
    examples: ['driver_xyz: dumping backtrace:'],
    contains: 'race',
    start: /[^\s:][^\n]{0,80} (?:[Cc]all ?[Tt]race|[Bb]acktrace|[Tt]race|Traceback)(?: \([^)\n]{0,40}\))?:/,
    shape: 'trace',
  },
  inlined_frame: {
    printer: 'scripts/decode_stacktrace.sh; the kernel prints no inlined callees',
    examples: [' __dump_stack lib/dump_stack.c:88 [inline]', ' ? kasan_check include/linux/kasan.h:1'],
    start: /(?:\? )?[^\s:]+ [^\s:]+:\d+(?: \(discriminator \d+\))?(?: ?\[inline\])?$/,
    indented: true,
    shape: 'frame',
    rule: FRAME,
  },
  address_frame: {
    printer: 'arch/arm/kernel/traps.c dump_backtrace_entry(), powerpc show_stack(): before 4.x',
    examples: ['[<c0107b28>] (0xbf000044)', '[c0107b28]'],
    start: /\(?\[<?[0-9a-f]{8,16}>?\]\)?(?:\s|$)/,
    shape: 'frame',
    rule: FRAME,
  },
  end_trace: {
    printer: 'kernel/panic.c print_oops_end_marker()',
    releases: 'since 2.6.26; the id is random, since 5.17 zero unless the configuration asks otherwise',
    examples: ['---[ end trace 0000000000000000 ]---'],
    start: /---\[ end trace/,
    shape: 'end-trace',
    text: 'end-trace',
  },
  dropped: {
    printer: 'kernel/printk/printk.c console_unlock()',
    releases: '`** N printk messages dropped **`, since 3.18',
    examples: ['** 12 printk messages dropped **'],
    start: /\*\* (?=[^\n]*printk messages dropped)/,
    shape: 'dropped',
  },
});
