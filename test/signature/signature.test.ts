// A signature is the same on every boot, and differs where the bug does.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bareSymbol, systemCall } from '../../src/signature/bare-symbol.ts';
import { eventsOf } from '../support/read-events.ts';

interface Boot {
  readonly address: string;
  readonly cpu: number;
  readonly pid: number;
  readonly offset: string;
  readonly suffix: string;
  readonly symbol?: string;
}

const log = ({
  address,
  cpu,
  pid,
  offset,
  suffix,
  symbol = 'driver_xyz_process',
}: Boot): string => `[    5.000001] BUG: kernel NULL pointer dereference, address: ${address}
[    5.000002] #PF: supervisor read access in kernel mode
[    5.000003] Oops: 0000 [#1] PREEMPT SMP NOPTI
[    5.000004] CPU: ${cpu} PID: ${pid} Comm: a${pid} Not tainted 6.1.0 #1
[    5.000005] RIP: 0010:${symbol}${suffix}+${offset}/0x120 [driver_xyz]
[    5.000006] Call Trace:
[    5.000007]  <TASK>
[    5.000008]  ? noise+0x1/0x2
[    5.000009]  driver_xyz_work${suffix}+${offset}/0x40 [driver_xyz]
[    5.000010]  process_one_work+${offset}/0x380
[    5.000011]  ret_from_fork+0x1/0x2
`;
const hashOf = (boot: Boot): string | undefined => eventsOf(log(boot))[0]?.signature?.hash;
const base: Boot = { address: '0000000000000010', cpu: 1, pid: 30, offset: '0x5a', suffix: '' };

test('addresses, CPUs, pids, offsets and compiler suffixes do not change it', () => {
  const hash = hashOf(base);
  assert.match(hash ?? '', /^[0-9a-f]{16}$/);
  for (const suffix of ['.isra.0', '.constprop.0', '.cold', '.part.7', '.llvm.123456', '.isra.0.cold', '']) {
    assert.is(hashOf({ address: '0000000000000018', cpu: 7, pid: 4123, offset: '0x11', suffix }), hash, suffix);
  }
});

test('another function is another bug', () => {
  assert.is.not(hashOf({ ...base, symbol: 'driver_xyz_other' }), hashOf(base));
});

test('symbols lose what compilers add and keep what people wrote', () => {
  const cases: [string, string][] = [
    ['el0_svc_common.constprop.0', 'el0_svc_common'],
    ['tabledist.part.0', 'tabledist'],
    ['f.isra.6.constprop.0.cold', 'f'],
    ['f.llvm.13749876', 'f'],
    ['.sys_read', 'sys_read'],
    ['snd_pcm.h', 'snd_pcm.h'],
  ];
  for (const [symbol, bare] of cases) assert.is(bareSymbol(symbol), bare);
});

test('a system call is found behind its entry wrapper', () => {
  for (const symbol of ['__x64_sys_mremap', '__se_sys_mremap', '__arm64_sys_mremap', 'SyS_mremap', 'sys_mremap', '__do_sys_mremap']) {
    assert.is(systemCall(symbol), 'mremap', symbol);
  }
  assert.is(systemCall('vfs_write'), undefined);
});

test.run();
