import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

/** Clocks that do not keep time: kernel/time/clocksource.c, arch/x86/kernel/tsc.c. */
export const CLOCK = lines({
  clocksource_watchdog: {
    printer: 'kernel/time/clocksource.c clocksource_watchdog()',
    releases: '`on CPU2` since 4.16; `wd-tsc-wd` since 5.14; `due to frequency skew` since 7.0',
    examples: [
      "clocksource: timekeeping watchdog on CPU2: Marking clocksource 'tsc' as unstable because the skew is too large:",
      'clocksource: timekeeping watchdog on CPU2: wd-tsc-wd excessive read-back delay of 109500ns vs. limit of 100000ns, wd-wd read-back delay only 900ns, attempt 3, marking tsc unstable',
      'clocksource: timekeeping watchdog on CPU2: tsc read-back delay of 109500ns, attempt 3, marking unstable',
      'clocksource: Marking clocksource tsc unstable due to frequency skew',
      'Clocksource tsc unstable (delta = -199921283 ns)',
    ],
    start: /clocksource: (?:timekeeping watchdog|Marking clocksource)|Clocksource \S+ unstable \(delta/,
    opens: [
      { form: 'clock', literals: ['clocksource: timekeeping watchdog'], test: (text) => text.includes('unstable') },
      { form: 'clock', literals: ['clocksource: Marking clocksource '] },
      { form: 'line', literals: ['Clocksource '], test: (text) => text.includes(' unstable (delta') },
    ],
    reads: [
      /watchdog(?: on CPU(?<cpu>\d+))?: Marking clocksource '(?<device>[^']+)' as unstable because (?<reason>[^:]+)/,
      /watchdog(?: on CPU(?<cpu>\d+))?: .*delay of (?<delayNs>\d+)ns.* marking (?<device>\w+) unstable/,
      /watchdog(?: on CPU(?<cpu>\d+))?: (?<device>\w+) read-back delay of (?<delayNs>\d+)ns/,
      /Marking clocksource (?<device>\S+) unstable due to (?<reason>.+)/,
      /Clocksource (?<device>\S+) unstable \(delta = (?<deltaNs>-?\d+) ns\)/,
    ],
    fields: { cpu: int, device: words, reason: words, delayNs: int, deltaNs: int },
  },
  clocksource_intervals: {
    printer: 'kernel/time/clocksource.c clocksource_watchdog()',
    releases: 'nanoseconds since 5.16; `interval: ` since 7.0',
    examples: [
      "clocksource:                       'hpet' wd_nsec: 512004305 wd_now: a3b4c5d6 wd_last: a34567ff mask: ffffffff",
      "clocksource:                       'tsc' cs_nsec: 496001234 cs_now: 12a3b4c5d6 cs_last: 12a0b4c5d6 mask: ffffffffffffffff",
      'clocksource: Watchdog                    hpet interval:        512004305ns',
      'clocksource: Clocksource                  tsc interval:        496001234ns',
    ],
    start: /clocksource: +(?:'[^']+' (?:wd|cs)_|(?:Watchdog|Clocksource) +\S+ interval: )/,
    opens: [
      {
        form: 'clock-field',
        literals: ['clocksource: '],
        test: (text) => /^clocksource: +(?:'[^']+' (?:wd|cs)_|(?:Watchdog|Clocksource) +\S+ interval: )/.test(text),
      },
    ],
    reads: [
      /'(?<watchdog>[^']+)' wd_nsec: (?<watchdogNs>\d+)/,
      /'(?<counter>[^']+)' cs_nsec: (?<counterNs>\d+)/,
      /Watchdog +(?<watchdog>\S+) interval: +(?<watchdogNs>\d+)ns/,
      /Clocksource +(?<counter>\S+) interval: +(?<counterNs>\d+)ns/,
      /'(?<watchdog>[^']+)' wd_now/,
      /'(?<counter>[^']+)' cs_now/,
    ],
    fields: { watchdog: words, watchdogNs: int, counter: words, counterNs: int },
  },
  clocksource_other: {
    printer: 'kernel/time/clocksource.c clocksource_watchdog(), clocksource_verify_percpu()',
    releases: 'since 5.14',
    examples: [
      "clocksource:                       Clocksource 'tsc' skewed -16003071 ns (-16 ms) over watchdog 'hpet' interval of 512004305 ns (512 ms)",
      "clocksource:                       'tsc' is current clocksource.",
      'clocksource: Checking clocksource tsc synchronization from CPU 2 to CPUs 0-1,3.',
    ],
    start: /clocksource: +(?:Clocksource '|'[^']+' (?:is|\(not)|No current|Checking clocksource |CPUs? )/,
    opens: [
      {
        form: 'clock-field',
        literals: ['clocksource: '],
        test: (text) => /^clocksource: +(?:Clocksource '|'[^']+' (?:is|\(not)|No current|Checking clocksource |CPUs? )/.test(text),
      },
    ],
    reads: [/skewed (?<skewNs>-?\d+) ns/, /clocksource: /],
    fields: { skewNs: int },
  },
  mark_tsc_unstable: {
    printer: 'arch/x86/kernel/tsc.c mark_tsc_unstable()',
    releases: '`tsc: ` since 2.6.3x',
    examples: ['tsc: Marking TSC unstable due to clocksource watchdog', 'Marking TSC unstable due to TSC halts in idle'],
    start: /(?:tsc: )?Marking TSC unstable due to /,
    opens: [
      { form: 'clock-field', literals: ['tsc: Marking TSC unstable due to clocksource'] },
      { form: 'line', literals: ['tsc: Marking TSC unstable due to ', 'Marking TSC unstable due to '] },
    ],
    reads: [/unstable due to (?<reason>.*)/],
    fields: { reason: words },
  },
});
