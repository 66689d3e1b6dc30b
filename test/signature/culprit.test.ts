// Who is guilty in stacks as the kernel's sources make them, one for each reason that passes a frame over.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Frame } from '../../src/event/event.ts';
import type { Naming } from '../../src/event/facts/draft.ts';
import { findCulprit } from '../../src/signature/culprit.ts';

/** Frames from the innermost on; `?` before a name: the unwinder is not sure; `0` behind it: the function behind a call that never returns. */
const framesOf = (stack: string): Frame[] =>
  stack.split(' ').map((word, i) => ({
    symbol: word.replace(/^\?|\+0$/g, ''),
    offset: word.endsWith('+0') ? 0 : 16 + i,
    size: 256,
    reliable: !word.startsWith('?'),
  }));
const culpritOf = (stack: string, naming: Partial<Naming> = {}) => findCulprit(framesOf(stack), { title: 'x in {f}', ...naming });

/** Guilty ← the stack. */
const GUILTY: readonly (readonly [string, string])[] = [
  ['ext4_evict_inode', 'xas_find find_lock_entries truncate_inode_pages_range truncate_inode_pages_final ext4_evict_inode evict'],
  ['rds_tcp_listen_stop', '__flush_work cancel_work_sync rds_tcp_listen_stop'],
  ['nf_tables_newrule', '__kmalloc_cache_noprof nf_tables_newrule nfnetlink_rcv_batch'],
  ['tcp_sendmsg_locked', '__alloc_pages skb_page_frag_refill sk_page_frag_refill tcp_sendmsg_locked tcp_sendmsg sock_sendmsg'],
  ['tun_chr_close', '__kfree_skb consume_skb tun_chr_close __fput task_work_run'],
  ['driver_xyz_exit', 'timer_shutdown_sync driver_xyz_exit __do_sys_delete_module'],
  ['driver_xyz_fault', 'trace_event_raw_event_kfree __traceiter_kfree kfree driver_xyz_fault'],
  // a driver that its bus unbinds, and what it hands to another subsystem
  ['driver_xyz_disconnect', 'kthread_stop hwrng_unregister driver_xyz_disconnect usb_unbind_interface device_release_driver_internal'],
  ['driver_xyz_remove', '__mutex_lock hwmon_device_unregister driver_xyz_remove pci_device_remove device_remove'],
  // the same function where it complains itself, where the caller is no driver's end, where it is the driver's own
  ['hwmon_device_unregister', 'hwmon_device_unregister driver_xyz_remove pci_device_remove device_remove'],
  ['input_unregister_device', 'kobject_put device_del input_unregister_device hidinput_disconnect hid_disconnect'],
  ['driver_xyz_unregister', '__mutex_lock driver_xyz_unregister driver_xyz_remove pci_device_remove device_remove'],
  // what only a bus or a program calls trips over its own; what drivers call of the same files is handed its object
  ['hub_quiesce', 'hub_quiesce hub_disconnect usb_unbind_interface device_release_driver_internal bus_remove_device device_del'],
  ['async_completed', 'memcpy async_completed __usb_hcd_giveback_urb usb_hcd_giveback_urb driver_xyz_timer'],
  ['fw_load_sysfs_fallback', '__list_del_entry_valid fw_load_sysfs_fallback _request_firmware request_firmware driver_xyz_probe'],
  ['driver_xyz_probe', 'kfree release_firmware driver_xyz_probe usb_probe_interface'],
  ['driver_xyz_resume', 'usb_reset_device driver_xyz_resume usb_resume_interface'],
  // what makes a socket's buffer makes it for whoever sends
  ['driver_xyz_sendmsg', 'kmem_cache_alloc_node __alloc_skb alloc_skb_with_frags sock_alloc_send_pskb driver_xyz_sendmsg sock_sendmsg'],
  // the core's, though some driver has a static function of the same name; a macro of a driver's that calls is no definition
  ['driver_xyz_get', 'mutex_lock regmap_lock_mutex regmap_read driver_xyz_get gpiod_get_value driver_xyz_irq'],
  ['driver_xyz_remove', 'device_release kobject_put put_device driver_xyz_remove driver_xyz_exit'],
  ['driver_xyz_shutdown', 'clk_core_disable clk_disable driver_xyz_shutdown uart_close'],
  ['driver_xyz_fill_super', 'call_rcu destroy_inode evict iput driver_xyz_fill_super get_tree_bdev'],
  ['driver_xyz_show', 'string_nocheck string vsnprintf seq_vprintf seq_printf driver_xyz_show seq_read_iter vfs_read'],
  // a label of arm's assembler, an alias of arm64's
  ['dma_unmap_page_attrs', 'dcache_inval_poc arch_sync_dma_for_cpu dma_unmap_page_attrs driver_xyz_poll'],
  ['driver_xyz_set_rate', 'dump_stack_lvl Ldiv0_64 driver_xyz_set_rate snd_pcm_hw_params'],
  ['dev_set_mtu_ext', 'notifier_call_chain raw_notifier_call_chain call_netdevice_notifiers_info dev_set_mtu_ext do_setlink'],
  // a page fault and a read hand on a call, no object: the layer that they called is at fault itself; its caller where one is known
  ['filemap_map_pages', 'filemap_map_pages do_fault_around do_read_fault handle_pte_fault __handle_mm_fault'],
  ['seq_read_iter', 'kfree seq_read_iter vfs_read ksys_read __x64_sys_read'],
  ['drbg_kcapi_random', 'mutex_lock drbg_kcapi_random vfs_read ksys_read __x64_sys_read'],
  ['proc_alloc_inode', 'kmem_cache_alloc proc_alloc_inode legacy_get_tree vfs_get_tree do_mount'],
  ['drbg_kcapi_random', 'mutex_lock drbg_kcapi_random do_vfs_ioctl ksys_ioctl __x64_sys_ioctl'],
  ['mpage_writepages', 'mpage_writepages do_writepages __writeback_single_inode writeback_sb_inodes'],
  ['driver_xyz_sign', 'memcpy crypto_shash_update driver_xyz_sign vfs_write ksys_write'],
  ['bcm_connect', 'proc_register proc_create_net_single bcm_connect __sys_connect'],
  // what headers inline today was a function of its own
  ['dev_queue_xmit', 'memcpy dev_queue_xmit driver_xyz_xmit sock_sendmsg'],
  ['driver_xyz_fault', 'filemap_fault driver_xyz_fault __do_fault do_read_fault handle_pte_fault'],
  ['__x64_sys_driver_xyz', 'kfree __x64_sys_driver_xyz do_syscall_64'],
  // nobody else holds what these walk
  ['qlist_free_all', '__memmove qlist_free_all kasan_quarantine_reduce __kasan_slab_alloc kmem_cache_alloc getname_flags'],
  ['__kernfs_remove', 'rb_erase __kernfs_remove kernfs_remove_by_name_ns sysfs_remove_group device_del driver_xyz_exit'],
  ['driver_xyz_probe', '__might_resched kmem_cache_alloc __kernfs_new_node kernfs_create_link sysfs_create_link driver_xyz_probe'],
  ['driver_xyz_exit', 'kernfs_remove_by_name_ns sysfs_remove_group device_del driver_xyz_exit'],
];
for (const [guilty, stack] of GUILTY) test(`${guilty} ← ${stack}`, () => assert.is(culpritOf(stack).frame?.symbol, guilty));

test('the function behind a call that never returns is not guilty, and an alternative', () => {
  const { frame, others } = culpritOf('fortify_panic driver_xyz_next+0 driver_xyz_copy do_one_initcall');
  assert.is(frame?.symbol, 'driver_xyz_copy');
  assert.ok(others.some(({ symbol }) => symbol === 'driver_xyz_next'));
});

test('what ran the stack out recurs where it ended, or is the operation, or recurs further out', () => {
  const guilty = (stack: string) => culpritOf(stack, { overflow: true }).frame?.symbol;
  const looping = 'driver_xyz_walk driver_xyz_walk driver_xyz_walk';
  assert.is(guilty(`memcpy ${looping} driver_xyz_ioctl`), 'driver_xyz_walk');
  assert.is(guilty(`is_bpf_text_address ${looping} driver_xyz_ioctl`), 'driver_xyz_ioctl');
  assert.is(guilty(`is_bpf_text_address ${looping}`), 'driver_xyz_walk');
  assert.is(guilty('is_bpf_text_address driver_xyz_walk'), 'is_bpf_text_address');
});

test('a stack without code of its own is asked after the other side', () => {
  const beside = framesOf('flush_workqueue driver_xyz_set worker_thread');
  assert.is(culpritOf('process_one_work worker_thread kthread', { beside }).frame?.symbol, 'driver_xyz_set');
  assert.is(culpritOf('process_one_work worker_thread kthread').frame?.symbol, 'process_one_work');
});

test('what was passed over first and last are alternatives, and how a task waits where that is its own function', () => {
  const symbols = (stack: string, naming: Partial<Naming> = {}) => culpritOf(stack, naming).others.map(({ symbol }) => symbol);
  assert.equal(symbols('kobject_put device_del usb_disable_device usb_disconnect driver_xyz_a driver_xyz_b'), [
    'driver_xyz_a',
    'usb_disable_device',
    'driver_xyz_b',
    'kobject_put',
  ]);
  const waits = (symbol: string) => symbols('driver_xyz_flush driver_xyz_close', { keep: 'all', called: framesOf(symbol)[0] });
  assert.equal(waits('driver_xyz_wait'), ['driver_xyz_close', 'driver_xyz_wait']);
  assert.equal(waits('__mutex_lock'), ['driver_xyz_close']);
});

test('a frame of which the unwinder is not sure is named where there is no better', () => {
  assert.is(culpritOf('?driver_xyz_a kfree driver_xyz_b').frame?.symbol, 'driver_xyz_b');
  assert.is(culpritOf('?driver_xyz_a dump_stack').frame?.symbol, 'driver_xyz_a');
});

test.run();
