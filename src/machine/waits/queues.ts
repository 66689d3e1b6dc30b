import type { KernelContext } from '../../kernel/context.ts';
import { listNodes } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import type { Task } from '../tasks/task.ts';
import { bufferWait } from './buffers.ts';
import type { LiveFrame } from './frames.ts';
import { knownQueue } from './known-queues.ts';
import type { WaitContext } from './locks.ts';
import { pageWait } from './pages.ts';
import type { Wait } from './wait.ts';

type Found = Omit<Wait, 'task' | 'in'>;

/** Functions that wake: which one an entry names says what it is part of (kernel/sched/wait.c, wait_bit.c, mm/filemap.c). */
const WAKERS = [
  'wake_page_function',
  'wake_bit_function',
  'autoremove_wake_function',
  'default_wake_function',
  'woken_wake_function',
] as const;

/** A wait queue's entry, or that of a page, a buffer, a completion, in one of the frames. */
export function queueOf(context: WaitContext, task: Task, frames: readonly LiveFrame[]): Found | undefined {
  const { kernel } = context;
  const wakers = new Map(WAKERS.map((name) => [kernel.symbols.address(name), name] as const));
  for (const frame of frames) {
    for (const { at, value } of frame.words) {
      const waker = wakers.get(value);
      const found = waker ? entryWait(context, task, at, waker) : value === task.address ? completionWait(context, frame, at) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function entryWait(context: WaitContext, task: Task, at: bigint, waker: (typeof WAKERS)[number]): Found | undefined {
  const { kernel } = context;
  switch (waker) {
    case 'wake_page_function': {
      const entry = container(kernel, 'wait_page_queue', 'wait.func', at);
      return entry?.ptr('wait.private') === task.address ? pageWait(kernel, entry) : undefined;
    }
    case 'wake_bit_function': {
      const entry = container(kernel, 'wait_bit_queue_entry', 'wq_entry.func', at);
      return entry?.ptr('wq_entry.private') === task.address ? bufferWait(kernel, entry) : undefined;
    }
    default: {
      const entry = container(kernel, 'wait_queue_entry', 'func', at);
      const node = entry?.at('entry');
      const head = entry?.ptr('private') === task.address && node !== undefined ? headOf(context, node) : undefined;
      if (head === undefined) return undefined;
      const address = head - BigInt(kernel.types.member('wait_queue_head', 'head')?.offset ?? 0);
      return { for: 'queue', address, ...knownQueue(context, address) };
    }
  }
}

function container(kernel: KernelContext, type: string, member: string, at: bigint): Struct | undefined {
  const offset = kernel.types.member(type, member)?.offset;
  return offset === undefined ? undefined : kernel.struct(type, at - BigInt(offset));
}

/** Simple wait queues, which completions have since 5.7 (a5c6234e1028): the entry holds the task. */
function completionWait(context: WaitContext, { name }: LiveFrame, at: bigint): Found | undefined {
  if (!/wait_for_c/.test(name)) return undefined;
  const { kernel } = context;
  const entry = container(kernel, 'swait_queue', 'task', at);
  const node = entry?.at('task_list');
  const head = node === undefined ? undefined : headOf(context, node);
  const within = kernel.types.member('completion', 'wait.task_list')?.offset;
  return head === undefined || within === undefined ? undefined : { for: 'completion', address: head - BigInt(within) };
}

const MAX_WAITERS = 1 << 16;

/**
 * The head of the list that an entry is on: the node that is on nobody's stack; where all are (a completion on the stack of who waits),
 * the one that is not within the waiter's own frame cannot be told, and the next one is taken.
 */
function headOf({ kernel, onStack }: WaitContext, node: bigint): bigint | undefined {
  const { memory } = kernel;
  const next = memory.word(node);
  const step = BigInt(memory.wordSize);
  if (next === undefined || next === node || next === 0n || memory.word(next + step) !== node) return undefined; // was taken off: stale
  let n = 0;
  for (const other of listNodes(kernel, node, 'a wait queue')) {
    if (!onStack(other)) return other;
    if (++n > MAX_WAITERS) return undefined;
  }
  return next;
}
