import type { KernelContext } from '../kernel/context.ts';
import { type KernelStacks, stacksOf } from '../unwind/stacks.ts';
import { findTasks, type Tasks } from './tasks/find-tasks.ts';
import type { Task } from './tasks/task.ts';

/** A dumped kernel while questions are asked of it: what several of them need is found once. */
export class Inspection {
  #tasks: Tasks | undefined;
  #stacks: KernelStacks | undefined;
  #breaks: readonly string[] = [];

  constructor(
    readonly kernel: KernelContext,
    /** Lines of the kernel log, a character a byte; read when the first question needs them. */
    readonly logLines: () => readonly string[],
  ) {}

  get tasks(): Tasks {
    const { losses } = this.kernel;
    if (this.#tasks === undefined) {
      const before = new Set(losses.stops);
      this.#tasks = findTasks(this.kernel);
      this.#breaks = [...losses.stops].filter((stop) => !before.has(stop));
    }
    // where their list broke is a loss of every question that asks for them
    for (const stop of this.#breaks) losses.stop(stop);
    return this.#tasks;
  }

  get stacks(): KernelStacks {
    const { kernel, memory, symbols } = this.kernel;
    this.#stacks ??= stacksOf(kernel, { memory, symbols, context: this.kernel });
    return this.#stacks;
  }

  /** The task that panicked, or was on the CPU that crashed. */
  get panicTask(): Task | undefined {
    const cpu = this.panicCpu;
    return cpu === undefined ? undefined : this.tasks.running.get(cpu);
  }

  /** panic_cpu (4.5 1717f2096b54), or crashing_cpu where a fault went to kexec without panic(). */
  get panicCpu(): number | undefined {
    for (const name of ['panic_cpu', 'crashing_cpu']) {
      const cpu = this.kernel.u32(name);
      if (cpu !== undefined && this.kernel.cpus.possible.includes(cpu)) return cpu;
    }
    return undefined;
  }
}
