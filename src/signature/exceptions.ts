import type { Machinery } from '../event/facts/draft.ts';

/** Names (without compiler suffixes) that only carry out or report what their caller did wrong, where roles/ cannot tell. */
export interface Exception {
  readonly role: Machinery;
  /** Anchored at both ends. */
  readonly pattern: RegExp;
  /** A symbol that it is there for, which the tests check. */
  readonly example: string;
}

const rule = (role: Machinery, pattern: RegExp, example: string): Exception => ({
  role,
  pattern: new RegExp(`^(?:${pattern.source})$`),
  example,
});

/**
 * What the table of functions (roles/) does not say: names of releases before 5.10, labels of assembler, macros, and functions of a
 * subsystem that act for its callers. Where a pattern fits somebody's own code as well, the table says `own`, and that counts.
 */
export const EXCEPTIONS: readonly Exception[] = [
  // mm/kasan, mm/kmsan, kernel/kcsan, mm/kfence, lib/ubsan.c and the compilers' callbacks into them, as older releases named them.
  rule(
    'sanitizer',
    /_*k[amc]san_\w+|kasan_\w+|describe_\w+|end_report_async|__hwasan_check_\w+|stack_trace_\w+|_*sanitizer_\w+/,
    'kasan_report',
  ),
  rule(
    'sanitizer',
    /__sancov\w*|check_inlined_region|check_access|object_err_kasan|ksan_\w+|kmsan_\w+|_*kfence_\w+|kfence_\w+/,
    'kmsan_print_origin',
  ),
  rule('sanitizer', /_*(?:asan|msan|tsan|hwasan|ubsan|sanitizer)_\w+/, '__asan_report_load8_noabort'),
  rule('string', /\w*_indirect_thunk\w*|crc(?:8|16|32|64)/, '__x86_indirect_thunk_rax'),
  rule('sanitizer', /kcsan_\w+|__slab_free_check|save_stack(?:_info)?|track_obj_freeing|report_\w*(?:infoleak|uninit)\w*/, 'save_stack'),
  rule('sanitizer', /instrument_\w+|check_data_access/, 'instrument_read'),
  // What the architectures walk and print a stack with.
  rule('dump', /dump_backtrace\w*|unwind_backtrace|c_backtrace|show_trace_log_lvl|_*dump_stack\w*/, 'dump_backtrace'),
  rule(
    'dump',
    /show_stack(?:_log_lvl|_regs)?|dump_cpu_task|walk_stackframe|show_regs(?:_print_info)?|__show_regs|sched_show_task|show_data/,
    'show_stack',
  ),
  // kernel/panic.c and lib/bug.c: WARN and BUG, and the traps that they are made of.
  rule('warn', /_*warn(?:_slowpath\w*|_printk|ing|_slowpath)?|fixup_bug|__warn_\w+|call_break_hook|brk_handler|ud2_handler/, '__warn'),
  rule('warn', /handle_bug_trap|do_break/, 'do_break'),
  rule('panic', /panic_on_\w+|stack_chk_fail_local|warn_on_panic|_*crash_kexec\w*|schedule_debug/, 'crash_kexec_prepare_cpus'),
  // The end of the task, and of the machine.
  rule('die', /_*die(?:_\w+)?|do_exit|make_task_dead|machine_kexec|df_debug|exit_to_kernel_mode/, 'do_exit'),
  // Exception entry: what the CPU ran because of the fault. Assembler labels and macros, which the table does not see.
  rule(
    'trap',
    /(?:asm_)?exc_\w+|do_invalid_op|invalid_op|error_code|do_general_protection|general_protection|do_page_fault/,
    'do_page_fault',
  ),
  rule(
    'trap',
    /page_fault|async_page_fault|do_async_page_fault|trace_do_page_fault|handle_page_fault|int3|divide_error/,
    'handle_page_fault',
  ),
  rule(
    'trap',
    /double_fault|do_double_fault|do_stack_segment|stack_segment|alignment_check|do_alignment_check|common_exception/,
    'do_double_fault',
  ),
  rule('trap', /xen_\w*(?:hypervisor_callback)|ret_from_exception/, 'ret_from_exception'),
  rule(
    'trap',
    /do_(?:DataAbort|PrefetchAbort|undefinstr|mem_abort|translation_fault|sea|sp_pc_abort|debug_exception|el1_\w+|undef\w*)/,
    'do_DataAbort',
  ),
  rule(
    'trap',
    /do_(?:bad|bad_area|alignment\w*|sect_fault|exception|page_fault|trap_\w+|entInt|entMM|entArith|be|ade|ri|bp|tr|cpu|IRQ)/,
    'do_page_fault',
  ),
  rule('trap', /__(?:dabt|pabt|und|irq|fiq)_(?:svc|usr|invalid)|el1_?(?:sync|irq|da|ia|undef|dbg|abort|error|fiq|brk64)\w*/, '__dabt_usr'),
  rule('trap', /el1[ht]_64_\w+|el[01]_interrupt|el[01]_\w*(?:pc|sp)\w*|__el1_\w+|data_access_common(?:_virt)?/, 'data_access_common_virt'),
  rule('trap', /instruction_access_common\w*|data_storage_common\w*|program_check_common\w*|handle_exception/, 'handle_exception'),
  rule('trap', /handle_kernel_image_map|do_pgm_check|do_hash_fault|bad_stack_\w+|emergency_stack_\w+/, 'emergency_stack_init'),
  // Allocators that subsystems keep for their callers: socket buffers, pages of the network, files.
  rule('allocator', /_*k(?:v)?[mczr]alloc\w*|kfree(?:_\w+)?|__kfree\w*|kzfree|kvfree\w*|_*kmem_cache_\w+|krealloc\w*|slab_\w+/, 'slab_err'),
  rule(
    'allocator',
    /__slab_\w+|cache_alloc\w*|cache_free\w*|freelist_\w+|alloc_from_\w+pcs|sock_(?:kz?|w|o)malloc|sk_prot_alloc|sock_alloc_send_p?skb/,
    '__slab_err',
  ),
  rule(
    'allocator',
    /__alloc_skb|alloc_skb\w*|kmalloc_reserve|pskb_expand_head|skb?_page_frag_refill|_*page_pool_\w*alloc\w*|alloc_empty_file/,
    '__alloc_skb',
  ),
  rule(
    'allocator',
    /(?:_*netdev|dev|napi|__dev|__napi)_alloc_skb\w*|alloc_skb_\w+|_*v(?:m|z)alloc\w*|vfree\w*|vm_area_alloc/,
    '__vmalloc_node_range',
  ),
  rule(
    'allocator',
    /_*alloc_pages?\w*|alloc_(?:large|small|fresh)_\w+|__free_pages\w*|free_pages?(?:_\w+)?|page_frag_\w+/,
    '__alloc_pages_nodemask',
  ),
  rule('allocator', /alloc_frozen_pages\w*|_*folio_alloc\w*|pcpu_alloc\w*|mempool_\w+|alloc_pages_\w+/, 'alloc_pages_vma'),
  rule('allocator', /consume_skb|sk_skb_reason_drop|napi_consume_skb|_*dev_kfree_skb_\w+/, 'dev_kfree_skb_any_reason'),
  rule('slab', /slab_err|check_(?:object|slab|bytes\w*|pad_bytes|bytes_and_report)|kfree_rcu\w*/, 'slab_err'),
  rule(
    'page',
    /_*free_pages?_(?:prepare|ok|check|is_bad|bulk)\w*|print_bad_pte\w*|print_bad_page_map|vm_normal_(?:page|folio)/,
    'free_page_is_bad_report',
  ),
  rule(
    'page',
    /free_pgtables|free_reserved_area|free_transhuge_page|free_pages_and_swap_cache|free_huge_page|_*folio_put\w*/,
    '__folio_put',
  ),
  rule('page', /_*put_page\w*|__folio_freeze|free_page_and_swap_cache|free_swap_cache/, 'put_pages_list'),
  // Locks of older releases, and what waits or disables for its caller outside kernel/locking.
  rule('lock', /_*raw_(?:spin|read|write)_\w+/, '_raw_spin_unlock_irqrestore'),
  rule(
    'lock',
    /_*(?:arch_|do_raw_|native_|queued_|ticket_|_)?(?:spin|read|write)_(?:lock|unlock|trylock|can_lock)\w*/,
    'queued_spin_lock_slowpath',
  ),
  // locks of guests, which wait in the hypervisor
  rule(
    'lock',
    /_*pv_(?:queued_spin_\w+|wait\w*|kick\w*)|(?:xen|hv|kvm)_(?:qlock_\w+|lock_spinning|kick_cpu)|xen_poll_irq|xen_poll_irq_timeout/,
    '__pv_queued_spin_lock_slowpath',
  ),
  rule('lock', /queued_(?:spin|read|write)_\w+|_?_?spin_\w+|do_raw_\w+|kvm_wait|kvm_spinlock_\w+|lockdep_\w+/, 'queued_spin_lock_slowpath'),
  rule(
    'lock',
    /check_(?:prev\w*|noncircular\w*|deadlock|flags|wait_context|chain\w*|irq_usage|usage\w*|lock\w*|path|preemption\w*|init\w*)/,
    'check_noncircular',
  ),
  rule(
    'lock',
    /print_(?:usage_bug|circular\w*|deadlock_bug|bad_\w+|irq\w*|lock\w*|unlock\w*|freed\w*|kernel_ident|held\w*|bfs\w*|collision)\w*/,
    'print_usage_bug',
  ),
  rule('lock', /valid_state|trace_(?:hard|soft)irqs_\w+|class_initialized/, 'trace_hardirqs_on_caller'),
  rule('lock', /_*mutex_(?:lock|unlock|trylock|optimistic\w*|spin\w*|lock_\w+|unlock_\w+)\w*|down(?:_\w+)?/, '__mutex_lock'),
  rule(
    'lock',
    /up(?:_(?:read|write))?|__down\w*|rwsem_\w+|_*rt_mutex_\w+|semaphore_\w+|debug_rwlock_\w+|__spin_lock_debug/,
    'rwsem_down_read_slowpath',
  ),
  rule('lock', /class_(?:mutex|spinlock|rwsem)\w+|lock_timer_base|folio_(?:un)?lock\w*|_*unlock_page\w*|complete(?:_all)?/, 'complete'),
  rule('lock', /__might_\w+|wait_for_(?:completion|common)\w*|__wait_for_common|do_wait_for_common|swake_up\w*/, 'wait_for_common'),
  rule(
    'lock',
    /_*local_(?:bh|irq)_\w+|__local_bh_\w+|_local_bh_enable|preempt_(?:enable|disable|schedule)\w*|trace_preempt_\w+/,
    'preempt_schedule_common',
  ),
  rule('lock', /rcu_read_(?:lock|unlock)\w*|__rcu_read_\w+|rcu_lock_\w+|seqprop_\w+|down_\w+/, 'down_read'),
  // rust/helpers: C functions that Rust code calls; core and alloc report and allocate for whoever called them.
  rule('helper', /rust_helper_\w+|<?&?(?:core|alloc|kernel|__rustc)::.*|rust_(?:panic|begin_unwind)\w*/, 'rust_helper_BUG'),
  // What takes locks on its caller's behalf; guilty elsewhere (a socket that was freed is lock_sock's find), never of a lock's rule.
  rule(
    'locking',
    /lock_sock\w*|release_sock|hlock_class|_*atomic_dec_and_\w*lock\w*|\w*_?rt_mutex\w*|check_preemption_disabled/,
    'check_preemption_disabled',
  ),
  rule(
    'locking',
    /debug_smp_processor_id|__this_cpu_preempt_check|raw_spin_rq_\w+|mmap_(?:read|write)_lock\w*/,
    '__this_cpu_preempt_check',
  ),
  // Lists and trees that compilers outline, and objects that are dropped for their holder.
  rule('list', /_*list_(?:add|del|move|splice|replace|empty|cut)\w*|__list_\w+|hlist_(?:add|del|move)\w*|llist_\w+/, '__list_add_valid'),
  rule('list', /_?_?rb_(?:erase|insert|next|prev|first|last|replace|link)\w*|rb_set_\w+/, 'rb_next'),
  rule('list', /skb_(?:panic|over_panic|under_panic|put|push|pull)|timerqueue_(?:add|del)_checked|assertfail|assfail/, 'skb_pull'),
  rule('list', /\w+_assert_?fail|asserts_fail|rollback_registered\w*|unregister_netdevice_(?:many|queue)|dput|fast_dput/, 'dput'),
  // told to remove a name, it complains where there is none; told to make one, it allocates
  rule('device-core', /kernfs_remove_by_name_ns|_*kernfs_new_node|_*kernfs_create_\w+/, 'kernfs_remove_by_name_ns'),
  rule('list', /klist_\w+|_*proc_(?:create|mkdir)\w*/, 'klist_put'),
  rule(
    'refcount',
    /_*refcount_\w+|_*atomic\w*_(?:read|set|add|sub|inc|dec|and|or|xor|fetch|xchg|cmpxchg|long|try|cond)\w*/,
    'refcount_warn_saturate',
  ),
  rule(
    'refcount',
    /(?:arch_|raw_)?atomic(?:64|_long)?_(?!open$|pool_)\w+|kref_\w+|_*(?:test_and_)?(?:set|clear|change|test)_bit\w*|__fget\w*_ref/,
    'test_and_clear_bit',
  ),
  rule('refcount', /_*cmpxchg\w*|__read_once_size\w*|__write_once_size\w*/, '__read_once_size_nocheck'),
  rule('string', /_*mem(?:cpy|set|move|cmp|chr|scan|dup|zero|copy)\w*/, '__memset'),
  rule('string', /_*str(?:n|l|s|r)?(?:len|cpy|cat|cmp|chr|str|scpy|case\w*|sep|spn|pbrk|dup|nlen|ncmp|im)\w*|strscpy\w*/, 'strscpy'),
  rule('string', /clear_page\w*|copy_mc_\w+|__memcpy_\w+|__fortify_\w+|crc32\w*/, 'clear_page_erms'),
  rule('string', /_*find_(?:next|first|last)_(?:and_|zero_|or_)?bit\w*|_find_\w+bit\w*|hweight\w*|vsnprintf|snprintf|sprintf/, 'vsnprintf'),
  rule('string', /number|retpoline\w*|siphash\w*|cpumask_\w+/, 'cpumask_local_spread'),
  rule(
    'usercopy',
    /report_usercopy|_*copy_(?:to|from|in)_(?:user|kernel|iter|page)\w*|_*copy_(?:user|page)_(?!range)\w+|copyin|copyout/,
    '_copy_to_user',
  ),
  rule(
    'usercopy',
    /_*(?:get|put)_user\w*|__(?:get|put)_user_\w+|csum_partial_\w+|probe_kernel_(?:read|write)|simple_copy_to_iter/,
    '__get_user_pages',
  ),
  rule('usercopy', /_copy_\w+iter\w*|copyout_\w+|__kmsan_\w+|copy_compat_\w+|cp_new_stat\w*|import_iovec|hash_and_copy\w*/, 'cp_new_stat'),
  rule('printk', /_*printk\w*|v?printk_\w+|pr_(?:info|err|warn|emerg|cont|notice|crit|alert)\w*|serial8250_console_\w+/, '_printk'),
  rule('printk', /univ8250_console_write|wait_for_xmitr|io_serial_(?:in|out)|_dev_\w+|netdev_(?:err|warn|info|printk)/, '_dev_info'),
  // What TRACE_EVENT() makes: it records for whoever passes the tracepoint.
  rule(
    'helper',
    /(?:do_)?(?:perf_trace|trace_event_raw_event)_\w+|__(?:traceiter|probestub|bpf_trace)_\w+|bpf_trace_run\d+/,
    '__traceiter_kfree',
  ),
  // Caches of CPUs, which the DMA API keeps in order for drivers.
  rule('helper', /arch_sync_dma_\w+/, 'arch_sync_dma_for_cpu'),
  // Timers, work and RCU heads: what checks and arms them for their owner.
  rule(
    'debugobjects',
    /debug_(?:timer|hrtimer|work|rcu\w*)\w*|(?:timer|work|hrtimer|rcuhead|percpu_counter)_(?:fixup|is_static)\w*/,
    'work_is_static_object',
  ),
  rule('debugobjects', /_*timer_shutdown\w*|timer_reduce|hrtimer_active/, 'timer_shutdown_sync'),
  rule('debugobjects', /timer_fixup_\w+|stub_timer|timer_(?:is_static|debug)\w*/, 'timer_fixup_init'),
  rule(
    'debugobjects',
    /_*(?:del|mod|add|try_to_del|init|delete|timer_delete)_?timer\w*|detach_(?:if_pending|timer)|debug_assert_init/,
    'add_timer',
  ),
  rule(
    'debugobjects',
    /debug_activate|debug_deactivate|hrtimer_(?:cancel|init|start\w*|try_to_cancel)|_*timer_delete\w*|flush_work\w*/,
    'hrtimer_start_range_ns',
  ),
  rule(
    'debugobjects',
    /(?:INIT|init)_(?:delayed_)?work|queue_(?:delayed_)?work\w*|call_rcu\w*|__call_rcu\w*|sk_(?:stop|reset)_timer\w*/,
    '__call_rcu',
  ),
  // Those who want to hear of something are called for whoever did it.
  rule('work', /_*call_\w*notifiers?(?:_\w+)?|\w+_notifier_call_chain/, 'call_netdevice_notifiers_info'),
  // What drivers call of files that are otherwise nobody's layer: the hubs of USB, the loader of firmware, device dumps and nodes.
  rule(
    'device-core',
    /usb_reset_device|usb_queue_reset_device|usb_set_device_state|usb_(?:un)?locked_(?:en|dis)able_lpm|usb_enable_lpm|usb_disable_lpm/,
    'usb_reset_device',
  ),
  rule(
    'device-core',
    /usb_enable_ltm|usb_disable_ltm|usb_hub_clear_tt_buffer|usb_hub_find_child|usb_root_hub_lost_power/,
    'usb_enable_ltm',
  ),
  rule(
    'device-core',
    /request_firmware|request_firmware_(?:direct|nowait|into_buf)|firmware_request_\w+|release_firmware|firmware_upload_(?:un)?register/,
    'request_firmware',
  ),
  rule('device-core', /dev_coredump(?:v|m|sg|_put)|devtmpfs_create_node|devtmpfs_delete_node|devtmpfs_submit_req/, 'devtmpfs_create_node'),
  // Scheduling and waiting: where a blocked task always is.
  rule('sched', /_*schedule(?:_\w+)?|__schedule\w*|context_switch|__switch_to\w*|io_schedule\w*|preempt_schedule\w*/, 'schedule_tail'),
  rule(
    'sched',
    /__cond_resched\w*|_cond_resched|cond_resched|__might_(?:sleep|resched|fault)|___might_sleep|__?might_\w+/,
    '___might_sleep',
  ),
  rule(
    'sched',
    /schedule_(?:timeout|preempt|hrtimeout|tail)\w*|dequeue_task_idle|___preempt_schedule\w*|wait_woken|bit_wait\w*/,
    'schedule_tail',
  ),
  rule('sched', /__wait_on_bit\w*|out_of_line_wait_on_bit\w*|wait_on_\w+|prepare_to_wait\w*|finish_wait|do_nanosleep|msleep\w*/, 'msleep'),
  rule(
    'sched',
    /usleep\w*|__wait_on_buffer|wait_on_page_bit\w*|folio_wait_\w+|__lock_page\w*|__folio_lock\w*|__synchronize_\w+/,
    '__wait_on_buffer',
  ),
  rule('sched', /swait_\w+|__swait\w*|autoremove_wake_function|flush_workqueue\w*|__flush_workqueue|drain_workqueue/, 'flush_workqueue'),
  rule(
    'sched',
    /kthread_(?:stop|park|flush_work\w*)|schedule_bug|__schedule_bug|jbd2_log_wait_commit_\w*|congestion_wait/,
    '__schedule_bug',
  ),
  rule('sched', /_*wake_up\w*|try_to_wake_up|wake_up_process|default_wake_function|ttwu_\w+|sched_clock\w*/, 'default_wake_function'),
  rule('rcu', /rcu_(?:dump|check|sched_clock|pending|stall|print|flavor|core|do_batch|gp|barrier|note|qs)\w*/, 'rcu_gp_kthread'),
  rule('rcu', /print_(?:cpu|other_cpu)_stall\w*|check_cpu_stall|__wait_rcu_gp|wait_rcu_gp|wait_rcu_exp_gp/, 'print_other_cpu_stall'),
  rule('rcu', /_*synchronize_(?:rcu|sched|srcu)_\w+|__rcu_\w+|invoke_rcu_\w+/, 'synchronize_rcu_expedited'),
  // Interrupts, softirqs and IPIs by which somebody looks in on a CPU.
  rule(
    'stall',
    /watchdog\w*|softlockup\w*|lockup_\w+|nmi_\w+|__nmi_\w+|nmi_cpu_backtrace\w*|(?:arch_)?trigger_\w+backtrace\w*/,
    'nmi_cpu_backtrace',
  ),
  rule(
    'stall',
    /nmi_trigger_\w+|(?:hr|local_)?(?:timer|apic_timer|hrtimer)_interrupt\w*|tick_\w+|update_process_times/,
    'nmi_trigger_cpumask_backtrace',
  ),
  rule(
    'stall',
    /(?:__)?hrtimer_run_queues|__run_hrtimer|hrtimer_interrupt|sysvec_\w+|asm_sysvec_\w+|smp_apic_\w+|__sysvec_\w+/,
    '__hrtimer_run_queues',
  ),
  rule(
    'stall',
    /apic_timer_interrupt|__apic_\w+|run_on_irqstack\w*|asm_call_\w+|call_on_irqstack\w*|__run_on_irqstack/,
    'apic_timer_interrupt',
  ),
  rule('stall', /irq_exit\w*|__irq_exit\w*|invoke_softirq|do_softirq\w*|generic_handle_\w+|handle_(?:domain_)?irq\w*/, 'handle_irq_desc'),
  rule(
    'stall',
    /handle_percpu_\w+|__handle_\w*irq\w*|gic_handle_irq|arch_timer_handler_\w+|check_hung_\w+|csd_lock_wait\w*/,
    'handle_percpu_devid_irq',
  ),
  rule(
    'stall',
    /__csd_lock_wait|smp_call_function_(?:many|single)\w*|on_each_cpu\w*|csd_\w+|smp_call_function_many_cond/,
    'smp_call_function_single',
  ),
  rule('stall', /sched_tick|scheduler_tick|task_tick_\w+|__this_cpu_preempt_check|call_on_irq_stack|call_with_stack/, 'call_with_stack'),
  rule(
    'stall',
    /do_softirq_own_stack|do_interrupt_handler|default_idle\w*|arch_cpu_idle|native_safe_halt|plpar_hcall\w*/,
    'default_idle_call',
  ),
  rule(
    'stall',
    /__timer_delay|_*u?delay|_*const_u?delay|_*delay_\w+|delay_(?:tsc|halt)\w*|__loop_delay|[mu]delay|ndelay/,
    '__delay_cycles',
  ),
  rule(
    'stall',
    /cpu_relax|arch_timer_read_counter\w*|read_current_timer|ktime_get\w*|arch_counter_get\w*|timekeeping_get_\w+/,
    'arch_timer_read_counter_long',
  ),
  rule('stall', /read_hv_\w+|pvclock_\w+|_*perf_event_(?:overflow|nmi\w*)|\w+_pmu_handle_irq\w*|do_nmi|default_do_nmi|exc_nmi/, 'exc_nmi'),
  rule('stall', /end_repeat_nmi|asm_exc_nmi|nmi/, 'end_repeat_nmi'),
  rule('stall', /(?:xen|kvm|hyperv|vmware)_hypercall\w*|hv_do_(?:fast_)?hypercall\w*/, 'xen_hypercall_sched_op'),
  // The way into the kernel: below it there is only user code or the start of a thread.
  rule(
    'entry',
    /entry_\w+|do_syscall_\w+|do_int80_\w+|__do_fast_syscall_32|do_fast_syscall_32|do_SYSENTER_32|ret_(?:from|to)_\w+/,
    'ret_from_fork',
  ),
  // interrupts enter the kernel as well: what they interrupted did not call them
  rule(
    'entry',
    /(?:asm_|__)?sysvec_\w+|(?:asm_)?common_interrupt|(?:smp_)?apic_timer_interrupt|__irq_(?:svc|usr)/,
    'sysvec_reschedule_ipi',
  ),
  rule('entry', /ret_fast_syscall|syscall_(?:trace|exit|enter)\w*|system_call\w*|el0_\w+|el0t_\w+|do_el0_svc|_*invoke_syscall/, 'el0_da'),
  rule(
    'entry',
    /__sys_trace\w*|x64_sys_call|ia32_sys_call|syscall_return_via_sysret|kernel_thread_starter|__ret_from_fork/,
    '__ret_from_fork',
  ),
  rule('entry', /kthread|do_trap_ecall_u|__do_syscall|syscall_handle\w*|cpu_startup_entry|secondary_startup\w*|start_secondary/, 'kthread'),
  rule('entry', /common_startup_64|__primary_switched/, '__primary_switched'),
];

/**
 * Functions of allocators that work off what everybody left behind: nobody handed them the object that they stumbled over, and whoever
 * happened to call them is not to blame.
 */
export const ON_OWN_ACCOUNT =
  /^(?:_*purge_vmap_area_lazy|_*purge_vmap_\w+|drain_vmap_area_work|try_purge_vmap_area_lazy|cache_reap|drain_freelist)$/;

/** Machinery that is skipped in every report; scheduling, RCU and stall glue only where the report is about waiting. */
export const DEFAULT_MACHINERY: readonly Machinery[] = [
  'sanitizer',
  'die',
  'trap',
  'warn',
  'dump',
  'panic',
  'allocator',
  'slab',
  'page',
  'lock',
  'list',
  'refcount',
  'string',
  'usercopy',
  'printk',
  'debugobjects',
  'container',
  'helper',
  'device-core',
  'work',
  'object',
];
