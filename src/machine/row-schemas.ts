import { z } from 'zod';
import type { DiskRow } from './block/disks.ts';
import type { FileRow } from './fs/files.ts';
import type { MountRow } from './fs/mounts.ts';
import type { IrqCountRow, IrqRow } from './irq/irq.ts';
import type { TimerRow } from './irq/timers.ts';
import type { AreaRow } from './memory/areas.ts';
import type { CgroupRow } from './memory/cgroups.ts';
import type { SlabRow } from './memory/slab.ts';
import type { SwapRow } from './memory/swap.ts';
import type { MemoryRow } from './memory/totals.ts';
import type { ZoneRow } from './memory/zone-rows.ts';
import type { NetRow } from './net/devices.ts';
import type { AddressRow, WordsRow } from './raw/memory.ts';
import type { MemberRow } from './raw/struct.ts';
import type { SymRow } from './raw/sym.ts';
import type { RunqRow } from './sched/runq.ts';
import type { PoolRow } from './sched/workqueues.ts';
import type { BtRow } from './stacks/bt.ts';
import type { FrameRow } from './stacks/frame-row.ts';
import type { GroupRow } from './stacks/group.ts';
import type { ModuleRow } from './system/modules.ts';
import type { SysRow } from './system/sys.ts';
import type { LastRunRow, PsRow } from './tasks/ps.ts';
import type { StuckRow } from './waits/stuck.ts';

/** JSON Schemas of the rows, for the build and tests; nothing at run time loads this file. The keys of each are those of its interface, which the compiler holds. */

/** A row: any field may be unknown, and is then absent and named. */
const rowOf = <T>(shape: { readonly [K in keyof Required<T>]: z.ZodType }) =>
  z.strictObject({
    ...Object.fromEntries(Object.entries<z.ZodType>(shape).map(([key, type]) => [key, type.optional()])),
    unknown: z.array(z.string()).optional().describe('Fields that could not be read'),
  });

const int = z.int();
const text = z.string();
const address = z.string().regex(/^0x[0-9a-f]{1,16}$/);
const state = z.enum(['RU', 'IN', 'UN', 'ID', 'ST', 'TR', 'ZO', 'DE', 'PA', 'NE', '??']).describe('As crash has them; ID: idle, NE: new');
const task = { pid: int, task: address.describe('Of the task_struct'), comm: text };
const aTask = rowOf<{ pid: 1; comm: 1; task: 1 }>(task);

const frame = z.strictObject({
  ...rowOf<FrameRow>({
    symbol: text,
    offset: int,
    module: text,
    ip: address,
    sp: address,
    kind: z.enum(['call', 'interrupt', 'exception']),
    reliable: z.boolean().describe('False: a return address that was found on the stack, and may be old'),
  }).shape,
});

const request = z.strictObject({ disk: text, op: text, sector: int, bytes: int, ageMs: z.number(), tag: int }).partial();

export const sysRow = rowOf<SysRow>({
  ...task,
  release: text,
  version: text,
  machine: text,
  nodename: text,
  cpus: int,
  date: text,
  uptimeSeconds: z.number(),
  loadAverage: z.array(z.number()),
  tasks: int,
  memoryBytes: int,
  panic: text,
  cpu: int,
  state,
  taint: text.describe('Letters'),
});

export const stuckRow = rowOf<StuckRow>({
  ...task,
  for: z.enum(['mutex', 'rwsem', 'semaphore', 'page', 'buffer', 'completion', 'queue']),
  address: address.describe('Of what it waits for'),
  owner: aTask,
  path: text.describe('Of the file whose page or lock it is'),
  index: int.describe('Of the page in its file'),
  sector: int,
  bit: text.describe('What of a page or buffer it waits for to be over'),
  request: request.describe('In flight, that this waits for'),
  sinceMs: z.number(),
  waitsFor: z.array(int).describe('Pids: the owner, whom that waits for, and so on'),
  symbol: text.describe('What lies at the address'),
  in: text.describe('The function that waits'),
});

export const memoryRow = rowOf<MemoryRow>({ item: text, pages: int });

/** By the part that answers them; `ps`, `bt`, `irq` and `kmem` by their flag too. */
export const ROWS = {
  ps: rowOf<PsRow>({
    ...task,
    ppid: int,
    tgid: int,
    cpu: int,
    state,
    memPercent: z.number(),
    vszKb: z.number(),
    rssKb: z.number(),
    active: z.boolean().describe('On a CPU'),
    cgroup: text,
  }),
  'ps -m': rowOf<LastRunRow>({ ...task, lastRunAgoNs: z.number(), state, cpu: int }),
  bt: rowOf<BtRow>({
    ...task,
    cpu: int,
    state,
    active: z.boolean(),
    frames: z.array(frame),
    end: text.describe('Why the stack ends before its end'),
  }),
  'bt --group': rowOf<GroupRow>({ count: int, frames: z.array(text), states: z.array(text), tasks: z.array(aTask) }),
  stuck: stuckRow,
  sys: sysRow,
  mod: rowOf<ModuleRow>({ module: address, name: text, base: address, sizeBytes: int, taint: text, state: text, references: int }),
  'kmem -i': memoryRow,
  'kmem -s': rowOf<SlabRow>({
    cache: address,
    name: text,
    objectSize: int,
    allocated: int,
    total: int,
    slabs: int,
    slabBytes: int.describe('Of one slab'),
    cached: int.describe('Of the allocated ones, at hand in sheaves (6.18)'),
    cachedAtLeast: int.describe('Where not all sheaves could be read: what those hold that could'),
  }),
  'kmem -z': rowOf<ZoneRow>({
    node: int,
    zone: text,
    presentPages: int,
    managedPages: int,
    freePages: int,
    minPages: int,
    lowPages: int,
    highPages: int,
    stats: z.record(z.string(), z.number()),
  }),
  irq: rowOf<IrqRow>({ irq: int, desc: address, actions: z.array(text) }),
  'irq -s': rowOf<IrqCountRow>({ irq: int, counts: z.array(int).describe('By CPU'), chip: text, name: text }),
  dev: rowOf<DiskRow>({
    major: int,
    disk: text,
    gendisk: address,
    name: text,
    queue: address,
    total: int.describe('Requests in flight'),
    read: int,
    write: int,
  }),
  mount: rowOf<MountRow>({ mount: address, superblock: address, type: text, device: text, directory: text }),
  files: rowOf<FileRow>({ fd: int, file: address, dentry: address, inode: address, type: text, path: text }),
  vm: rowOf<AreaRow>({ vma: address, start: address, end: address, flags: text, file: text }),
  timer: rowOf<TimerRow>({ cpu: int, base: int, expires: z.number(), ticksLeft: z.number(), timer: address, function: text }),
  wq: rowOf<PoolRow>({
    pool: address,
    id: int,
    cpu: int,
    workers: int,
    idle: int,
    busy: z.array(z.strictObject({ pid: int, workqueue: text, function: text }).partial()),
    pending: z.array(text).describe('Functions of the work that waits for a worker'),
  }),
  runq: rowOf<RunqRow>({ ...task, cpu: int, queue: z.enum(['current', 'rt', 'cfs']), prio: int }),
  cgroups: rowOf<CgroupRow>({
    path: text,
    usageBytes: int,
    maxBytes: int.describe('Absent where there is no limit'),
    highBytes: int,
    swapBytes: int,
    anonBytes: int,
    fileBytes: int,
    shmemBytes: int,
    slabBytes: int,
    oomKills: int,
  }),
  net: rowOf<NetRow>({ device: address, name: text, addresses: z.array(text) }),
  swap: rowOf<SwapRow>({ area: address, pages: int, used: int, priority: int, file: text }),
  sym: rowOf<SymRow>({ address, name: text, offset: int, module: text }),
  struct: rowOf<MemberRow>({ offset: int, size: int, member: text, type: text, value: text }),
  rd: rowOf<WordsRow>({ address, words: z.array(address), text }),
  vtop: rowOf<AddressRow>({ virtual: address, physical: address, page: text }),
  dis: rowOf<{ address: 1; symbol: 1; offset: 1; bytes: 1; text: 1 }>({ address, symbol: text, offset: int, bytes: text, text }),
} as const;
