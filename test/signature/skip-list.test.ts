// One test an entry of the skip list: what it is there for, and its neighbour that is somebody's code.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { machineryOf } from '../../src/signature/culprit.ts';
import { SKIP_RULES } from '../../src/signature/skip-list.ts';

for (const rule of SKIP_RULES) {
  test(`${rule.kind}: ${rule.example}`, () => {
    assert.ok(rule.pattern.test(rule.example), `${rule.example} is not matched`);
    assert.ok(machineryOf(`${rule.example}.isra.0`).has(rule.kind));
    if (rule.not !== undefined) assert.is(machineryOf(rule.not).size, 0, `${rule.not} is ${[...machineryOf(rule.not)]}`);
  });
}

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
