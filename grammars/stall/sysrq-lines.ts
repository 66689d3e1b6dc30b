import { int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const SAID = String.raw`(?:SysRq : |sysrq: SysRq : |sysrq: )`;
/** What it does, as against what it lists. */
const DOES = [
  'Dump ftrace|Trigger a crash|Resetting|Power Off|Emergency |Terminate All|Kill All|Manual OOM',
  'Nice All|SAK|Changing Loglevel|Replay kernel logs',
].join('|');
const SHOWS = new RegExp(`^${SAID}Show `);
const ACTS = new RegExp(String.raw`^${SAID}(?:${DOES})\b`);
const ACTION = [new RegExp(String.raw`^${SAID}(?<action>[A-Z].*?)\s*$`)];

/** What an operator asked for: drivers/tty/sysrq.c. `SysRq : ` until 3.x, `sysrq: SysRq : ` until 5.0, `sysrq: ` since. */
export const SYSRQ = lines({
  showacpu: {
    printer: 'drivers/tty/sysrq.c showacpu(), sysrq_handle_showallcpus()',
    examples: ['sysrq: CPU0:', 'sysrq: CPU0: backtrace skipped as idling', 'CPU1:'],
    start: /(?:sysrq: )?CPU\d+:(?= backtrace skipped|[ \t]*$)/,
    fields: { cpu: int, skipped: words },
    reads: [/CPU(?<cpu>\d+):(?: (?<skipped>backtrace skipped))?/],
  },
  __handle_sysrq: {
    printer: 'drivers/tty/sysrq.c __handle_sysrq()',
    releases: 'drivers/char/sysrq.c until 2.6.37',
    examples: ['sysrq: Show Blocked State', 'sysrq: SysRq : Show State', 'SysRq : Show Memory'],
    start: new RegExp(`${SAID}(?=Show )`),
    opens: [{ form: 'sysrq', literals: ['sysrq: ', 'SysRq : '], test: (t) => SHOWS.test(t) }],
    fields: { action: words },
    reads: ACTION,
  },
  __handle_sysrq_action: {
    printer: 'drivers/tty/sysrq.c __handle_sysrq()',
    releases: 'drivers/char/sysrq.c until 2.6.37',
    examples: [
      'sysrq: Emergency Sync',
      'sysrq: SysRq : Trigger a crash',
      'SysRq : Changing Loglevel',
      'sysrq: HELP : loglevel(0-9) reboot(b)',
    ],
    start: new RegExp(`${SAID}(?=[A-Z])`),
    opens: [{ form: 'sysrq-action', literals: ['sysrq: ', 'SysRq : '], test: (t) => ACTS.test(t) }],
    fields: { action: words },
    reads: ACTION,
  },
});

/** The scheduler's and the timers' tables, which sysrq t, w and q print: the lines of /proc/sched_debug and /proc/timer_list. */
export const TABLES = lines({
  sched_debug_header: {
    printer: 'kernel/sched/debug.c sched_debug_header()',
    examples: ['Sched Debug Version: v0.11, 6.12.0 #1', 'ktime                                   : 1234.567890', 'sysctl_sched'],
    start: /Sched Debug Version|(?:ktime|sched_clk|cpu_clk|jiffies|sched_clock_stable\(\)) *: |sysctl_sched/,
  },
  sched_debug_value: {
    printer: 'kernel/sched/debug.c print_cpu(), kernel/time/timer_list.c print_cpu()',
    examples: ['  .nr_running                    : 0', '  .sysctl_sched_base_slice                 : 3.000000'],
    start: /\.[\w>().-]+ *: |curr->/,
  },
  print_cpu: {
    printer: 'kernel/sched/debug.c print_cpu(), print_cfs_rq(), print_rt_rq(), print_dl_rq()',
    examples: ['cpu#0, 2400.000 MHz', 'cfs_rq[0]:/', 'rt_rq[0]:', 'dl_rq[0]:', 'runnable tasks:'],
    start: /cpu#\d|(?:cfs|rt|dl)_rq\[|runnable tasks:/,
  },
  print_rq: {
    printer: 'kernel/sched/debug.c print_rq(), print_task()',
    examples: [
      ' S            task   PID       vruntime   eligible    deadline             slice',
      '-------------------------------------------------------------------------------',
      ' S         systemd     1    123.456789   E    126.456789   3.000000 45.678901     1234   120 ',
      '>R            java    77     12.345678   E     15.345678   3.000000 4.567890      123   120 ',
    ],
    start: anyOf('S +task +PID', '-{20}', String.raw`>?[RSDTtXZPIWKNC] +\S[^\n]{0,15} +\d+ +-?\d+\.\d+ `),
  },
  timer_list: {
    printer: 'kernel/time/timer_list.c timer_list_header(), print_cpu(), print_tickdevice()',
    examples: [
      'Timer List Version: v0.11',
      'HRTIMER_MAX_CLOCK_BASES: 8',
      'now at 1234567890 nsecs',
      'cpu: 0',
      ' clock 0:',
      'active timers:',
      ' #0: <00000000c8a3d6d1>, tick_nohz_handler, S:01',
      ' # expires at 1236000000-1236000000 nsecs [in 1432110 to 1432110 nsecs]',
      'Tick Device: mode:     1',
      'Clock Event Device: hpet',
      ' max_delta_ns:   149983013276',
    ],
    start: anyOf(
      String.raw`Timer List Version|HRTIMER_MAX_CLOCK|now at \d+ nsecs|cpu: \d+\s*$|clock \d+:|active timers:`,
      String.raw`#\d+: <|# expires at |Tick Device: |Broadcast device|Per CPU device: |Clock Event Device: |Wakeup Device: `,
      'tick_broadcast_(?:oneshot_)?mask: |(?:max|min)_delta_ns: |(?:mult|shift|mode|retries): +[0-9]',
      '(?:next_event|set_next_event|shutdown|periodic|oneshot|oneshot stopped|resume|event_handler): +',
    ),
  },
});
