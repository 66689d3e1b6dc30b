import type { Machinery } from '../event/facts/draft.ts';

/** A rule of the skip list: symbols (without compiler suffixes) that only carry out or report what their caller did wrong. */
export interface SkipRule {
  readonly kind: Machinery;
  /** Anchored at both ends. */
  readonly pattern: RegExp;
  /** A symbol it is there for, which the tests check. */
  readonly example: string;
  /** A symbol that looks alike and is somebody's code, where that is close. */
  readonly not?: string;
}

const rule = (kind: Machinery, pattern: RegExp, example: string, not?: string): SkipRule => ({
  kind,
  pattern: new RegExp(`^(?:${pattern.source})$`),
  example,
  ...(not === undefined ? {} : { not }),
});

/** What is no culprit, by kind of machinery. Names hold for the releases in which the function exists; they are never reused. */
export const SKIP_RULES: readonly SkipRule[] = [
  // mm/kasan, mm/kmsan, kernel/kcsan, mm/kfence, lib/ubsan.c and the compilers' callbacks into them.
  rule(
    'sanitizer',
    /_*k[amc]san_\w+|_*hwasan_\w+|kasan_\w+|print_address_description|print_report|print_error_description|describe_\w+|do_tag_check_fault|do_tag_recovery|end_report_async|kmemleak_(?:alloc|free)\w*|_*create_object|__hwasan_\w+|__hwasan_check_\w+|stack_trace_\w+|_*set_page_owner\w*|_*reset_page_owner\w*|print_hex_dump\w*|hex_dump_to_buffer|hex_string|kasan_\w+/,
    'kasan_report',
    'kallsyms_expand_symbol_xyz',
  ),
  rule(
    'sanitizer',
    /_*asan_\w+|__hwasan_\w+|_*tsan_\w+|_*msan_\w+|_*sanitizer_\w+|__ubsan_\w+|ubsan_\w+|val_to_string|handle_overflow|__sancov\w*/,
    '__asan_load8',
  ),
  rule(
    'sanitizer',
    /check_memory_region(?:_inline)?|memory_is_(?:poisoned|nonzero)\w*|check_region_inline|check_inlined_region|check_access|end_report|start_report|object_err_kasan|ksan_\w+|kmsan_\w+/,
    'check_memory_region',
  ),
  rule('sanitizer', /_*kfence_\w+|kfence_\w+|check_canary(?:_byte)?|for_each_canary|__kcsan_\w+|kcsan_\w+/, 'kfence_report_error'),
  rule(
    'sanitizer',
    /poison_slab_object|__slab_free_check|quarantine_\w+|save_stack(?:_info)?|set_track|stack_trace_save|save_stack_trace|stack_depot_\w+|track_obj_freeing/,
    'save_stack',
  ),
  rule(
    'sanitizer',
    /report_\w*(?:infoleak|uninit)\w*|__msan_\w+|ubsan_epilogue|ubsan_prologue|instrument_\w+|check_data_access/,
    'ubsan_epilogue',
  ),
  // lib/dump_stack.c and what the architectures walk the stack with.
  rule(
    'dump',
    /_*dump_stack(?:_lvl)?|show_stack(?:_log_lvl|_regs)?|dump_backtrace\w*|unwind_backtrace|show_trace_log_lvl|arch_stack_walk\w*|walk_stackframe|c_backtrace|show_regs(?:_print_info)?|__show_regs|sched_show_task|show_data|print_trace|dump_page|__dump_page/,
    'dump_stack_lvl',
  ),
  // kernel/panic.c and lib/bug.c: WARN and BUG.
  rule(
    'warn',
    /_*warn(?:_slowpath\w*|_printk|ing|_slowpath)?|__warn_flushing_systemwide_wq|report_bug|__report_bug|handle_bug|fixup_bug|__warn_\w+|warn_bogus_irq_restore|check_panic_on_warn|warn_slowpath_\w+|report_bug_entry|bug_handler|call_break_hook|brk_handler|ud2_handler|is_valid_bugaddr|_*WARN\w*|bug_brk_handler|handle_break|handle_bug_trap|early_brk64|do_break|kgdb_\w+|panic_bad_stack|handle_bad_stack|__bad_stack|stack_overflow_\w+/,
    '__warn',
    'warn_user_xyz',
  ),
  rule(
    'panic',
    /panic|vpanic|nmi_panic|__stack_chk_fail|panic_on_\w+|stack_chk_fail_local|warn_on_panic|crash_kexec|_*crash_kexec\w*|schedule_debug/,
    'panic',
    'panic_write',
  ),
  rule(
    'die',
    /_*die(?:_\w+)?|__die_body|oops_(?:begin|end|exit|enter)|do_exit|make_task_dead|rewind_stack_(?:and_make_dead|do_exit)|machine_kexec|__do_kernel_fault|die_kernel_fault|no_context|__bad_area\w*|bad_area\w*|bad_area_nosemaphore|page_fault_oops|kernelmode_fixup_or_oops|pgtable_bad|kernel_bad_stack|bad_kernel_fault|bad_page_fault|__bad_page_fault|show_fault_oops|df_debug|handle_stack_overflow|handle_bad_stack|exit_to_kernel_mode/,
    'page_fault_oops',
    'diet_mode',
  ),
  // Exception entry: what the CPU ran because of the fault.
  rule(
    'trap',
    /(?:asm_)?exc_\w+|do_error_trap|do_invalid_op|invalid_op|do_trap\w*|error_entry|error_code|do_general_protection|general_protection|do_page_fault|__do_page_fault|___do_page_fault|page_fault|async_page_fault|do_async_page_fault|trace_do_page_fault|exc_page_fault|do_kern_addr_fault|do_user_addr_fault|handle_page_fault|do_int3|int3|do_debug|debug|do_divide_error|divide_error|double_fault|do_double_fault|do_stack_segment|stack_segment|alignment_check|do_alignment_check|common_exception|xen_\w*(?:hypervisor_callback)|ret_from_exception/,
    'asm_exc_page_fault',
  ),
  rule(
    'trap',
    /do_(?:DataAbort|PrefetchAbort|undefinstr|mem_abort|translation_fault|sea|sp_pc_abort|debug_exception|el1_\w+|undef\w*|bad|bad_area|alignment\w*|sect_fault|exception|page_fault|trap_\w+|entInt|entMM|entArith|be|ade|ri|bp|tr|cpu|IRQ)|__(?:dabt|pabt|und|irq|fiq)_(?:svc|usr|invalid)|el1_?(?:sync|irq|da|ia|undef|dbg|abort|error|fiq|brk64)\w*|el1[ht]_64_\w+|handle_bad_stack|bad_el[01]_\w+|el[01]_interrupt|el[01]_\w*(?:pc|sp)\w*|__el1_\w+/,
    'el1h_64_sync_handler',
  ),
  rule(
    'trap',
    /data_access_common(?:_virt)?|instruction_access_common\w*|data_storage_common\w*|program_check_common\w*|program_check_exception|unrecoverable_exception|handle_exception|handle_kernel_image_map|pgm_check_handler|__do_pgm_check|do_pgm_check|do_report_trap|kernel_stack_overflow|do_protection_exception|do_dat_exception|hash__do_page_fault|do_hash_fault|bad_stack_\w+|emergency_stack_\w+/,
    'program_check_exception',
  ),
  // Memory allocators: what they trip over was damaged, or asked for, by their callers.
  rule(
    'allocator',
    /_*k(?:v)?[mczr]alloc\w*|kfree(?:_\w+)?|__kfree\w*|kzfree|kvfree\w*|_*kmem_cache_\w+|krealloc\w*|__do_k\w*alloc\w*|___?slab_alloc|slab_\w+|__slab_\w+|new_slab|allocate_slab|alloc_slab_page|cache_alloc\w*|cache_free\w*|cache_grow\w*|get_partial\w*|get_freepointer\w*|freelist_\w+|do_slab_free|free_to_partial_list|memcg_slab_\w+|alloc_from_\w+pcs|free_to_pcs|sock_kz?malloc|sock_wmalloc|sk_prot_alloc|__alloc_skb|alloc_skb\w*|kmalloc_reserve|pskb_expand_head|warn_alloc|filemap_alloc_folio\w*|_*page_pool_\w*alloc\w*|__page_cache_alloc\w*|_*filemap_get_folio\w*|pagecache_get_page|page_cache_alloc\w*|alloc_empty_file|(?:_*netdev|dev|napi|__dev|__napi)_alloc_skb\w*|alloc_skb_\w+/,
    'kmem_cache_alloc_node',
    'kmem_xyz',
  ),
  rule(
    'allocator',
    /_*v(?:m|z)alloc\w*|vfree\w*|__vunmap|__vmalloc_\w+|vm_area_alloc|_*alloc_pages?\w*|alloc_(?:large|small|fresh)_\w+|get_page_from_freelist|__free_pages\w*|free_pages?(?:_\w+)?|_*get_free_pages\w*|get_zeroed_page\w*|__page_frag_\w+|page_frag_\w+|prep_new_page|post_alloc_hook|__rmqueue\w*|rmqueue\w*|alloc_frozen_pages\w*|___?kmalloc_large_node\w*|_*folio_alloc\w*|pcpu_alloc\w*|__alloc_percpu\w*|free_percpu|mempool_\w+|dma_pool_\w+|devm_k[mz]alloc\w*|kstrdup\w*|kmemdup\w*|kstrndup|memdup_user\w*|__alloc_frozen_pages\w*|__alloc_pages_\w+|alloc_pages_\w+/,
    '__alloc_pages_nodemask',
    'alloc_netdev_mqs',
  ),
  rule(
    'slab',
    /object_err|slab_err|slab_bug|print_trailer|slab_fix|check_(?:object|slab|bytes\w*|pad_bytes|bytes_and_report)|on_freelist|free_debug_processing|alloc_debug_processing|alloc_single_from_\w+|free_consistency_checks|__?slab_error|slab_pad_check|list_slab_objects|free_partial|__kmem_cache_(?:shutdown|release)|check_valid_pointer|shutdown_cache|slab_free_hook|init_object|validate_slab\w*|kfree_rcu\w*|free_large_kmalloc/,
    'check_bytes_and_report',
  ),
  rule(
    'page',
    /bad_page\w*|_*free_pages?_(?:prepare|ok|check|is_bad|bulk)\w*|free_pages_prepare|check_(?:new|free)_pages?\w*|free_pcp\w*|free_unref_page\w*|free_unref_folios|free_pcppages_bulk|check_new_page_bad|free_page_is_bad_report|page_bad_reason|print_bad_pte\w*|print_bad_page_map|vm_normal_(?:page|folio)|zap_\w+|unmap_\w+|free_pgtables|free_reserved_area|free_frozen_pages?\w*|__free_frozen_pages|free_unref_\w+|__?free_one_page|free_the_page|free_transhuge_page|release_pages|free_pages_and_swap_cache|tlb_\w+|free_huge_page|_*folio_put\w*|put_page|_*put_page\w*|__folio_freeze|free_page_and_swap_cache|free_swap_cache|lru_add_drain\w*/,
    'bad_page',
  ),
  // Locks: taking a broken or freed lock is the taker's doing.
  rule(
    'lock',
    /_*raw_(?:spin|read|write)_\w+|_*(?:arch_|do_raw_|native_|queued_|ticket_|_)?(?:spin|read|write)_(?:lock|unlock|trylock|can_lock)\w*|queued_(?:spin|read|write)_\w+|native_queued_\w+|pv_queued_\w+|__pv_queued_\w+|_?_?spin_\w+|do_raw_\w+|kvm_wait|kvm_spinlock_\w+|pv_wait\w*|virt_spin_lock/,
    '_raw_spin_lock_irqsave',
  ),
  rule(
    'lock',
    /_*lock_(?:acquire|release|acquired|contended|is_held\w*|set_class|repin|pin|downgrade|sync)\w*|lockdep_\w+|__lockdep_\w+|check_(?:prev\w*|noncircular\w*|deadlock|flags|wait_context|chain\w*|irq_usage|usage\w*|lock\w*|path|preemption\w*|init\w*)|check_prevs_add|validate_chain|mark_lock\w*|mark_held_locks|mark_usage|print_(?:usage_bug|circular\w*|deadlock_bug|bad_\w+|irq\w*|lock\w*|unlock\w*|freed\w*|kernel_ident|held\w*|bfs\w*|collision)\w*|register_lock_class|look_up_lock_class|assign_lock_key|valid_state|add_lock_to_list|reacquire_held_locks|find_held_lock|trace_(?:hard|soft)irqs_\w+|debug_check_no_(?:locks_\w+|obj\w*)|__bfs|class_initialized|save_trace|alloc_list_entry/,
    'lock_acquire',
  ),
  rule(
    'lock',
    /_*mutex_(?:lock|unlock|trylock|optimistic\w*|spin\w*|lock_\w+|unlock_\w+)\w*|__mutex_\w+|down(?:_\w+)?|up(?:_(?:read|write))?|__down\w*|__up\w*|rwsem_\w+|percpu_(?:down|up)_\w+|__percpu_down_\w+|_*rt_mutex_\w+|rtlock_\w+|__rt_\w*lock\w*|rwbase_\w+|ww_mutex_\w+|__ww_mutex_\w+|seqcount_\w+|osq_lock|semaphore_\w+|debug_mutex_\w+|debug_spin_\w+|debug_write_\w+|debug_rwlock_\w+|spin_bug|spin_dump|rwlock_bug|__spin_lock_debug|class_(?:mutex|spinlock|rwsem)\w+|lock_timer_base|folio_(?:un)?lock\w*|_*unlock_page\w*|complete(?:_all)?|__might_\w+|wait_for_(?:completion|common)\w*|__wait_for_common|do_wait_for_common|swake_up\w*/,
    '__mutex_lock',
  ),
  rule(
    'lock',
    /_*local_(?:bh|irq)_\w+|__local_bh_\w+|_local_bh_enable|preempt_(?:enable|disable|schedule)\w*|__preempt_count_\w+|trace_preempt_\w+|rcu_read_(?:lock|unlock)\w*|__rcu_read_\w+|rcu_lock_\w+|bit_spin_lock|hlist_bl_lock|cgroup_lock|seqprop_\w+|lockref_\w+|down_\w+|debug_lockdep_rcu_enabled|debug_locks_off\w*/,
    '__local_bh_enable_ip',
  ),
  // rust/helpers: C functions that Rust code calls; core and alloc report and allocate for whoever called them.
  rule(
    'helper',
    /rust_helper_\w+|<?(?:core|alloc|kernel)::.*|rust_(?:panic|begin_unwind)\w*/,
    'rust_helper_BUG',
    '<rust_binder::process::Process>::update_ref',
  ),
  // What takes locks on its caller's behalf; guilty elsewhere (a socket that was freed is lock_sock's find), never of a lock's rule.
  rule(
    'locking',
    /lock_sock\w*|release_sock|hlock_class|_*atomic_dec_and_\w*lock\w*|\w*_?rt_mutex\w*|check_preemption_disabled|debug_smp_processor_id|__this_cpu_preempt_check|raw_spin_rq_\w+|mmap_(?:read|write)_lock\w*/,
    'lock_sock_nested',
    'rtnl_lock',
  ),
  rule(
    'list',
    /_*list_(?:add|del|move|splice|replace|empty|cut)\w*|__list_\w+|hlist_(?:add|del|move)\w*|__hlist_\w+|hlist_bl_\w+|hlist_nulls_\w+|plist_(?:add|del|check)\w*|llist_\w+|klist_(?:add|del|put|release|node)\w*|_?_?rb_(?:erase|insert|next|prev|first|last|replace|link)\w*|rb_\w+_cached|__rb_\w+|rb_set_\w+|skb_(?:panic|over_panic|under_panic|put|push|pull)|timerqueue_(?:add|del)_checked|assertfail|assfail|\w+_assert_?fail|asserts_fail/,
    '__list_del_entry_valid',
  ),
  rule(
    'refcount',
    /_*refcount_\w+|_*atomic\w*_(?:read|set|add|sub|inc|dec|and|or|xor|fetch|xchg|cmpxchg|long|try|cond)\w*|(?:arch_|raw_)?atomic(?:64|_long)?_\w+|kref_\w+|__refcount_\w+|ref_tracker_\w+|_*(?:test_and_)?(?:set|clear|change|test)_bit\w*|arch_test_bit|__fget\w*_ref|kobject_(?:get|put)|get_device|put_device|_*xchg|_*cmpxchg\w*|variable_test_bit|const(?:ant)?_test_bit|__read_once_size\w*|__write_once_size\w*|_test_bit/,
    'refcount_warn_saturate',
    'refill_stock',
  ),
  rule(
    'list',
    /_*kobject_(?:add|del|init|set|create|cleanup|release|uevent)\w*|device_(?:del|unregister|add|register|initialize|private_init)|get_device_parent|usb_(?:submit|kill|poison|unpoison|unlink|free)_urb|usb_(?:control|bulk|interrupt)_msg\w*|usb_start_wait_urb|usb_internal_control_msg|usb_hcd_(?:submit|unlink)_urb|rollback_registered\w*|unregister_netdevice_(?:many|queue)|dput|fast_dput|klist_\w+|proc_register|_*proc_(?:create|mkdir)\w*|create_proc_\w+/,
    'kobject_add_internal',
  ),
  rule(
    'string',
    /_*mem(?:cpy|set|move|cmp|chr|scan|dup|zero|copy)\w*|__?asan_mem\w+|_*str(?:n|l|s|r)?(?:len|cpy|cat|cmp|chr|str|scpy|case\w*|sep|spn|pbrk|dup|nlen|ncmp|im)\w*|bcmp|strscpy\w*|sized_str\w+|rep_(?:movs|stos)\w*|clear_page\w*|copy_page\w*|copy_mc_\w+|__memcpy_\w+|fortify_panic|__fortify_\w+|crc32\w*|_*find_(?:next|first|last)_(?:and_|zero_|or_)?bit\w*|_find_\w+bit\w*|bitmap_\w+|__bitmap_\w+|__ffs|hweight\w*|_*sw_hweight\w*|string|string_nocheck|vsnprintf|snprintf|sprintf|scnprintf|vscnprintf|kvasprintf\w*|kasprintf|number|pointer|format_decode|crc\w*|\w*_indirect_thunk\w*|retpoline\w*|ip_fast_csum|csum_\w+|xxh\w+|siphash\w*|jhash\w*|cpumask_\w+|_*cpumask_next\w*/,
    '__memcpy',
    'memory_failure',
  ),
  rule(
    'usercopy',
    /usercopy_abort|check_heap_object|__check_heap_object|__check_object_size|check_object_size|report_usercopy|check_bogus_address|check_page_span|check_kernel_text_object|check_stack_object/,
    '__check_object_size',
  ),
  rule(
    'usercopy',
    /_*copy_(?:to|from|in)_(?:user|kernel|iter|page)\w*|_*copy_(?:user|page)_\w+|copyin|copyout|copy_user_generic\w*|raw_copy_\w+|__arch_copy_\w+|_*(?:get|put)_user\w*|__(?:get|put)_user_\w+|csum_partial_\w+|probe_kernel_(?:read|write)|copy_overflow|check_copy_size|instrument_copy_\w+|iterate_\w+|simple_copy_to_iter|_copy_\w+iter\w*|copyout_\w+|__kmsan_\w+|copy_compat_\w+|cp_new_stat\w*|import_iovec|hash_and_copy\w*/,
    '_copy_to_iter',
    'copy_process',
  ),
  rule(
    'printk',
    /_*printk\w*|v?printk_\w+|_printk|vprintk\w*|console_(?:unlock|flush\w*|trylock|emit\w*|lock\w*|device)?|call_console_drivers|wake_up_klogd|pr_(?:info|err|warn|emerg|cont|notice|crit|alert)\w*|serial8250_console_\w+|univ8250_console_write|wait_for_xmitr|io_serial_(?:in|out)|dev_(?:err|warn|info|printk\w*|emerg|crit|alert|notice|vprintk\w*)|_dev_\w+|__dev_printk|__dynamic_\w+|netdev_(?:err|warn|info|printk)|nbcon_\w+/,
    'vprintk_emit',
    'console_device_init',
  ),
  rule(
    'debugobjects',
    /_*debug_(?:object|print_object|check_no_obj\w*|objects?)\w*|__debug_\w+|debug_(?:timer|hrtimer|work|rcu\w*)\w*|lookup_object\w*|(?:timer|work|hrtimer|rcuhead|percpu_counter)_(?:fixup|is_static)\w*|timer_fixup_\w+|stub_timer|try_to_grab_pending|timer_(?:is_static|debug)\w*|_*(?:del|mod|add|try_to_del|init|delete|timer_delete)_?timer\w*|detach_(?:if_pending|timer)|debug_assert_init|debug_activate|debug_deactivate|hrtimer_(?:cancel|init|start\w*|try_to_cancel)|_*timer_delete\w*|cancel_(?:delayed_)?work\w*|__cancel_work\w*|flush_work\w*|__flush_work|work_grab_pending|destroy_work_on_stack|(?:INIT|init)_(?:delayed_)?work|__init_work|queue_(?:delayed_)?work\w*|__queue_(?:delayed_)?work|mod_delayed_work_on|call_rcu\w*|__call_rcu\w*|insert_work\w*|sk_(?:stop|reset)_timer\w*|delayed_work_timer_fn/,
    'debug_print_object',
  ),
  // Scheduling and waiting: where a blocked task always is.
  rule(
    'sched',
    /_*schedule(?:_\w+)?|__schedule\w*|context_switch|__switch_to\w*|io_schedule\w*|preempt_schedule\w*|__cond_resched\w*|_cond_resched|cond_resched|__might_(?:sleep|resched|fault)|___might_sleep|__?might_\w+|schedule_(?:timeout|preempt|hrtimeout|tail)\w*|dequeue_task_idle|preempt_schedule\w*|___preempt_schedule\w*|wait_woken|bit_wait\w*|__wait_on_bit\w*|out_of_line_wait_on_bit\w*|wait_on_\w+|prepare_to_wait\w*|finish_wait|do_nanosleep|msleep\w*|usleep\w*|__wait_on_buffer|wait_on_page_bit\w*|folio_wait_\w+|__lock_page\w*|__folio_lock\w*|__synchronize_\w+|swait_\w+|__swait\w*|autoremove_wake_function|flush_workqueue\w*|__flush_workqueue|drain_workqueue|kthread_(?:stop|park|flush_work\w*)|schedule_bug|__schedule_bug|jbd2_log_wait_commit_\w*|congestion_wait|_*wake_up\w*|try_to_wake_up|wake_up_process|default_wake_function|ttwu_\w+|sched_clock\w*/,
    '__schedule',
  ),
  rule(
    'rcu',
    /rcu_(?:dump|check|sched_clock|pending|stall|print|flavor|core|do_batch|gp|barrier|note|qs)\w*|print_(?:cpu|other_cpu)_stall\w*|check_cpu_stall|__wait_rcu_gp|wait_rcu_gp|wait_rcu_exp_gp|_*synchronize_(?:rcu|sched|srcu)_\w+|__rcu_\w+|invoke_rcu_\w+/,
    'rcu_dump_cpu_stacks',
  ),
  rule(
    'stall',
    /watchdog\w*|softlockup\w*|lockup_\w+|nmi_\w+|__nmi_\w+|nmi_cpu_backtrace\w*|(?:arch_)?trigger_\w+backtrace\w*|nmi_trigger_\w+|(?:hr|local_)?(?:timer|apic_timer|hrtimer)_interrupt\w*|tick_\w+|update_process_times|(?:__)?hrtimer_run_queues|__run_hrtimer|hrtimer_interrupt|sysvec_\w+|asm_sysvec_\w+|smp_apic_\w+|__sysvec_\w+|apic_timer_interrupt|__apic_\w+|run_on_irqstack\w*|asm_call_\w+|call_on_irqstack\w*|__run_on_irqstack|irq_exit\w*|__irq_exit\w*|invoke_softirq|do_softirq\w*|generic_handle_\w+|handle_(?:domain_)?irq\w*|handle_percpu_\w+|__handle_\w*irq\w*|gic_handle_irq|arch_timer_handler_\w+|check_hung_\w+|csd_lock_wait\w*|__csd_lock_wait|smp_call_function_(?:many|single)\w*|on_each_cpu\w*|csd_\w+|smp_call_function_many_cond|sched_tick|scheduler_tick|task_tick_\w+|__this_cpu_preempt_check|call_on_irq_stack|call_with_stack|do_softirq_own_stack|do_interrupt_handler|default_idle\w*|arch_cpu_idle|native_safe_halt|plpar_hcall\w*|__timer_delay|_*u?delay|_*const_u?delay|_*delay_\w+|delay_(?:tsc|halt)\w*|__loop_delay|[mu]delay|ndelay|cpu_relax|arch_timer_read_counter\w*|read_current_timer|ktime_get\w*|arch_counter_get\w*|timekeeping_get_\w+|read_hv_\w+|pvclock_\w+/,
    'watchdog_timer_fn',
  ),
  // The NMI by which the hard lockup detector and perf look in.
  rule(
    'stall',
    /_*perf_event_(?:overflow|nmi\w*)|\w+_pmu_handle_irq\w*|do_nmi|default_do_nmi|exc_nmi|end_repeat_nmi|asm_exc_nmi|nmi/,
    '__perf_event_overflow',
    'perf_event_mmap',
  ),
  // The way into the kernel: below it there is only user code or the start of a thread.
  rule(
    'entry',
    /entry_\w+|do_syscall_\w+|do_int80_\w+|__do_fast_syscall_32|do_fast_syscall_32|do_SYSENTER_32|ret_(?:from|to)_\w+|ret_fast_syscall|syscall_(?:trace|exit|enter)\w*|system_call\w*|el0_\w+|el0t_\w+|do_el0_svc|invoke_syscall|__sys_trace\w*|x64_sys_call|ia32_sys_call|syscall_return_via_sysret|kernel_thread_starter|__ret_from_fork|kthread|do_trap_ecall_u|__do_syscall|syscall_handle\w*|cpu_startup_entry|secondary_startup\w*|start_secondary|common_startup_64|__primary_switched/,
    'entry_SYSCALL_64_after_hwframe',
  ),
];

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
