import type { KernelContext } from '../../kernel/context.ts';
import { listNodes } from '../../kernel/list.ts';
import type { Task } from '../tasks/task.ts';
import type { LiveFrame } from './frames.ts';
import type { Wait } from './wait.ts';

/** What is needed to tell waiters from locks. */
export interface WaitContext {
  readonly kernel: KernelContext;
  readonly onStack: (address: bigint) => Task | undefined;
  readonly taskAt: (address: bigint) => Task | undefined;
  /** The task of the worker that does a work_struct now. */
  readonly working: (work: bigint) => bigint | undefined;
}

interface LockKind {
  readonly for: 'mutex' | 'rwsem' | 'semaphore';
  /** The slow paths whose frames hold the waiter (kernel/locking/mutex.c, rwsem.c, semaphore.c). */
  readonly slowPath: RegExp;
  readonly waiter: string;
  readonly lock: string;
}

const KINDS: readonly LockKind[] = [
  { for: 'mutex', slowPath: /^__(?:ww_)?mutex_lock/, waiter: 'mutex_waiter', lock: 'mutex' },
  { for: 'rwsem', slowPath: /^rwsem_down_(?:read|write)_/, waiter: 'rwsem_waiter', lock: 'rw_semaphore' },
  { for: 'semaphore', slowPath: /^__down/, waiter: 'semaphore_waiter', lock: 'semaphore' },
];

type Lock = Pick<Wait, 'for' | 'address' | 'owner'>;

/** The lock that a task waits for: its waiter lies in the frame of the slow path. */
export function lockOf(context: WaitContext, task: Task, frames: readonly LiveFrame[]): Lock | undefined {
  for (const frame of frames) {
    const kind = KINDS.find(({ slowPath }) => slowPath.test(frame.name));
    const found = kind && (lockInFrame(context, task, kind, frame, frames) ?? statedLock(context, task, kind));
    if (found) return found;
  }
  return rtMutexOf(context, task);
}

/** task_struct.pi_blocked_on: the rt_mutex, which under PREEMPT_RT (6.12) every mutex, rwsem and sleeping spinlock is; rt_mutex_base since 5.15. */
function rtMutexOf({ kernel, taskAt }: WaitContext, task: Task): Lock | undefined {
  const waiter = task.struct.has('pi_blocked_on') ? task.struct.ptr('pi_blocked_on') : undefined;
  const address = waiter ? kernel.struct('rt_mutex_waiter', waiter).ptr('lock') : undefined;
  if (!address) return undefined;
  const type = kernel.types.has('rt_mutex_base', 'owner') ? 'rt_mutex_base' : 'rt_mutex';
  // bit 0: there are waiters
  const owner = (kernel.struct(type, address).ptr('owner') ?? 0n) & ~1n;
  return { for: 'mutex', address, owner: taskAt(owner) };
}

function lockInFrame(context: WaitContext, task: Task, kind: LockKind, frame: LiveFrame, frames: readonly LiveFrame[]): Lock | undefined {
  const { types } = context.kernel;
  const taskOffset = types.member(kind.waiter, 'task')?.offset;
  const listOffset = types.member(kind.waiter, 'list')?.offset;
  if (taskOffset === undefined || listOffset === undefined) return undefined;
  for (const { at, value } of frame.words) {
    if (value !== task.address) continue;
    const node = at - BigInt(taskOffset) + BigInt(listOffset);
    // a register that was saved holds the task too
    if (!isLinked(context.kernel, node)) continue;
    const lock = types.has(kind.lock, 'first_waiter')
      ? lockOfRing(context, kind, node - BigInt(listOffset), node, frames)
      : lockOfList(context, kind, node);
    const owner = lock === undefined ? undefined : ownerOf(context, kind, lock);
    if (lock !== undefined && owner !== 'none') return { for: kind.for, address: lock, owner };
  }
  return undefined;
}

/** Whether what a node points to points back, as far as that is in the dump. */
function isLinked(kernel: KernelContext, node: bigint): boolean {
  const next = kernel.memory.word(node);
  if (next === undefined) return true;
  return kernel.isKernelAddress(next) && (kernel.memory.word(next + BigInt(kernel.memory.wordSize)) ?? node) === node;
}

/** Waiters of a healthy lock are as many as tasks. */
const MAX_WAITERS = 1 << 16;

/** Up to 7.0 the list of waiters is headed by the lock: the one node that lies on nobody's stack. */
function lockOfList({ kernel, onStack }: WaitContext, kind: LockKind, node: bigint): bigint | undefined {
  const offset = kernel.types.member(kind.lock, 'wait_list')?.offset;
  if (offset === undefined) return undefined;
  let n = 0;
  for (const other of listNodes(kernel, node, 'a list of waiters')) {
    if (!onStack(other)) return other - BigInt(offset);
    if (++n > MAX_WAITERS) return undefined;
  }
  return undefined;
}

/** Since 7.1 (25500ba7e77c, 1ea4b473504b, b9bdd4b68404) the waiters are a ring, and the lock points to the first of them. */
function lockOfRing(
  { kernel, onStack }: WaitContext,
  kind: LockKind,
  waiter: bigint,
  node: bigint,
  frames: readonly LiveFrame[],
): bigint | undefined {
  const offset = kernel.types.member(kind.lock, 'first_waiter')?.offset;
  if (offset === undefined) return undefined;
  const shift = node - waiter;
  const ring = new Set([waiter]);
  for (const other of listNodes(kernel, node, 'a ring of waiters')) ring.add(other - shift);
  for (const { words } of frames) {
    for (const { value } of words) {
      // a waiter's own links lead into the ring too: what lies on a stack is no lock
      const first =
        value % 8n === 0n && kernel.isKernelAddress(value) && !onStack(value) ? kernel.memory.word(value + BigInt(offset)) : undefined;
      if (first !== undefined && ring.has(first)) return value;
    }
  }
  return undefined;
}

/** task_struct.blocker (6.16, CONFIG_DETECT_HUNG_TASK_BLOCKER): the lock, its kind in the low bits; blocked_on: a mutex. */
function statedLock(context: WaitContext, task: Task, kind: LockKind): Lock | undefined {
  for (const member of ['blocker', 'blocked_on']) {
    const stated = task.struct.has(member) ? task.struct.ptr(member) : undefined;
    if (!stated) continue;
    const address = stated & ~3n;
    const owner = ownerOf(context, kind, address);
    if (owner !== 'none') return { for: kind.for, address, owner };
  }
  return undefined;
}

/** Flags in the lower bits of mutex.owner and rw_semaphore.owner; of readers only the last one is kept. */
const OWNER_FLAGS = 7n;

/** @returns 'none' where what stands there is no task: this is no lock */
function ownerOf({ kernel, taskAt }: WaitContext, kind: LockKind, lock: bigint): Task | undefined | 'none' {
  const struct = kernel.struct(kind.lock, lock);
  // a semaphore says who took it last since 6.16
  const member = kind.for === 'semaphore' ? 'last_holder' : 'owner';
  if (!struct.has(member)) return undefined;
  // an atomic_long_t, which is signed: as a number an address of the kernel would be negative
  const value = struct.ptr(member);
  if (value === undefined) return 'none';
  const address = value & ~OWNER_FLAGS;
  return address === 0n ? undefined : (taskAt(address) ?? 'none');
}
