import { type HeadRule, head } from '../call-trace/head.ts';

/** Since 4.19 every line of kernel/rcu begins with `rcu: `. */
export const RCU_HEADS: readonly HeadRule[] = [
  // kernel/rcu/tree_stall.h print_cpu_stall(), print_other_cpu_stall() (tree.c before 5.1); "RCU detected CPU 0 stall" until 2.6.36.
  head(
    'print_cpu_stall',
    /(?:rcu: )?INFO: (?:rcu|RCU|srcu)[_ ](?!grace)/,
    /INFO: (?<flavour>\w+) (?<type>self-detected) stall on CPU(?:\s*\{ ?(?<cpus>[\d ,-]*)\})?(?:\s*\(t=(?<jiffies>\d+) jiffies)?/,
    /INFO: (?<flavour>\w+) detected (?<type>expedited) stalls on CPUs\/tasks: \{(?<list>[^}]*)\} (?<jiffies>\d+) jiffies s: (?<sequence>\d+)/,
    /INFO: (?<flavour>\w+) detected stalls on (?<type>tasks):/,
    /INFO: (?<flavour>\w+) detected stalls? on (?<type>CPUs)\/tasks:(?:\s*\{ ?(?<cpus>[\d ,-]*)\})?(?:\s*\(detected by (?<detectedBy>\d+), t=(?<jiffies>\d+) jiffies)?/,
    /INFO: (?<flavour>\w+) detected (?:CPU (?<cpus>\d+) stall|stall on CPU (?<cpu>\d+)) \(t=(?<jiffies>\d+)/,
    /INFO: (?<flavour>\w+) stalled for (?<jiffies>\d+) jiffies/,
    /INFO: (?<flavour>\w+) /,
  ),
  // print_cpu_stall_info(): three state letters until 4.18, none until 3.15.
  head(
    'print_cpu_stall_info',
    /(?:rcu:[ \t]*)?\d+(?:-[.!?ONoxLd0-9]{3,4})?: \((?=\d+ (?:ticks|GPs))/,
    /(?<cpu>\d+)(?:-(?<flags>\S+))?: \((?<count>\d+) (?<unit>ticks this GP|GPs behind)\) idle=(?<idle>\S+)(?: softirq=(?<softirq>\d+)\/(?<softirqNow>\d+))?(?: fqs=(?<fqs>\d+))?/,
  ),
  // rcu_print_task_stall(), since 2.6.36: P pid, flags since 5.8.
  head('rcu_print_task_stall', /(?:rcu:[ \t]*)?Tasks blocked on level-\d+ rcu_node/, /\(CPUs (?<range>[\d-]+)\):(?<tasks>.*)/),
  head(
    'print_stall_totals',
    /(?:rcu:[ \t]*)?\((?:detected by \d+, )?t=\d+ jiffies/,
    /(?:detected by (?<detectedBy>\d+), )?t=(?<jiffies>\d+) jiffies,? g=(?<gp>-?\d+)(?:,? c=-?\d+)?,? q=(?<queued>\d+)(?: ncpus=(?<ncpus>\d+))?/,
  ),
  // rcu_check_gp_kthread_starvation(), since 3.15; rcu_check_gp_kthread_expired_fqs_timer(), since 5.11.
  head(
    'rcu_check_gp_kthread_starvation',
    /(?:rcu: )?rcu\w* kthread (?:starved|timer wakeup didn't happen) for /,
    /kthread (?<how>starved|timer wakeup didn't happen) for (?<jiffies>\d+) jiffies! g(?<gp>-?\d+).*? (?:(?<state>RCU_GP_\w+)\(\d+\)|s\d+) ->state=(?<taskState>0x[0-9a-f]+)(?: ->cpu=(?<cpu>-?\d+))?/,
    /kthread (?<how>starved) for (?<jiffies>\d+) jiffies/,
  ),
  head('rcu_gp_advice', /(?:rcu:[ \t]*)?(?:Unless rcu|Possible timer handling)/, /on cpu=(?<cpu>\d+)/),
  head('rcu_gp_kthread_dump', /(?:rcu:[ \t]*)?RCU grace-period kthread stack dump:/),
  head('rcu_gp_last_ran', /(?:rcu:[ \t]*)?(?:Stack dump where RCU GP kthread last ran|RCU GP kthread last ran on offline CPU)/),
  head(
    'print_all_qs_seen',
    /(?:rcu:[ \t]*)?All QSes seen, last /,
    /kthread activity (?<idle>\d+) \(.*root ->qsmask (?<qsmask>0x[0-9a-f]+)/,
  ),
  head('print_stall_ended', /(?:rcu: )?INFO: Stall ended before/, /(?<ended>Stall ended)/),
  // kernel/rcu/tree_exp.h synchronize_rcu_expedited_wait()
  head('print_blocking_nodes', /(?:rcu:[ \t]*)?blocking rcu_node structures/),
  // kernel/rcu/tasks.h check_holdout_task(), since 3.18
  head(
    'check_holdout_task',
    /[0-9a-f]{8,16}: [.NI]{2} nvcsw: /,
    /nvcsw: (?<nvcsw>\d+\/\d+) holdout: (?<holdout>\d+) idle_cpu: (?<idleCpu>-?\d+)(?:\/-?\d+)?(?: cpu (?<cpu>\d+))?/,
  ),
];
