import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { starts } from '../opens.ts';

const WHAT = [
  'failed to come online',
  'failed to boot',
  'failed to start',
  'failed in unknown state',
  'died during early boot',
  'may not have shut down cleanly',
  'is stuck in kernel',
  'will not boot',
  'unable to kill',
  "cpu didn't die",
  'does not support \\d+-bit VAs',
  'does not support \\d+K granule',
].join('|');
const AT_START = new RegExp(`^CPU\\d+:? (?:${WHAT})`);

/** CPUs that do not come up, or do not go down: what each architecture's smp.c says of them. */
export const CPUS = lines({
  __cpu_up: {
    printer: 'arch/arm64/kernel/smp.c __cpu_up(), arm and mips alike; arch_cpuhp_cleanup_dead_cpu(), __cpu_die() until 6.4',
    examples: [
      'CPU3: failed to come online',
      'CPU3: failed to boot: -22',
      'CPU3: failed in unknown state : 0x5',
      'CPU3: is stuck in kernel',
      'CPU3 may not have shut down cleanly: -110',
      'CPU3: does not support 16K granule',
    ],
    ...starts('line', ['CPU'], (text) => AT_START.test(text)),
    start: new RegExp(`CPU\\d+:? (?:${WHAT})`),
    reads: [new RegExp(`^CPU(?<cpu>\\d+):? (?<what>${WHAT})(?: ?: (?<status>-?(?:0x)?[0-9a-f]+\\b))?`)],
    fields: { cpu: int, what: words, status: words },
  },
  __cpu_up_processor: {
    printer: 'arch/powerpc/kernel/smp.c __cpu_up(), generic_cpu_die()',
    examples: ['Processor 3 is stuck.', 'smp: failed starting cpu 3 (rc -2)', "CPU3 didn't die..."],
    start: /Processor \d+ is stuck\.|(?:smp: )?failed starting cpu \d+|CPU ?\d+ didn't die/,
    opens: [
      { form: 'line', literals: ['Processor '], test: (text) => /^Processor \d+ is stuck\./.test(text) },
      { form: 'line', literals: ['failed starting cpu '], at: 'message' },
      { form: 'line', literals: ['CPU'], test: (text) => /^CPU ?\d+ didn't die/.test(text) },
    ],
    reads: [
      /^Processor (?<cpu>\d+) (?<what>is stuck)/,
      /(?<what>failed starting) cpu (?<cpu>\d+) \(rc (?<status>-?\d+)\)/,
      /^CPU ?(?<cpu>\d+) (?<what>didn't die)/,
    ],
    fields: { cpu: int, what: words, status: words },
  },
  do_boot_cpu: {
    printer: 'arch/x86/kernel/smpboot.c do_boot_cpu(), arch_cpuhp_kick_ap_alive()',
    releases: '`smpboot: ` since 3.x',
    examples: ['smpboot: do_boot_cpu failed(-1) to wakeup CPU#3', 'smpboot: native_kick_ap failed(-1) to wakeup CPU#3'],
    start: /(?:smpboot: )?\w+ failed\(-?\d+\) to wakeup CPU#/,
    opens: [
      {
        form: 'line',
        literals: ['smpboot: '],
        test: (text) => text.includes('wakeup CPU#') && / failed\(-?\d+\) to wakeup CPU#/.test(text),
      },
    ],
    reads: [/(?<what>failed)\((?<status>-?\d+)\) to wakeup CPU#(?<cpu>\d+)/],
    fields: { cpu: int, what: words, status: words },
  },
});
