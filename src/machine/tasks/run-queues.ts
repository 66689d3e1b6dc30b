import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';

/** A CPU's run queue (kernel/sched/sched.h struct rq). */
export interface RunQueue {
  readonly cpu: number;
  readonly rq: Struct;
  /** The task on the CPU. */
  readonly curr: Struct | undefined;
  readonly idle: Struct | undefined;
  /** The stopper thread. */
  readonly stop: Struct | undefined;
}

/** Of the CPUs that are present, online or not: a panic takes all but one offline. */
export function runQueues(kernel: KernelContext): RunQueue[] {
  const { present, possible } = kernel.cpus;
  return (present.length > 0 ? present : possible).flatMap((cpu) => {
    const rq = kernel.perCpu('runqueues', 'rq', cpu);
    if (!rq) return [];
    const task = (path: string): Struct | undefined => rq.follow(path, 'task_struct');
    return [{ cpu, rq, curr: task('curr'), idle: task('idle'), stop: task('stop') }];
  });
}

/** Nanoseconds of the newest run-queue clock: the nearest thing to the time of the crash. */
export function newestClock(queues: readonly RunQueue[]): number | undefined {
  const clocks = queues.flatMap(({ rq }) => rq.num('clock') ?? []);
  return clocks.length > 0 ? Math.max(...clocks) : undefined;
}
