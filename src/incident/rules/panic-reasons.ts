import type { KindName } from '../../event/kinds.ts';

/** What panic() says, and what follows from it: which reports may have led to it, and which setting made it a panic. */
export interface PanicReason {
  readonly reason: RegExp;
  /** Reports that lead to this panic; empty where the reason is all there is. */
  readonly from: readonly KindName[];
  /** Seconds from the report to the panic at most. */
  readonly within: number;
  /** The setting without which the machine would have gone on. */
  readonly policy?: string;
  /** The verdict's words. */
  readonly says: string;
}

/** In order: the first that matches counts. Each names the function that calls panic() so. */
export const PANIC_REASONS: readonly PanicReason[] = [
  // drivers/base/power/main.c dpm_watchdog_handler()
  {
    reason: /: unrecoverable failure/,
    from: ['hung-task'],
    within: 10,
    says: 'the kernel panicked, as a driver did not finish suspend or resume in time (CONFIG_DPM_WATCHDOG)',
  },
  // arch/s390/kernel/traps.c kernel_stack_overflow()
  {
    reason: /^Corrupt kernel stack/,
    from: ['stack-overflow'],
    within: 10,
    says: 'the kernel panicked, as it cannot go on without its stack',
  },
  // arch/parisc/kernel/traps.c parisc_terminate()
  {
    reason: /^(?:Kernel Fault|Bad Address \(null pointer deref\?\)|Page fault: bad address)/,
    from: ['death'],
    within: 10,
    says: 'the kernel panicked, as parisc does on each fault of its own',
  },
  // die(), oops_end(): in_interrupt() leaves no task to kill.
  {
    reason: /Fatal exception in interrupt/,
    from: ['death'],
    within: 10,
    says: 'the kernel panicked, as there is no task to kill in interrupt context',
  },
  {
    reason: /Fatal exception/,
    from: ['death'],
    within: 10,
    policy: 'panic_on_oops',
    says: 'the kernel panicked because panic_on_oops is set',
  },
  // kernel/exit.c do_exit(), make_task_dead()
  {
    reason: /^Aiee, killing interrupt handler/,
    from: ['death'],
    within: 10,
    says: 'the kernel panicked, as an interrupt handler cannot be killed',
  },
  {
    reason: /^Attempted to kill the idle task/,
    from: ['death'],
    within: 10,
    says: 'the kernel panicked, as the idle task cannot be killed',
  },
  {
    reason: /^Attempted to kill init/,
    from: ['death', 'oom-killer', 'user-fault'],
    within: 10,
    says: 'the kernel panicked because init (pid 1) had died',
  },
  // Lustre lbug_with_loc()
  {
    reason: /^LBUG/,
    from: ['kernel-bug'],
    within: 10,
    policy: 'panic_on_lbug',
    says: 'the kernel panicked because panic_on_lbug is set',
  },
  // kernel/hung_task.c
  {
    reason: /hung_task: /,
    from: ['hung-task'],
    within: 30,
    policy: 'hung_task_panic',
    says: 'the kernel panicked because hung_task_panic is set',
  },
  // kernel/watchdog.c
  {
    reason: /softlockup: hung tasks/,
    from: ['soft-lockup'],
    within: 30,
    policy: 'softlockup_panic',
    says: 'the kernel panicked because softlockup_panic is set',
  },
  {
    reason: /hard LOCKUP/i,
    from: ['hard-lockup', 'soft-lockup'],
    within: 30,
    policy: 'hardlockup_panic',
    says: 'the kernel panicked because hardlockup_panic is set',
  },
  // kernel/rcu/tree_stall.h panic_on_rcu_stall()
  {
    reason: /RCU Stall/,
    from: ['rcu-stall'],
    within: 30,
    policy: 'panic_on_rcu_stall',
    says: 'the kernel panicked because panic_on_rcu_stall is set',
  },
  {
    reason: /panic_on_stall|workqueue lockup/i,
    from: ['workqueue-lockup'],
    within: 30,
    policy: 'workqueue.panic_on_stall',
    says: 'the kernel panicked because workqueue.panic_on_stall is set',
  },
  // kernel/panic.c check_panic_on_warn(), mm/kasan/report.c
  {
    reason: /panic_on_warn set/,
    from: ['complaint'],
    within: 10,
    policy: 'panic_on_warn',
    says: 'the kernel panicked because panic_on_warn is set',
  },
  {
    reason: /kasan\.fault=panic set/,
    from: ['kasan'],
    within: 10,
    policy: 'kasan.fault=panic',
    says: 'the kernel panicked because kasan.fault=panic is set',
  },
  {
    reason: /kmsan\.panic set/,
    from: ['kmsan'],
    within: 10,
    policy: 'kmsan.panic',
    says: 'the kernel panicked because kmsan.panic is set',
  },
  // mm/oom_kill.c check_panic_on_oom(), out_of_memory()
  {
    reason: /compulsory panic_on_oom/,
    from: ['oom-killer'],
    within: 60,
    policy: 'panic_on_oom',
    says: 'the kernel panicked because panic_on_oom is 2',
  },
  {
    reason: /panic_on_oom/,
    from: ['oom-killer'],
    within: 60,
    policy: 'panic_on_oom',
    says: 'the kernel panicked because panic_on_oom is set',
  },
  {
    reason: /deadlocked on memory|no killable processes/,
    from: ['oom'],
    within: 600,
    says: 'the kernel panicked, as no process was left to kill',
  },
  // drivers/tty/sysrq.c sysrq_handle_crash(), since 5.0
  { reason: /sysrq triggered crash/i, from: ['sysrq'], within: 10, says: 'the kernel was crashed on purpose through SysRq-c' },
  // arch/x86/kernel/nmi.c
  {
    reason: /^NMI: Not continuing/,
    from: ['nmi', 'hardware-error'],
    within: 10,
    policy: 'unknown_nmi_panic',
    says: 'the kernel panicked on an NMI because unknown_nmi_panic or panic_on_unrecovered_nmi is set',
  },
  {
    reason: /NMI IOCK error/,
    from: ['nmi', 'hardware-error'],
    within: 10,
    policy: 'panic_on_io_nmi',
    says: 'the kernel panicked on an I/O check NMI because panic_on_io_nmi is set',
  },
  { reason: /\bNMI\b/, from: ['hardware'], within: 10, says: 'the kernel panicked in an NMI' },
  // arch/x86/kernel/cpu/mce/core.c mce_panic()
  // arch/parisc/kernel/traps.c parisc_terminate() panics with the head of its own report
  {
    reason: /^High Priority Machine Check/,
    from: ['trap'],
    within: 10,
    says: 'the kernel panicked on the machine check',
  },
  {
    reason: /machine check|broadcast exception handler|Uncorrected hardware|Processor context corrupt/i,
    from: ['hardware'],
    within: 60,
    says: 'the kernel panicked on the machine check',
  },
  // drivers/acpi/apei/ghes.c, arch/arm64 arm64_serror_panic(), drivers/pci/pcie
  {
    reason: /hardware error|SError|AER|EDAC|uncorrectable|memory error|synchronous external abort/i,
    from: ['hardware'],
    within: 60,
    says: 'the kernel panicked on the hardware error',
  },
  // fs/ext4/super.c ext4_handle_error(); fs/jbd2, btrfs_panic(), fs/fat
  {
    reason: /panic forced after error|panic from previous error|^GFS2: fsid=\S+: panic requested/,
    from: ['disk'],
    within: 600,
    policy: 'errors=panic',
    says: 'the kernel panicked because the file system is set to errors=panic',
  },
  {
    reason: /^(?:EXT[234]-fs|BTRFS|XFS|FAT-fs|F2FS|UBIFS|GFS2|ocfs2|REISERFS)\b/i,
    from: ['disk'],
    within: 600,
    says: 'the file system panicked the kernel',
  },
  // drivers/md/dm-verity-target.c verity_handle_err(), verity_end_io()
  {
    reason: /^dm-verity device (?:corrupted|has I\/O error)/,
    from: ['block-error'],
    within: 60,
    policy: 'panic_on_corruption',
    says: 'the kernel panicked, as dm-verity is set to panic_on_corruption',
  },
  // fs/ocfs2/cluster/quorum.c o2quo_fence_self()
  {
    reason: /ocfs2 is very sorry to be fencing this system/,
    from: [],
    within: 0,
    says: 'OCFS2 fenced the machine, as it had lost the cluster or its heartbeat disk',
  },
  {
    reason: /Unable to mount root|No working init|Requested init/i,
    from: ['disk'],
    within: 300,
    says: 'the kernel panicked, as it could not start user space',
  },
  { reason: /stack.protector|stack is corrupted/i, from: [], within: 0, says: 'a stack canary was overwritten and the kernel panicked' },
  {
    reason: /stack overflow|corrupted stack end|bad stack/i,
    from: ['stack-overflow'],
    within: 10,
    says: 'the kernel panicked over the overrun stack',
  },
  // watchdog drivers' pretimeout governor; drivers/watchdog/softdog.c; Qualcomm's and Samsung's drivers of Android
  {
    reason: /softdog|pre-?timeout|Software Watchdog|Watchdog Bark/i,
    from: ['stuck', 'hardware-error'],
    within: 120,
    says: 'a watchdog panicked the kernel',
  },
];

/** The entry for what panic() said. */
export const panicReason = (said: string): PanicReason | undefined => PANIC_REASONS.find(({ reason }) => reason.test(said));
