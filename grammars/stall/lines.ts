import type { OldFamily as Family } from '../common/legacy.ts';
import type { LogText as LogLine } from '../common/line.ts';

/** Lines of a stall that name RCU; at boot RCU says `rcu: ` of other things. */
const RCU_LINE =
  /^rcu:\s*(?:\d+(?:-\S{3,4})?: \(\d|\((?:detected by \d+, )?t=\d|Tasks blocked on level|rcu\w* kthread (?:starved|timer)|Unless rcu|Possible timer handling|RCU grace-period kthread stack|RCU GP kthread last ran|Stack dump where RCU|All QSes seen|blocking rcu_node)/;
/** kernel/hung_task.c, watchdog.c, rcu/tree_stall.h. */
const WATCHDOGS =
  /^(?:(?:rcu:\s*)?(?:\d+(?:-\S{3,4})?: \(\d+ |\((?:detected by \d+, )?t=\d|Tasks blocked on level|rcu\w* kthread |Unless rcu|Possible timer handling|RCU (?:grace-period|GP) |Stack dump where RCU|All QSes seen|INFO: Stall ended|blocking rcu_node|l=\d+:|hardirqs +softirqs|number: |cputime: )|Not tainted|Tainted|"echo 0 >|Blocked by coredump|Future hung task|CPU#\d+ (?:Utilization|Detect)|#\d+:\s+\d+%|[0-9a-f]{8,16}: [.NI]{2} nvcsw|watchdog: CPU \d+ (?:TB:|became)|khungtaskd|Shutting down)/;
/** sched_show_task(), nmi_backtrace.c, lockdep's tables. */
const DUMPS =
  /^(?:task:.* state:|.{1,15} [RSDTtXZPIWKNC?] *(?:running task|[0-9a-f]{8,16} )? *\d+ +\d+|task +PC stack|Sending NMI|NMI backtrace|Task dump|(?:sysrq: )?CPU\d+:|(?:\d+|no) locks? held by|#\d+:|Showing all locks held|INFO: lockdep is turned off|irq event stamp|(?:hard|soft)irqs last|<no locks)/;
/** kernel/workqueue.c show_all_workqueues(). */
const WORKQUEUES = /^(?:Showing (?:busy|backtraces)|workqueue .*: flags=|pwq \d+:|pool \d+:|(?:in-flight|pending|inactive|delayed):)/;
/** drivers/tty/sysrq.c m, t, q: memory, scheduler and timers; kernel/sched/debug.c, kernel/time/timer_list.c, mm/show_mem.c. */
const SYSRQ =
  /^(?:Mem-Info|active_anon|Node \d|\w+ free:\d|lowmem_reserve|\d+ (?:total pagecache|pages|reserved)|Swap cache|(?:Free|Total) swap|Sched Debug|sched_clk|ktime|cpu#\d|cfs_rq|rt_rq|dl_rq|\.\w|runnable tasks|S +task|-{20}|[ >]?[RSDI] +\S.* +\d+ +[\d.]+|\S+: \d+\*\d+kB|Timer List|HRTIMER_MAX|now at|cpu: \d+|clock \d+|active timers|Tick Device|sysctl_sched|jiffies|curr->|#\d+: <|# expires|isolated_|slab_|mapped:|unevictable|hugepages|[A-Z]\w+ per-cpu|\.[\w>-]+ +:)/;

/** What sysrq lists, as against what it does. */
const LISTS = /^(?:SysRq : |sysrq: SysRq : |sysrq: )Show /;
const ACTS =
  /^(?:SysRq : |sysrq: SysRq : |sysrq: )(?:Dump ftrace|Trigger a crash|Resetting|Power Off|Emergency |Terminate All|Kill All|Manual OOM|Nice All|SAK\b|Changing Loglevel)/;

const isHung = (t: string): boolean => /(?: blocked (?:in I\/O wait )?for more than | can't die for more than )/.test(t);

/** CPUs that a report asked for their backtraces and that have not answered; kept so that no line is looked at twice. */
const ASKED = new WeakMap<readonly LogLine[], { seen: number; readonly cpus: Set<number> }>();

/** Whether the report sent an NMI to the CPU of this `NMI backtrace for cpu N` and waits for it. */
function awaits(lines: readonly LogLine[], text: string): boolean {
  const asked = ASKED.get(lines) ?? { seen: 0, cpus: new Set<number>() };
  ASKED.set(lines, asked);
  for (; asked.seen < lines.length; asked.seen++) {
    const list = /^Sending NMI from CPU \d+ to CPUs ([\d,-]+)/.exec(lines[asked.seen]?.text ?? '')?.[1];
    for (const part of list?.split(',') ?? []) {
      const [low = Number.NaN, high = low] = part.split('-').map(Number);
      for (let cpu = low; cpu <= high && asked.cpus.size < 8192; cpu++) asked.cpus.add(cpu);
    }
  }
  return asked.cpus.delete(Number(/\d+/.exec(text)?.[0]));
}

/** Time that passes without progress: kernel/rcu/tree_stall.h, kernel/watchdog.c, kernel/hung_task.c, kernel/workqueue.c; dumps by sysrq. */
export const stall: Family = {
  name: 'stall',
  openers: [
    { text: 'INFO: rcu_', form: 'rcu', at: 'message' },
    { text: 'INFO: rcu ', form: 'rcu', at: 'message' },
    { text: 'INFO: RCU detected', form: 'rcu' }, // until 2.6.36
    { text: 'INFO: task ', form: 'hung', test: isHung },
    { text: 'INFO: task ', form: 'blocker', test: (t) => !isHung(t) && t.includes(' blocked on a') },
    { text: 'BUG: soft lockup', form: 'soft', at: 'message' },
    { text: 'BUG: workqueue lockup', form: 'workqueue', at: 'message' },
    { text: 'Watchdog detected hard LOCKUP', form: 'hard', at: 'message' },
    { text: 'watchdog: CPU', form: 'hard', test: (t) => t.includes('LOCKUP') },
    { text: 'BUG: NMI Watchdog detected LOCKUP', form: 'hard' },
    // Lines of a report that another one began to print into: kernel/rcu says its name since 4.19, lib/nmi_backtrace.c whom it asked.
    { text: 'rcu: ', form: 'rcu-line', test: (t) => RCU_LINE.test(t) },
    { text: 'NMI backtrace for cpu ', form: 'backtrace' },
    { text: 'sysrq: ', form: 'sysrq', test: (t) => LISTS.test(t) },
    { text: 'SysRq : ', form: 'sysrq', test: (t) => LISTS.test(t) },
    { text: 'sysrq: ', form: 'sysrq-action', test: (t) => ACTS.test(t) },
    { text: 'SysRq : ', form: 'sysrq-action', test: (t) => ACTS.test(t) },
  ],
  forms: [
    { name: 'rcu', spread: true, absorbs: ['stall/rcu'] },
    { name: 'hung', spread: true, absorbsAlways: ['sanitizer/rule'] },
    { name: 'blocker', joinsOnly: true, needs: 'nothing' },
    { name: 'rcu-line', joinsOnly: true, resumes: true, needs: 'nothing' },
    { name: 'backtrace', joinsOnly: true, resumes: true, needs: 'nothing' },
    { name: 'soft', spread: true },
    { name: 'hard', spread: true, absorbs: ['stall/hard'] },
    { name: 'workqueue', spread: true, needs: 'nothing', absorbsAlways: ['stall/workqueue'] },
    { name: 'sysrq', spread: true, needs: 'nothing', absorbsAlways: ['sanitizer/rule'] },
    { name: 'sysrq-action', single: true, needs: 'nothing' },
  ],
  joins: (head, line, lines) => {
    if (head.name === 'stall/rcu-line') return /INFO: (?:rcu|RCU)[_ ]/.test(lines[0]?.text ?? '') ? true : undefined;
    if (head.name === 'stall/backtrace') return awaits(lines, line.text) ? true : undefined;
    if (head.name !== 'stall/blocker') return undefined;
    const who = /^INFO: task (.*?:\d+) (?:<\w+> |is )?blocked on a/.exec(line.text)?.[1];
    return who !== undefined && (lines[0]?.text.includes(`INFO: task ${who} `) ?? false) ? true : undefined;
  },
  continues: (text, lines) => {
    const line = text.trimStart();
    return WATCHDOGS.test(line) || DUMPS.test(line) || WORKQUEUES.test(line) || (SYSRQ.test(line) && LISTS.test(lines[0]?.text ?? ''));
  },
};
