import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { xarray } from '../../kernel/xarray.ts';
import { pageChunks, pageMap } from '../memory/pages.ts';

/** Tasks by their pids (init_pid_ns.idr since 4.15, e8cfbc245e24), threads too. */
export function* tasksByPid(kernel: KernelContext): Generator<Struct> {
  const namespace = kernel.variable('init_pid_ns', 'pid_namespace');
  // task_struct.pid_links since 4.19 (2c4704756cab), before pids[]
  const link = (kernel.types.member('task_struct', 'pid_links') ?? kernel.types.member('task_struct', 'pids[0].node'))?.offset;
  if (!namespace?.has('idr') || link === undefined) return;
  for (const [, at] of xarray(kernel, namespace.at('idr.idr_rt'), 'the table of pids')) {
    const first = kernel.struct('pid', at).ptr('tasks[0].first');
    if (first) yield kernel.struct('task_struct', first - BigInt(link));
  }
}

/** Memory of larger machines is not searched without being asked. */
const MAX_FRAMES = 1 << 22;

/**
 * Tasks by searching the slabs of their cache: what has been freed looks like a task too, so that one counts only where its pid, name,
 * stack and struct pid are there.
 */
export function* tasksInSlabs(kernel: KernelContext, known: Struct | undefined): Generator<Struct> {
  const { types, memory } = kernel;
  const cache = kernel.word('task_struct_cachep');
  const map = pageMap(kernel);
  const type = types.has('slab', 'slab_cache') ? 'slab' : 'page';
  const offset = types.member(type, 'slab_cache')?.offset;
  const stride = cache ? kernel.struct('kmem_cache', cache).num('size') : undefined;
  const physical = known && kernel.kernel.memory.toPhysical(known.address);
  if (!cache || !map || offset === undefined || !stride || physical === undefined) return;
  // slabs lie in the direct map, as the task that is known does
  const direct = known!.address - BigInt(physical);
  let frames = 0;
  for (const { bytes, firstFrame, at } of pageChunks(kernel, map)) {
    const count = Math.floor(bytes.length / map.size);
    frames += count;
    if (frames > MAX_FRAMES) return kernel.losses.stop(`the search for tasks ends after ${frames} pages of memory`);
    for (let i = 0; i < count; i++) {
      if (memory.reader.u64(bytes, i * map.size + offset) !== cache) continue;
      const slab = kernel.struct(type, at + BigInt(i * map.size));
      const objects = Math.min(slab.num('objects') ?? 0, 1024);
      const base = direct + BigInt((firstFrame + i) * memory.pageSize);
      for (let n = 0; n < objects; n++) {
        const task = kernel.struct('task_struct', base + BigInt(n * stride));
        if (isTask(kernel, task)) yield task;
      }
    }
  }
}

function isTask(kernel: KernelContext, task: Struct): boolean {
  const stack = task.ptr('stack');
  const pid = task.num('pid');
  const comm = task.text('comm');
  return (
    pid !== undefined &&
    pid > 0 &&
    stack !== undefined &&
    kernel.isKernelAddress(stack) &&
    stack % BigInt(kernel.memory.pageSize) === 0n &&
    comm !== undefined &&
    /^[\x20-\x7e]{1,15}$/.test(comm) &&
    (task.ptr(task.has('thread_pid') ? 'thread_pid' : 'pids[0].pid') ?? 0n) !== 0n
  );
}
