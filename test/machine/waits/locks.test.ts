import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../../src/dump/bytes.ts';
import { KernelContext } from '../../../src/kernel/context.ts';
import { Losses } from '../../../src/kernel/losses.ts';
import { Task } from '../../../src/machine/tasks/task.ts';
import type { LiveFrame } from '../../../src/machine/waits/frames.ts';
import { leaders, lockName } from '../../../src/machine/waits/lock-names.ts';
import { lockOf, type WaitContext } from '../../../src/machine/waits/locks.ts';
import type { Kernel } from '../../../src/memory/kernel.ts';
import { Btf } from '../../../src/types/btf.ts';
import { BtfTypes } from '../../../src/types/btf-types.ts';
import { buildBtf, type Declared } from '../../support/build-btf.ts';
import { FakeMemory, fakeSymbols } from '../../support/fake-memory.ts';

const COMMON: readonly Declared[] = [
  { kind: 'int', name: 's64', size: 8, signed: true }, // 1: of an atomic_long_t
  { kind: 'pointer', to: 0 }, // 2
  {
    kind: 'struct',
    name: 'list_head',
    size: 16,
    members: [
      ['next', 2, 0],
      ['prev', 2, 64],
    ],
  }, // 3
  {
    kind: 'struct',
    name: 'mutex_waiter',
    size: 24,
    members: [
      ['list', 3, 0],
      ['task', 2, 128],
    ],
  }, // 4
  {
    kind: 'struct',
    name: 'task_struct',
    size: 16,
    members: [
      ['pid', 1, 0],
      ['stack', 2, 64],
    ],
  }, // 5
];
/** Up to 7.0 the lock heads a list; since 7.1 it points to the first of a ring. */
const HEADED: readonly Declared[] = [
  ...COMMON,
  {
    kind: 'struct',
    name: 'mutex',
    size: 24,
    members: [
      ['owner', 1, 0],
      ['wait_list', 3, 64],
    ],
  },
];
const RING: readonly Declared[] = [
  ...COMMON,
  {
    kind: 'struct',
    name: 'mutex',
    size: 16,
    members: [
      ['owner', 1, 0],
      ['first_waiter', 2, 64],
    ],
  },
];

/** A kernel whose locks are rt_mutexes: what a task waits for stands in its task_struct. */
const RT: readonly Declared[] = [
  ...COMMON.slice(0, 4),
  {
    kind: 'struct',
    name: 'task_struct',
    size: 24,
    members: [
      ['pid', 1, 0],
      ['stack', 2, 64],
      ['pi_blocked_on', 2, 128],
    ],
  },
  {
    kind: 'struct',
    name: 'rt_mutex_waiter',
    size: 16,
    members: [
      ['task', 2, 0],
      ['lock', 2, 64],
    ],
  },
  {
    kind: 'struct',
    name: 'rt_mutex_base',
    size: 16,
    members: [
      ['waiters', 2, 0],
      ['owner', 2, 64],
    ],
  },
];

const TASKS = [0xffff888000010000n, 0xffff888000020000n, 0xffff888000030000n];
const STACKS = [0xffffc90000010000n, 0xffffc90000020000n, 0xffffc90000030000n];
const LOCK = 0xffff888000100000n;
/** Where a task's waiter lies on its stack. */
const waiterOn = (i: number): bigint => STACKS[i]! + 0x3000n;

interface Setting {
  readonly memory: FakeMemory;
  readonly context: WaitContext;
  readonly tasks: readonly Task[];
}

function setting(declared: readonly Declared[]): Setting {
  const memory = new FakeMemory();
  const types = new BtfTypes(Btf.of(buildBtf(declared, 'little'), readerFor('little')) as Btf, {
    wordSize: 8,
    reader: readerFor('little'),
  });
  const kernel = new KernelContext({ machine: 'x86_64' } as Kernel, memory, fakeSymbols({}), types, new Losses(), () => undefined);
  TASKS.forEach((at, i) => void memory.words(at, [BigInt(100 + i), STACKS[i]!]));
  const tasks = TASKS.map((at) => new Task(kernel, kernel.struct('task_struct', at)));
  const onStack = (address: bigint) => tasks[STACKS.findIndex((low) => address >= low && address < low + 0x4000n)];
  const taskAt = (address: bigint) => tasks[TASKS.indexOf(address)];
  return { memory, tasks, context: { kernel, onStack, taskAt, working: () => undefined } };
}

/** The frame of the slow path with a task's waiter in it, and what else is kept there. */
function frameOf(memory: FakeMemory, i: number, others: readonly bigint[] = []): LiveFrame {
  const at = waiterOn(i);
  const words = [0n, 8n, 16n].map((offset) => ({ at: at + offset, value: memory.word(at + offset)! }));
  return { name: '__mutex_lock.constprop.0', words: [...words, ...others.map((value, n) => ({ at: at + 24n + BigInt(8 * n), value }))] };
}

test('a waiter leads to the lock that heads its list, and that to its owner', () => {
  const { memory, context, tasks } = setting(HEADED);
  const head = LOCK + 8n;
  // task 0 holds it (the low bits of the owner are flags); 1 and 2 wait
  memory.words(LOCK, [TASKS[0]! | 1n, waiterOn(1), waiterOn(2)]);
  memory.words(waiterOn(1), [waiterOn(2), head, TASKS[1]!]);
  memory.words(waiterOn(2), [head, waiterOn(1), TASKS[2]!]);
  for (const i of [1, 2]) {
    const lock = lockOf(context, tasks[i]!, [frameOf(memory, i)]);
    assert.is(lock?.address, LOCK);
    assert.is(lock?.for, 'mutex');
    assert.is(lock?.owner, tasks[0]);
  }
});

test('since 7.1 the lock is the word on the stack whose first waiter is in the ring', () => {
  const { memory, context, tasks } = setting(RING);
  memory.words(LOCK, [TASKS[0]!, waiterOn(1)]);
  memory.words(LOCK + 0x100n, [TASKS[2]!, 0n]); // another lock, that nobody waits for
  memory.words(waiterOn(1), [waiterOn(2), waiterOn(2), TASKS[1]!]);
  memory.words(waiterOn(2), [waiterOn(1), waiterOn(1), TASKS[2]!]);
  const frames = [
    frameOf(memory, 2),
    { name: 'ext4_file_write_iter', words: [LOCK + 0x100n, LOCK].map((value, n) => ({ at: BigInt(8 * n), value })) },
  ];
  const lock = lockOf(context, tasks[2]!, frames);
  assert.is(lock?.address, LOCK);
  assert.is(lock?.owner, tasks[0]);
});

test('an rt_mutex is named by the task itself, whatever its frames are', () => {
  const { memory, context, tasks } = setting(RT);
  memory.words(TASKS[1]! + 16n, [waiterOn(1)]);
  memory.words(TASKS[2]! + 16n, [0n]);
  memory.words(waiterOn(1), [TASKS[1]!, LOCK]);
  memory.words(LOCK, [waiterOn(1), TASKS[0]! | 1n]);
  assert.equal(lockOf(context, tasks[1]!, []), { for: 'mutex', address: LOCK, owner: tasks[0] });
  assert.is(lockOf(context, tasks[2]!, []), undefined);
});

test('a register that was saved beside the waiter is no waiter, and no list is said to be broken there', () => {
  const { memory, context, tasks } = setting(RING);
  const code = 0xffffffff81000000n;
  memory.words(LOCK, [0n, 0n]);
  memory.words(waiterOn(1), [waiterOn(1), waiterOn(1), TASKS[1]!, code, 0n, TASKS[1]!]);
  memory.words(code, [0x90n, 0x90n]);
  assert.is(lockOf(context, tasks[1]!, [frameOf(memory, 1, [code, 0n, TASKS[1]!])]), undefined);
  assert.is(context.kernel.losses.breaks, 0);
});

test('what is no lock is none: an owner that is no task, a list that is all on stacks, a frame that takes no lock', () => {
  const { memory, context, tasks } = setting(HEADED);
  memory.words(LOCK, [0x1234567890n, waiterOn(1), waiterOn(1)]);
  memory.words(waiterOn(1), [LOCK + 8n, LOCK + 8n, TASKS[1]!]);
  assert.is(lockOf(context, tasks[1]!, [frameOf(memory, 1)]), undefined);
  memory.words(waiterOn(2), [waiterOn(2), waiterOn(2), TASKS[2]!]);
  assert.is(lockOf(context, tasks[2]!, [frameOf(memory, 2)]), undefined);
  memory.words(LOCK, [TASKS[0]!, waiterOn(1), waiterOn(1)]);
  assert.is(lockOf(context, tasks[1]!, [{ ...frameOf(memory, 1), name: 'vfs_write' }]), undefined);
  assert.is(lockOf(context, tasks[1]!, [frameOf(memory, 1)])?.owner, tasks[0]);
});

test('a lock of an address space is named after its process', () => {
  const declared: readonly Declared[] = [
    ...COMMON.slice(0, 4),
    {
      kind: 'struct',
      name: 'task_struct',
      size: 40,
      members: [
        ['pid', 1, 0],
        ['stack', 2, 64],
        ['tgid', 1, 128],
        ['mm', 2, 192],
        ['comm', 6, 256],
      ],
    }, // 5
    { kind: 'array', of: 7, length: 8 }, // 6
    { kind: 'int', name: 'char', size: 1 }, // 7
    { kind: 'struct', name: 'mm_struct', size: 64, members: [['mmap_lock', 3, 128]] }, // 8
  ];
  const { memory, context, tasks } = setting(declared);
  const mm = 0xffff888000200000n;
  const java = Buffer.from('java\0\0\0\0', 'latin1').readBigUInt64LE();
  memory.words(TASKS[1]!, [101n, STACKS[1]!, 101n, mm, java]);
  memory.words(TASKS[2]!, [102n, STACKS[2]!, 101n, mm, java]); // a thread of it
  assert.is(lockName(context.kernel, mm + 16n, leaders(tasks)), 'mmap_lock of java[101]');
  assert.is(lockName(context.kernel, mm + 24n, leaders(tasks)), undefined);
});

test.run();
