import type { Family } from '../common/family.ts';
import { aside, int, words } from '../common/fields.ts';
import { type Line, lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';
import { OOPS_LINES } from '../oops/lines.ts';

/** Beside a kernel's lines each of the hypervisor's keeps its mark. */
const XEN_PANIC = /(?:\(XEN\) (?:\[[^\]\n]{1,40}\] )?)?Panic on CPU \d+:$/;

/** What panic() and the machine's last acts print; shared rows hold what any report may end with. */
export const PANICS = lines({
  panic: {
    printer: 'kernel/panic.c vpanic()',
    releases: 'panic() until 6.15; `Kernel panic: ` until 2.4',
    examples: [
      'Kernel panic - not syncing: Fatal exception in interrupt',
      'Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: ffffffffc0587060',
      'Kernel panic: out of luck',
      'kernel panic: out of luck',
      ' <0>Kernel panic - not syncing: Fatal exception', // 2.6.18: the level behind the blank that an oops ended with
    ],
    start: anyOf(
      '(?: ?<0>)?Kernel panic(?: - not syncing|: )',
      String.raw`(?:[^\n:]{1,60}: )?kernel panic: `,
      '(?:kernel|Kernel|KERNEL) (?:panic|Panic|PANIC) ?[-:]{0,3} ?(?:not syncing|NOT SYNCING)',
    ),
    opens: [
      {
        form: 'panic',
        literals: ['Kernel panic - not syncing', ' Kernel panic - not syncing', ' <0>Kernel panic - not syncing', 'Kernel panic: '],
      },
      { form: 'panic', at: 'message', literals: ['kernel panic: '] },
      // as people type it from a screen or a photograph
      {
        form: 'panic',
        literals: ['Kernel panic', 'Kernel Panic', 'kernel panic', 'kernel Panic', 'KERNEL PANIC'],
        test: (text) => /^kernel panic ?[-:]{0,3} ?not syncing/i.test(text),
      },
    ],
    fields: { reason: words },
    reads: [
      /(?<reason>stack-protector: Kernel stack is corrupted in): (?<frame>[A-Za-z_.$<][^\s+]*\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[[^\]]+\]))?/,
      /(?<reason>stack-protector: Kernel stack is corrupted in): (?<frame>\S+)/,
      /[Kk]ernel panic(?: - not syncing)?: ?(?<reason>.*)/,
      /^kernel panic ?[-:]{0,3} ?not syncing[:;,. ]*(?<reason>.*)/i,
    ],
  },
  vpanic_end: {
    printer: 'kernel/panic.c vpanic(): the last line on a screen, and all that a photograph shows of it',
    releases: 'since 3.13; `]---` since 4.4',
    examples: [
      '---[ end Kernel panic - not syncing: Fatal exception ]---',
      '[ end Kernel panic - not syncing: Fatal exception',
      'end Kernel panic - not syncing: Fatal exception',
    ],
    start: /(?:-{0,3}\[ ?)?end Kernel panic/,
    opens: [{ form: 'end', literals: ['---[ end Kernel panic - ', '[ end Kernel panic - ', 'end Kernel panic - '] }],
    shape: 'tail',
    fields: { reason: words },
    reads: [/end Kernel panic - not syncing(?:: ?(?<reason>.*?))?\s*(?:\]-*)?\s*$/, /end Kernel panic/],
  },
  xen_panic: {
    printer: 'xen/drivers/char/console.c panic(), of the hypervisor, on the console of its host',
    examples: ['Panic on CPU 6:', '(XEN) [2023-02-01 05:12:07] Panic on CPU 6:'],
    start: XEN_PANIC,
    opens: [{ form: 'xen', literals: ['Panic on CPU ', '(XEN) '], test: (text) => text.search(XEN_PANIC) === 0 }],
    fields: { cpu: aside(int) },
    reads: [/Panic on CPU (?<cpu>\d+):$/],
  },
  ipi_cpu_stop: {
    printer: 'arch/arm/kernel/smp.c ipi_cpu_stop()',
    releases: 'arm64 too, until 4.x: the backtraces of the CPUs that are stopped follow',
    examples: ['CPU1: stopping'],
    start: /CPU\d*: stopping/,
  },
});

/** What Xen's panic() was called with: the first line behind its head. */
export const XEN_REASON = lines({
  xen_reason: {
    printer: 'xen/arch/x86/traps.c fatal_trap(), do_page_fault(); BUG() and ASSERT() of Xen',
    examples: ['FATAL PAGE FAULT', 'FATAL TRAP: vector = 2 (nmi)', 'Xen BUG at spinlock.c:48'],
    start: /(?!)/,
    fields: { reason: words },
    reads: [/^(?:\(XEN\) (?:\[[^\]]{1,40}\] )?)?(?<reason>.*)$/],
  },
}).xen_reason;

/** The machine stops: kernel/panic.c vpanic(). What follows is dump_stack(), the other CPUs, the end line. */
export const PANIC: Family = {
  name: 'panic',
  lines: Object.values<Line>(PANICS),
  also: OOPS_LINES,
  forms: [
    { name: 'panic', absorbs: ['panic/panic'] },
    { name: 'xen', needs: 'nothing', message: XEN_REASON },
    { name: 'end', unclaimed: true, needs: 'nothing' },
  ],
  closes: (text) => text.startsWith('---[ end Kernel panic'),
};
