// The table of functions and their roles: what it says, that it is sorted (it is searched by halves), and what it must not hold.
import { brotliDecompressSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { machineryOf } from '../../src/signature/culprit.ts';
import { FUNCTIONS } from '../../src/signature/roles/functions.ts';
import { roleInTree } from '../../src/signature/roles/table.ts';

const text = brotliDecompressSync(Buffer.from(FUNCTIONS, 'base64')).toString('latin1');
const lines = text.split('\n').slice(0, -1);

test('the table is sorted, each line a name and a letter', () => {
  assert.equal(
    lines.filter((line) => !/^[A-Za-z_]\w{2,} [a-z-]$/.test(line)),
    [],
  );
  const names = lines.map((line) => line.slice(0, -2));
  assert.ok(names.every((name, i) => i === 0 || (names[i - 1] as string) < name));
});

test('the first, the last and the middle of the table are found, and what stands between is not', () => {
  for (const line of [lines[0], lines.at(-1), lines[lines.length >> 1]]) {
    const name = line?.slice(0, -2) ?? '';
    assert.ok(roleInTree(name), name);
    assert.is(roleInTree(`${name}_xyz`), undefined);
  }
  for (const name of ['', 'A', '~', '0']) assert.is(roleInTree(name), undefined, name);
});

/** Function → role, one for each reason that the tree gives. */
const ROLES: readonly (readonly [string, string])[] = [
  ['kmem_cache_alloc', 'allocator'],
  ['rhashtable_lookup_fast', 'container'],
  ['xas_load', 'container'],
  ['sysfs_remove_group', 'device-core'],
  ['usb_kill_anchored_urbs', 'device-core'],
  ['kthread_stop', 'work'],
  ['__flush_work', 'work'],
  ['__mutex_lock', 'lock'],
  ['__list_del_entry_valid', 'list'],
  ['kasan_report', 'sanitizer'],
  ['page_fault_oops', 'trap'],
  ['drop_nlink', 'object'],
  ['vprintk_emit', 'printk'],
];
for (const [symbol, role] of ROLES)
  test(`${symbol}: ${role}`, () => assert.ok(machineryOf(symbol).has(role as never), `${[...machineryOf(symbol)]}`));

test("subsystems' own functions have no role, nor has a name that drivers share with the library", () => {
  for (const symbol of [
    'tcp_ack',
    'ext4_writepages',
    'nvme_queue_rq',
    'kvm_vcpu_ioctl',
    'timerqueue_del',
    'iov_iter_advance',
    'aead_recvmsg',
    'dev_queue_xmit',
    'usb_reset_device',
  ])
    assert.is(roleInTree(symbol), undefined, symbol);
});

test.run();
