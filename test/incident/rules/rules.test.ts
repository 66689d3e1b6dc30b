// One case for each rule: two reports that belong together, and two that only look so.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { RULES } from '../../../src/incident/rules/index.ts';
import { PANIC_REASONS, panicReason } from '../../../src/incident/rules/panic-reasons.ts';
import { eventsOf, incidentsOf, type Part, running } from '../../support/incident-events.ts';

type Pair = readonly [Part, Part];

const task = (pid: number, cpu = 0): Event['task'] => ({ pid, comm: `task${pid}`, cpu });
const killed = (pid: number, comm = 'java', cgroup?: string): Event['oom'] => ({
  victims: [{ pid, comm }],
  ...(cgroup === undefined ? {} : { cgroup: { oomMemcg: cgroup } }),
});
const null_ = (pid: number, ...names: string[]): Part => ({ kind: 'null-dereference', task: task(pid), ...running(...names) });

const CASES: Readonly<Record<string, { readonly yes: Pair; readonly confidence: string; readonly no: Pair }>> = {
  'printed-again': {
    yes: [
      { kind: 'user-fault', uptime: 7.5, title: 'x', task: task(9) },
      { kind: 'user-fault', uptime: 7.5, title: 'x', task: task(9) },
    ],
    confidence: 'high',
    no: [
      { kind: 'user-fault', uptime: 7.5, title: 'x', task: task(9) },
      { kind: 'user-fault', uptime: 7.6, title: 'x', task: task(9) },
    ],
  },
  'still-stalled': {
    yes: [
      { kind: 'soft-lockup', task: task(5, 1), ...running('spin') },
      { kind: 'soft-lockup', task: task(5, 1), ...running('other') },
    ],
    confidence: 'high',
    no: [
      { kind: 'soft-lockup', task: task(5, 1), ...running('spin') },
      { kind: 'soft-lockup', task: task(6, 2), ...running('other') },
    ],
  },
  'same-report-again': {
    yes: [
      { kind: 'warning', task: task(5), ...running('check') },
      { kind: 'warning', task: task(6), ...running('check') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'warning', task: task(5), ...running('check') },
      { kind: 'warning', task: task(5), ...running('check2') },
    ],
  },
  'program-faults-again': {
    yes: [
      { kind: 'user-fault', task: { pid: 5, comm: 'app' }, details: { ip: '0x401000' } },
      { kind: 'user-fault', task: { pid: 6, comm: 'app' }, details: { ip: '0x401000' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'user-fault', task: { pid: 5, comm: 'app' }, details: { ip: '0x401000' } },
      { kind: 'user-fault', task: { pid: 6, comm: 'app' }, details: { ip: '0x401008' } },
    ],
  },
  'panic-reason': {
    yes: [null_(7, 'f [m]'), { kind: 'panic', details: { reason: 'Fatal exception' } }],
    confidence: 'high',
    no: [null_(7, 'f [m]'), { kind: 'panic', details: { reason: 'hung_task: blocked tasks' } }],
  },
  'panic-next': {
    yes: [null_(7, 'f [m]'), { kind: 'panic', task: task(7), details: { reason: 'something of a vendor' } }],
    confidence: 'medium',
    no: [null_(7, 'f [m]'), { kind: 'panic', task: task(8), details: { reason: 'something of a vendor' } }],
  },
  'oops-in-oops': {
    yes: [null_(7, 'f'), { kind: 'paging-fault', task: task(7), ...running('g') }],
    confidence: 'high',
    no: [null_(7, 'f'), { kind: 'paging-fault', task: task(8), ...running('g') }],
  },
  'warned-in-same-function': {
    yes: [{ kind: 'warning', task: task(1), ...running('f [m]') }, null_(7, 'f [m]')],
    confidence: 'medium',
    no: [{ kind: 'warning', task: task(1), ...running('f [m]') }, null_(7, 'g [m]')],
  },
  'warned-on-same-path': {
    yes: [{ kind: 'warning', task: task(7), ...running('inner', 'outer') }, null_(7, 'outer')],
    confidence: 'medium',
    no: [{ kind: 'warning', task: task(7), ...running('inner', 'outer') }, null_(8, 'outer')],
  },
  'corruption-spreads': {
    yes: [
      { kind: 'slab-corruption', ...running('kfree_it') },
      { ...null_(7, 'elsewhere'), fault: { hint: 'slab poison: freed memory' } },
    ],
    confidence: 'medium',
    no: [{ kind: 'kasan', title: 'KASAN: use-after-free Read in a', ...running('a') }, null_(7, 'elsewhere')],
  },
  'lock-left-behind': {
    yes: [
      null_(7, 'f [m]'),
      { kind: 'hung-task', uptime: 250, details: { seconds: 122 }, task: task(9), ...running('__mutex_lock', 'g [m]') },
    ],
    confidence: 'medium',
    no: [
      null_(7, 'f [m]'),
      { kind: 'hung-task', uptime: 150, details: { seconds: 122 }, task: task(9), ...running('__mutex_lock', 'g [m]') },
    ],
  },
  'owner-and-waiter': {
    yes: [
      { kind: 'hung-task', task: task(9), ...running('__mutex_lock', 'g [m]') },
      { kind: 'hung-task', task: task(10), ...running('schedule_timeout', 'hog [m]') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hung-task', task: task(9), ...running('__mutex_lock', 'g [m]') },
      { kind: 'hung-task', task: task(10), ...running('schedule_timeout', 'hog [n]') },
    ],
  },
  'stuck-on-one-cpu': {
    yes: [
      { kind: 'soft-lockup', task: task(5, 1), ...running('spin') },
      { kind: 'rcu-stall', details: { cpus: [1] }, ...running('spin') },
    ],
    confidence: 'high',
    no: [
      { kind: 'soft-lockup', task: task(5, 1), ...running('spin') },
      { kind: 'rcu-stall', details: { cpus: [2] }, ...running('spin') },
    ],
  },
  'spins-behind': {
    yes: [
      { kind: 'soft-lockup', task: task(5, 1), ...running('spin') },
      { kind: 'soft-lockup', task: task(6, 2), ...running('csd_lock_wait', 'flush') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'soft-lockup', task: task(5, 1), ...running('spin') },
      { kind: 'soft-lockup', task: task(6, 2), ...running('another_loop') },
    ],
  },
  'no-grace-period': {
    yes: [
      { kind: 'rcu-stall', task: task(5, 1), ...running('spin') },
      { kind: 'hung-task', uptime: 240, details: { seconds: 120 }, task: task(9), ...running('synchronize_rcu', 'unregister') },
    ],
    confidence: 'high',
    no: [
      { kind: 'rcu-stall', task: task(5, 1), ...running('spin') },
      { kind: 'hung-task', uptime: 240, details: { seconds: 120 }, task: task(9), ...running('wait_for_device', 'unregister') },
    ],
  },
  'lockdep-foretold': {
    yes: [
      { kind: 'lockdep', ...running('take_both') },
      { kind: 'hung-task', task: task(9), ...running('take_both') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'lockdep', ...running('take_both') },
      { kind: 'hung-task', task: task(9), ...running('take_one') },
    ],
  },
  'preempt-count-leaks': {
    yes: [
      { kind: 'atomic-context', task: task(9), ...running('f') },
      { kind: 'atomic-context', task: task(9), ...running('do_task_dead') },
    ],
    confidence: 'high',
    no: [
      { kind: 'atomic-context', task: task(9), ...running('f') },
      { kind: 'atomic-context', task: task(10), ...running('g') },
    ],
  },
  'oom-storm': {
    yes: [
      { kind: 'memcg-oom', oom: killed(5, 'java', '/a') },
      { kind: 'memcg-oom', oom: killed(6, 'java', '/a') },
    ],
    confidence: 'high',
    no: [
      { kind: 'memcg-oom', oom: killed(5, 'java', '/a') },
      { kind: 'memcg-oom', oom: killed(6, 'java', '/b') },
    ],
  },
  'victim-cannot-allocate': {
    yes: [
      { kind: 'oom-kill', oom: killed(5) },
      { kind: 'page-allocation-failure', task: task(5), oom: { trigger: { order: 9 } } },
    ],
    confidence: 'high',
    no: [
      { kind: 'oom-kill', oom: killed(5) },
      { kind: 'page-allocation-failure', task: task(6), oom: { trigger: { order: 9 } } },
    ],
  },
  'memory-pressure': {
    yes: [
      { kind: 'page-allocation-failure', task: task(6), oom: { trigger: { order: 0 } } },
      { kind: 'oom-kill', oom: killed(5) },
    ],
    confidence: 'medium',
    no: [
      { kind: 'page-allocation-failure', task: task(6), oom: { trigger: { order: 10 } } },
      { kind: 'oom-kill', oom: killed(5) },
    ],
  },
  'oom-panic': {
    yes: [
      { kind: 'oom-kill', oom: killed(5) },
      { kind: 'panic', uptime: 300, details: { reason: 'Out of memory: system-wide panic_on_oom is enabled' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'memcg-oom', oom: killed(5) },
      { kind: 'panic', uptime: 300, details: { reason: 'Out of memory: system-wide panic_on_oom is enabled' } },
    ],
  },
  'allocation-not-checked': {
    yes: [{ kind: 'page-allocation-failure', task: task(5), ...running('f [m]') }, null_(5, 'g [m]')],
    confidence: 'high',
    no: [{ kind: 'page-allocation-failure', task: task(5), ...running('f [m]') }, null_(6, 'g [m]')],
  },
  'allocation-failed-driver-failed': {
    yes: [
      { kind: 'page-allocation-failure', task: task(5), ...running('f [m]') },
      { kind: 'warning', task: task(5), ...running('g [m]') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'page-allocation-failure', task: task(5), ...running('f [m]') },
      { kind: 'warning', task: task(6), ...running('g [m]') },
    ],
  },
  'device-then-disk': {
    yes: [
      { kind: 'block-error', title: 'a', details: { device: 'sda' } },
      { kind: 'block-error', title: 'b', details: { device: 'sda1' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'block-error', title: 'a', details: { device: 'sda' } },
      { kind: 'block-error', title: 'b', details: { device: 'sdb' } },
    ],
  },
  'port-then-disk': {
    yes: [
      { kind: 'block-error', title: 'a', details: { port: 'ata3' } },
      { kind: 'block-error', title: 'b', details: { address: '2:0:0:0', device: 'sdc' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'a', details: { port: 'ata3' } },
      { kind: 'block-error', title: 'b', details: { device: 'nvme0n1' } },
    ],
  },
  'disk-then-filesystem': {
    yes: [
      { kind: 'block-error', details: { device: 'nvme0n1' } },
      { kind: 'filesystem-error', details: { device: 'nvme0n1p2' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'block-error', details: { device: 'nvme0n1' } },
      { kind: 'filesystem-error', details: { device: 'nvme1n1p2' } },
    ],
  },
  'disk-then-hung': {
    yes: [
      { kind: 'block-error', details: { device: 'sda' } },
      { kind: 'hung-task', uptime: 230, details: { seconds: 122 }, ...running('io_schedule', 'f') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', details: { device: 'sda' } },
      { kind: 'hung-task', uptime: 230, details: { seconds: 122 }, ...running('nfs_wait', 'f') },
    ],
  },
  'device-lost': {
    yes: [
      { kind: 'hardware-error', details: { device: '0000:01:00.0' } },
      { kind: 'netdev-watchdog', details: { device: 'eth0', pci: '0000:01:00.0' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', details: { device: '0000:01:00.0' } },
      { kind: 'netdev-watchdog', details: { device: 'eth0' } },
    ],
  },
  'gpu-hang-then-reset': {
    yes: [
      { kind: 'hardware-error', details: { driver: 'amdgpu', ring: 'gfx' } },
      { kind: 'hardware-error', details: { driver: 'amdgpu', device: '0000:0a:00.0' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', details: { driver: 'amdgpu', device: '0000:0b:00.0' } },
      { kind: 'hardware-error', details: { driver: 'amdgpu', device: '0000:0a:00.0' } },
    ],
  },
  'adapter-then-disk': {
    yes: [
      { kind: 'block-error', title: 'UAS: command timed out on sdc', details: { device: 'sdc', address: '6:0:0:0' } },
      { kind: 'block-error', title: 'UAS: device reset start', details: { host: 6 } },
    ],
    confidence: 'high',
    no: [
      { kind: 'block-error', title: 'UAS: command timed out on sdc', details: { device: 'sdc', address: '6:0:0:0' } },
      { kind: 'block-error', title: 'FC remote port timed out (rport-7:0-2)', details: { device: 'rport-7:0-2' } },
    ],
  },
  'adapter-gone-then-disk': {
    yes: [
      {
        kind: 'block-error',
        title: 'hpsa: controller lockup detected',
        details: { driver: 'hpsa', device: '0000:03:00.0', outcome: 'gone' },
      },
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'nvme: Removing', details: { device: 'nvme0', outcome: 'gone' } },
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
    ],
  },
  'disk-gone-then-filesystem': {
    yes: [
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
      { kind: 'filesystem-error', title: 'XFS (sda3): metadata I/O error', details: { device: 'sda3' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
      { kind: 'filesystem-error', title: 'XFS (nvme0n1p1): metadata I/O error', details: { device: 'nvme0n1p1' } },
    ],
  },
  'card-then-its-disk': {
    yes: [
      { kind: 'block-error', details: { device: 'mmc1' } },
      { kind: 'block-error', details: { device: 'mmcblk1p2' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', details: { device: 'mmc1' } },
      { kind: 'block-error', details: { device: 'mmcblk0' } },
    ],
  },
  'pci-then-nvme': {
    yes: [
      { kind: 'hardware-error', details: { driver: 'nvme', device: '0000:41:00.0' } },
      { kind: 'block-error', details: { device: 'nvme2' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', details: { driver: 'pcieport', device: '0000:40:01.1' } },
      { kind: 'block-error', details: { device: 'nvme2' } },
    ],
  },
  'memory-error-then-page': {
    yes: [
      { kind: 'hardware-error', details: { address: '0x3f1a2b3000' } },
      { kind: 'hardware-error', details: { pfn: '0x3f1a2b3' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', details: { address: '0x3f1a2b3000' } },
      { kind: 'hardware-error', details: { pfn: '0x3f1a2b4' } },
    ],
  },
  'too-hot-then-off': {
    yes: [
      { kind: 'hardware-error', title: 'Critical temperature reached (cpu-thermal)' },
      {
        kind: 'hardware-error',
        title: 'Hardware protection: shutdown (Temperature too high)',
        details: { reason: 'Temperature too high' },
      },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'Critical temperature reached (cpu-thermal)' },
      { kind: 'hardware-error', title: 'Hardware protection: shutdown (Regulator)', details: { reason: 'Regulator' } },
    ],
  },
  'throttled-together': {
    yes: [
      { kind: 'hardware-error', title: 'CPU throttled: core temperature above threshold' },
      { kind: 'hardware-error', title: 'CPU throttled: package temperature above threshold' },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'CPU throttled: core temperature above threshold' },
      { kind: 'hardware-error', title: 'CPU power limit reached' },
    ],
  },
  'waits-for-worker': {
    yes: [
      { kind: 'hung-task', task: { pid: 11, comm: 'jbd2/dm-3-8' }, ...running('jbd2_journal_commit_transaction') },
      { kind: 'hung-task', task: { pid: 48, comm: 'smbd' }, ...running('wait_transaction_locked', 'ext4_dirty_inode') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hung-task', task: { pid: 11, comm: 'jbd2/dm-3-8' }, ...running('jbd2_journal_commit_transaction') },
      { kind: 'hung-task', task: { pid: 48, comm: 'smbd' }, ...running('nfs_wait_bit_killable', 'nfs_lookup') },
    ],
  },
  'hardware-then-fault': {
    yes: [
      { kind: 'hardware-error', task: { cpu: 3 } },
      { kind: 'paging-fault', task: task(9, 3), uptime: 100.5, ...running('f') },
    ],
    confidence: 'low',
    no: [
      { kind: 'hardware-error', task: { cpu: 3 } },
      { kind: 'paging-fault', task: task(9, 4), uptime: 100.5, ...running('f') },
    ],
  },
  'sysrq-crash': {
    yes: [{ kind: 'sysrq', severity: 'info', details: { key: 'c' } }, null_(9, 'sysrq_handle_crash')],
    confidence: 'high',
    no: [{ kind: 'sysrq', severity: 'info', details: { key: 'c' } }, null_(9, 'another')],
  },
  'nmi-then-lockup': {
    yes: [{ kind: 'nmi' }, { kind: 'hard-lockup', ...running('f') }],
    confidence: 'low',
    no: [{ kind: 'nmi' }, { kind: 'hard-lockup', uptime: 200, ...running('f') }],
  },
  reset: {
    yes: [
      { kind: 'hard-lockup', records: { first: 100, last: 120, count: 20 } },
      { kind: 'reboot', boot: 1, uptime: 0, records: { first: 130, last: 130, count: 1 } },
    ],
    confidence: 'low',
    no: [
      { kind: 'hard-lockup', records: { first: 100, last: 120, count: 20 } },
      { kind: 'reboot', boot: 1, uptime: 0, records: { first: 900, last: 900, count: 1 } },
    ],
  },
};

test('every rule has a case, and every case a rule', () => {
  assert.equal(Object.keys(CASES).sort(), RULES.map(({ name }) => name).sort());
});

for (const [name, { yes, no, confidence }] of Object.entries(CASES)) {
  test(`${name}: ties what belongs together`, () => {
    const found = incidentsOf(eventsOf(...yes));
    assert.is(found.length, 1, 'one incident');
    const edge = found[0]?.edges.find(({ rule }) => rule === name);
    assert.is(edge?.confidence, confidence);
    assert.ok((edge?.evidence.length ?? 0) > 0);
    assert.is(found[0]?.first, 'E1');
  });
  test(`${name}: leaves apart what only looks so`, () => {
    const edges = incidentsOf(eventsOf(...no)).flatMap((incident) => incident.edges);
    assert.not.ok(edges.some(({ rule }) => rule === name));
  });
}

test('an edge rests on the records of the very fields that agree, else on the heads of the reports', () => {
  const evidenceOf = (...parts: readonly Part[]): readonly number[] | undefined => incidentsOf(eventsOf(...parts))[0]?.edges[0]?.evidence;
  const blocker = { ...null_(9, 'f'), sources: { 'task.pid': [104], culprit: [105] } };
  const waiter: Part = { kind: 'hung-task', task: task(12), details: { ownerPid: 9 }, ...running('g'), uptime: 130 };
  assert.equal(evidenceOf(blocker, { ...waiter, sources: { 'details.ownerPid': [203], 'task.pid': [200] } }), [104, 203]);
  assert.equal(evidenceOf(blocker, waiter), [104, 200]);
  const held = {
    locks: [
      { text: 'a', pid: 9, name: '&x->lock' },
      { text: 'b', pid: 12, name: '&x->lock' },
    ],
  };
  const listed: Part = { ...waiter, details: {}, ...held, sources: { 'locks.0': [206], 'locks.1': [207] } };
  assert.equal(evidenceOf(null_(9, 'f'), listed), [100, 206, 207], 'both locks stand in the list of one report');
  const hung: Part = { kind: 'hung-task', task: task(5), ...running('folio_wait_bit', 'read'), sources: { 'stacks.0': [201, 202, 203] } };
  assert.equal(evidenceOf({ kind: 'block-error', details: { device: 'sda' } }, hung), [100, 202]);
});

const SAID: readonly (readonly [said: string, policy: string | undefined])[] = [
  ['Fatal exception', 'panic_on_oops'],
  ['Oops: Fatal exception', 'panic_on_oops'],
  ['Fatal exception in interrupt', undefined],
  ['hung_task: blocked tasks', 'hung_task_panic'],
  ['softlockup: hung tasks', 'softlockup_panic'],
  ['Hard LOCKUP', 'hardlockup_panic'],
  ['Watchdog detected hard LOCKUP on cpu 3', 'hardlockup_panic'],
  ['RCU Stall', 'panic_on_rcu_stall'],
  ['kernel: panic_on_warn set ...', 'panic_on_warn'],
  ['Out of memory: compulsory panic_on_oom is enabled', 'panic_on_oom'],
  ['Out of memory: system-wide panic_on_oom is enabled', 'panic_on_oom'],
  ['NMI: Not continuing', 'unknown_nmi_panic'],
  ['EXT4-fs (device vda): panic forced after error', 'errors=panic'],
  ['sysrq triggered crash', undefined],
  ['Fatal machine check', undefined],
  ['Attempted to kill init! exitcode=0x0000000b', undefined],
];
test('what panic() says names the setting that made it a panic', () => {
  for (const [said, policy] of SAID) assert.is(panicReason(said)?.policy, policy, said);
  for (const { says } of PANIC_REASONS) assert.ok(says.length > 10);
});

test.run();
