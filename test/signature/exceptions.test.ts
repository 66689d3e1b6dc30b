// One test an exception: what it is there for; and names that look alike and are somebody's code.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { machineryOf } from '../../src/signature/culprit.ts';
import { EXCEPTIONS } from '../../src/signature/exceptions.ts';

for (const { role, pattern, example } of EXCEPTIONS) {
  test(`${role}: ${example}`, () => {
    assert.ok(pattern.test(example), `${example} is not matched`);
    assert.ok(machineryOf(`${example}.isra.0`).has(role), `${[...machineryOf(example)]}`);
  });
}

test("a pattern that fits somebody's own code does not count where the tree knows better", () => {
  for (const symbol of ['bitmap_get_stats', 'bitmap_ip_add', 'clear_bitset', 'kfree_sgl', 'lockdep_set_quota_inode', 'free_page_table'])
    assert.is(machineryOf(symbol).size, 0, `${symbol} is ${[...machineryOf(symbol)]}`);
});

test("subsystems' functions are nobody's machinery", () => {
  for (const symbol of [
    'driver_xyz_process',
    'tcp_ack',
    'ext4_writepages',
    'vfs_write',
    'xfs_buf_ioend',
    'nvme_queue_rq',
    'ip6_fragment',
    'kvm_vcpu_ioctl',
    'copy_process',
    'memory_failure',
    'panic_write',
    'list_sort_cmp',
    'do_filp_open',
    'usb_disconnect',
    'snd_pcm_lib_write',
  ])
    assert.is(machineryOf(symbol).size, 0, symbol);
});

test.run();
