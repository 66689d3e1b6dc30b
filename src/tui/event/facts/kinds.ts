import type { Kind } from '../../../event/event.ts';
import { damage, kernel, key, task, times, where } from './common.ts';
import { access, faultWhat, likely, locks, message, object, others, panicReason } from './crash.ts';
import { device, hardwareWhat, position, program, programObject, storageWhat } from './device.ts';
import type { FactOf } from './fact.ts';
import { blockedOn, heldLocks, hungTask, inFlight, starved, stuck } from './stuck.ts';

const FAULT: readonly FactOf[] = [faultWhat, where, damage, likely, kernel, key];
const CORRUPTION: readonly FactOf[] = [message, where, damage, object, others, kernel, key];
const WARNING: readonly FactOf[] = [message, where, damage, kernel, key, times];
const SANITIZER: readonly FactOf[] = [access, where, damage, others, object, kernel, key];
const LOCKING: readonly FactOf[] = [message, where, damage, locks, kernel, key];
const STUCK: readonly FactOf[] = [stuck, where, damage, starved, kernel, key];
const HARDWARE: readonly FactOf[] = [hardwareWhat, device, damage, position, times, kernel, key];
const STORAGE: readonly FactOf[] = [storageWhat, device, damage, position, times, kernel, key];
const MEMORY: readonly FactOf[] = [message, task, damage, kernel, key, times];

/** What the reader of each kind of event needs first, the most needed first: little room shows the first rows only. */
export const FACTS: Readonly<Record<Kind, readonly FactOf[]>> = {
  'null-dereference': FAULT,
  'paging-fault': FAULT,
  'general-protection': FAULT,
  'invalid-opcode': FAULT,
  'divide-error': FAULT,
  trap: FAULT,
  'double-fault': FAULT,
  'stack-overflow': FAULT,
  'kernel-bug': FAULT,
  'list-corruption': CORRUPTION,
  'slab-corruption': CORRUPTION,
  'bad-page': CORRUPTION,
  refcount: WARNING,
  warning: WARNING,
  panic: [panicReason, where, damage, kernel, key],
  kasan: SANITIZER,
  kmsan: SANITIZER,
  kcsan: SANITIZER,
  kfence: SANITIZER,
  ubsan: SANITIZER,
  kmemleak: SANITIZER,
  lockdep: LOCKING,
  'rcu-usage': LOCKING,
  'spinlock-debug': LOCKING,
  'atomic-context': LOCKING,
  'rcu-stall': STUCK,
  'soft-lockup': STUCK,
  'hard-lockup': STUCK,
  'hung-task': [hungTask, blockedOn, damage, heldLocks, kernel, key],
  'workqueue-lockup': [stuck, inFlight, where, damage, kernel, key],
  'oom-kill': MEMORY,
  'memcg-oom': MEMORY,
  'page-allocation-failure': MEMORY,
  'hardware-error': HARDWARE,
  nmi: HARDWARE,
  'irq-error': HARDWARE,
  'filesystem-error': STORAGE,
  'block-error': STORAGE,
  'netdev-watchdog': HARDWARE,
  'resource-leak': [hardwareWhat, device, where, damage, times, kernel, key],
  'user-fault': [program, programObject, damage, times, kernel, key],
  sysrq: [message, task, damage, kernel, key],
  reboot: [kernel, key],
};
