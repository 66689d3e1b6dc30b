import { byKind } from '../../../event/kinds.ts';
import { damage, kernel, key, task, times, where } from './common.ts';
import { access, faultWhat, likely, locks, message, object, others, panicReason } from './crash.ts';
import { device, hardwareWhat, position, program, programObject, storageWhat } from './device.ts';
import type { FactOf } from './fact.ts';
import { blockedOn, heldLocks, hungTask, inFlight, starved, stuck } from './stuck.ts';

/**
 * What the reader of an event needs first, the most needed first: little room shows the first rows only. By family, and by group or kind
 * where that has more to tell.
 */
export const factsOf = byKind<readonly FactOf[]>({
  oops: [faultWhat, where, damage, likely, kernel, key],
  panic: [panicReason, where, damage, kernel, key],
  hung: [stuck, where, damage, starved, kernel, key],
  'hung-task': [hungTask, blockedOn, damage, heldLocks, kernel, key],
  'workqueue-lockup': [stuck, inFlight, where, damage, kernel, key],
  oom: [message, task, damage, kernel, key, times],
  corrupt: [message, where, damage, object, others, kernel, key],
  sanitizer: [access, where, damage, others, object, kernel, key],
  lock: [message, where, damage, locks, kernel, key],
  warn: [message, where, damage, kernel, key, times],
  'resource-leak': [hardwareWhat, device, where, damage, times, kernel, key],
  hw: [hardwareWhat, device, damage, position, times, kernel, key],
  disk: [storageWhat, device, damage, position, times, kernel, key],
  other: [message, task, damage, kernel, key],
  'user-fault': [program, programObject, damage, times, kernel, key],
  reboot: [kernel, key],
});
