import { running } from '../../support/incident-events.ts';
import { type Case, killed, null_, task } from './case.ts';

/** What one fault of code or want of memory leads to. */
export const SOFTWARE: Readonly<Record<string, Case>> = {
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
  'slab-check-warns': {
    yes: [
      { kind: 'slab-corruption', details: { message: 'Poison overwritten' } },
      {
        kind: 'warning',
        details: { file: 'mm/slub.c', line: 1257 },
        records: { first: 110, last: 110, count: 1 },
        ...running('start [nbd]'),
      },
    ],
    confidence: 'high',
    no: [
      { kind: 'slab-corruption', details: { message: 'Poison overwritten' } },
      { kind: 'warning', details: { file: 'mm/page_alloc.c', line: 1257 }, records: { first: 110, last: 110, count: 1 } },
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
  'halted-then-hung': {
    yes: [
      { kind: 'kernel-bug', title: 'ZFS assertion failed in f', task: task(7), ...running('spl_panic [spl]', 'f [zfs]') },
      { kind: 'hung-task', uptime: 250, details: { seconds: 122 }, task: task(9), ...running('__cv_timedwait_common [spl]', 'g [zfs]') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'kernel-bug', title: 'ZFS assertion failed in f', task: task(7), ...running('spl_panic [spl]', 'f [zfs]') },
      { kind: 'hung-task', uptime: 250, details: { seconds: 122 }, task: task(9), ...running('io_schedule', 'g [xfs]') },
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
  'unreaped-then-stack': {
    yes: [
      { kind: 'oom-kill', oom: { victims: [{ pid: 812, comm: 'fio' }], reaped: [{ pid: 812, comm: 'fio', unable: true }] } },
      { kind: 'warning', title: 'stack trace in f', records: { first: 111, last: 119, count: 9 }, ...running('f') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'oom-kill', oom: { victims: [{ pid: 812, comm: 'fio' }], reaped: [{ pid: 812, comm: 'fio' }] } },
      { kind: 'warning', title: 'stack trace in f', records: { first: 111, last: 119, count: 9 }, ...running('f') },
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
};
