import { named } from '../symbols.ts';

/** What each kind of function has to do with lost time. Data, with a test for every table. */

/** What stands before the name of a system call: SyS_ and SYSC_ until 4.16, the architectures' wrappers since, compat variants. */
const SYSTEM_CALL = '(?:_*(?:x64|ia32|arm64|s390x?|riscv|se|do)_(?:compat_)?sys_|_*(?:compat_|k)?sys_|(?:compat_)?SyS_|(?:C_)?SYSC_)';

/** Functions that call others through a pointer or a table: what they called is the operation. */
export const DISPATCHERS = named(
  // system calls, all architectures
  String.raw`do_syscall_\w+|do_int80_\w+|_*do_fast_syscall_32|entry_\w+|sysenter_\w+|tracesys\w*|cstar_\w+|stub_\w+|x64_sys_call|ia32_sys_call`,
  String.raw`invoke_syscall|el0_svc\w*|do_el0_svc|ret_fast_syscall|system_call\w*|syscall_common|handle_sys\w*`,
  'do_trap_ecall_u|_*do_syscall|ret_from_syscall',
  // system calls that hand on to what a file or socket does: not the call itself but what it called says what was done
  `${SYSTEM_CALL}(?:ioctl|(?:get|set)sockopt|sendm?msg|recvmsg|sendto|recvfrom|bind|connect|listen|accept4?)`,
  `${SYSTEM_CALL}(?:mmap(?:2|_pgoff)?|fsync|fdatasync|close|splice|sendfile(?:64)?|p?poll|getdents(?:64)?|fallocate|ftruncate(?:64)?|lseek)`,
  String.raw`\w+_compat_ioctl|sock_common_\w+|compat_sock_common_\w+|_*sock_(?:send|recv)msg\w*|sock_(?:read|write)_iter`,
  // files
  String.raw`_*vfs_(?:read|write|readv|writev|ioctl|fsync\w*|fallocate)|new_sync_(?:read|write)|do_iter_\w+`,
  String.raw`call_(?:read|write)_iter|do_vfs_ioctl|do_loop_\w+|iterate_dir|blkdev_ioctl|do_splice_\w+`,
  '__fput|task_work_run|do_dentry_open|vfs_open|mmap_region|__mmap_region',
  // files of proc, sysfs and debugfs: each by its own handler
  String.raw`proc_sys_call_handler|proc_reg_(?:read|write|unlocked_ioctl)\w*|kernfs_fop_(?:read|write)\w*|sysfs_kf_(?:seq_show|write)`,
  String.raw`(?:kobj|dev|drv|bus|class)_attr_(?:show|store)|full_proxy_(?:read|write|unlocked_ioctl)|cgroup_file_write|seq_read(?:_iter)?`,
  // network
  String.raw`_*netif_receive_skb\w*|_*napi_poll|net_rx_action|net_tx_action|dev_hard_start_xmit|xmit_one`,
  String.raw`netlink_dump|netlink_rcv_skb|nfnetlink_rcv_msg|rtnetlink_rcv_msg|genl_rcv_msg|genl_family_rcv_msg\w*`,
  // timers, softirqs, interrupts
  String.raw`call_timer_fn|expire_timers|_*run_hrtimer|_*hrtimer_run_queues|tasklet_action\w*|rcu_do_batch|_*irq_exit\w*`,
  'do_softirq|do_softirq_own_stack|run_ksoftirqd',
  '_*handle_irq_event_percpu|flush_smp_call_function_queue|generic_smp_call_function_single_interrupt|irq_work_single',
  // USB: what a driver does with a request that is done
  '_*usb_hcd_giveback_urb|usb_giveback_urb_bh',
  // threads
  String.raw`process_one_work|worker_thread|kthread|kthread_worker_fn|smpboot_thread_fn|_*ret_from_\w+|cpu_startup_entry`,
  'start_secondary|rest_init|kernel_init|do_one_initcall|call_usermodehelper_exec_async|io_wqe?_worker',
);

/** Page faults: what ran was interrupted by one of its own accesses, unless it was a program that ran. */
export const FAULTS = named('handle_mm_fault|__do_fault|exc_page_fault|do_user_addr_fault|do_page_fault|do_mem_abort');

/** System calls that repeat an operation up to 1,024 times in one call: the loop is theirs, whatever a message of it does. */
export const BATCHES = named('do_recvmmsg|__sys_(?:recv|send)mmsg');

/** Functions that print a dump: the interrupt that runs them interrupted somebody. */
export const DUMPERS = named(
  // stacks and registers
  String.raw`_*dump_stack\w*|show_stack\w*|dump_backtrace\w*|unwind_backtrace|show_regs\w*|__show_regs|_?sched_show_task`,
  // of other CPUs
  String.raw`dump_cpu_task|nmi_\w+|arch_trigger_\w+`,
  // stall detectors, watchdogs, panics
  String.raw`rcu_\w*(?:stall|dump|check_callbacks|sched_clock_irq)\w*|print_(?:other_)?cpu_stall|check_cpu_stall`,
  String.raw`watchdog_\w+|panic|__warn|show_workqueue_state|default_do_nmi|do_nmi|exc_nmi|vpanic|trigger_\w+`,
);

/** Where interrupts and NMIs enter the kernel. */
export const INTERRUPTS = named(
  // x86
  String.raw`(?:smp_|trace_|smp_trace_)*apic_timer_interrupt\w*|(?:asm_)?sysvec_\w+|asm_common_interrupt|common_interrupt`,
  'ret_from_intr|reschedule_interrupt|call_function_(?:single_)?interrupt|irq_work_interrupt',
  'asm_exc_nmi|end_repeat_nmi|nmi|repeat_nmi|first_nmi',
  // arm and arm64
  '__irq_svc|__irq_usr|__irq_invalid|el1_irq|el1h?_64_irq|el0t?_64_irq|el1_interrupt|el1h_64_irq_handler|el1h_64_irq',
  // powerpc, s390, riscv, loongarch, mips
  String.raw`timer_interrupt|hardware_interrupt_common\w*|decrementer_common\w*|do_irq_handler|ext_int_handler|do_ext_irq`,
  'io_int_handler|handle_riscv_irq|do_irq|handle_exception|ret_from_exception|handle_int|handle_loongarch_irq',
);

/** Functions that wait, sleep or take a lock for their caller. `rtnl_lock` is a place of its own: nearly all of networking meets there. */
export const WAITING = named(
  // the scheduler and its timers
  String.raw`_*schedule\w*|io_schedule\w*|_*preempt_schedule\w*|context_switch|__switch_to\w*|_*cond_resched\w*`,
  String.raw`do_nanosleep|hrtimer_nanosleep|msleep\w*|usleep\w*`,
  // kernel/locking and kernel/sched: whatever waits
  String.raw`\w*(?:wait|sleep)\w*|\w*completion\w*|\w*rwsem\w*|\w*semaphore\w*|_*down(?:_\w+)?|_*mutex_\w+`,
  String.raw`\w*(?:rt|ww)_?mutex\w*|\w*slowlock\w*|\w*slowpath\w*|percpu_down_\w+|rwbase_\w+`,
  // locks of any subsystem, by the kernel's habit of naming them
  String.raw`(?!rtnl_)\w*_(?:lock|trylock)(?:_\w+)?|lock_(?:sock|mount|page|buffer|kernel|rename|two_\w+|device_\w+)\w*`,
  String.raw`_*lock_\w*(?:page|folio|buffer)`,
  // for other code to end: work, RCU, threads, USB requests
  String.raw`_*cancel_(?:delayed_)?work\w*|_*flush_work\w*|(?:drain|destroy)_workqueue|_*rcu_barrier\w*|_*rcu_gp_\w*`,
  String.raw`kthread_(?:stop|park|flush\w*)|usb_(?:control|bulk|interrupt)_msg\w*|usb_start_\w+|usb_kill_urb|usb_poison_urb`,
  // for a disk; what is only measured or traced on the way
  String.raw`_*filemap_fdata\w*|fdatawait_\w+|bit_wait\w*|out_of_line_\w+|_*cpuhp_\w*lock|blk_execute_rq|submit_bio_wait`,
  String.raw`delayacct_\w+|kcov_\w+|finish_task_switch|ret_from_fork\w*|kthread|trace_\w+`,
  // spinlocks and lockdep; entry code of arm64
  String.raw`_*raw_(?:spin|read|write)_\w+|_*spin_(?:lock|unlock|trylock)\w*|lock_acquire|lock_release|__sched_\w+|el[01]\w+_\w+`,
);

/** Locks that compilers copy into the module that takes them. */
export const LOCK_COPIES = named(
  String.raw`_*(?:do_)?raw_(?:spin|read|write)_\w+|_*spin_(?:lock|unlock|trylock)\w*|_*mutex_(?:lock|unlock)\w*`,
  String.raw`_*(?:down|up)_(?:read|write)\w*|queued_\w+|arch_spin_\w+`,
);

/** Functions that take the lock of a wait queue or a completion for whoever wakes or waits there. */
export const QUEUES = named(
  String.raw`_*s?wake_up\w*|try_to_wake_up|complete(?:_all|_with_flags)?`,
  String.raw`_*(?:add|remove)_wait_queue\w*|prepare_to_s?wait\w*|finish_s?wait`,
);

/** Functions that spin until another CPU drops a lock, on bare metal and as guests of hypervisors. */
export const SPINNING = named(
  // kernel/locking, and the assembler of x86 until 3.x
  String.raw`\w*queued_\w+_slowpath|_*(?:read|write|spin)_lock_failed|_*ticket_spin_lock\w*`,
  String.raw`_*(?:do_)?(?:raw_)?(?:spin|read|write)_lock(?!_init|dep)\w*|arch_(?:spin|read|write)_(?:lock|relax)\w*`,
  String.raw`osq_lock|mutex_\w*spin\w*|rwsem_\w*(?:spin|slowpath)\w*`,
  // guests that give their time away: KVM, Xen, Hyper-V, pSeries
  String.raw`__pv_\w+|pv_wait\w*|kvm_wait|kvm_lock_spinning|xen_(?:qlock_wait|lock_spinning)|hv_qlock_wait`,
  String.raw`yield_to_(?:preempted|locked_owner|any)|splpar_(?:spin|rw)_yield|__spin_yield|__rw_yield`,
);

/** Families of functions that are one place under several names. `stall`: they count in a loop as well, not only where a task sleeps. */
export const ALIASES: readonly { readonly pattern: RegExp; readonly name: string; readonly stall: boolean }[] = [
  { pattern: /^_*synchronize_(?:rcu|sched|srcu)\w*$/, name: 'synchronize_rcu', stall: false },
  { pattern: /^_*smp_call_function(?:_\w+)?$/, name: 'smp_call_function', stall: true },
];
