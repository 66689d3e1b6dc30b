import type { KernelContext } from '../../kernel/context.ts';
import type { Inspection } from '../../machine/inspection.ts';
import type { Task } from '../../machine/tasks/task.ts';
import type { DumpLog } from '../../read/inputs/dump-log.ts';
import { UsageError } from '../exit.ts';

/** What needs no types: code and symbols, memory by address. */
export type SymbolKernel = Pick<KernelContext, 'machine' | 'memory' | 'symbols' | 'kernel'>;

/** A dump while crash's commands are asked of it. */
export class CrashSession {
  /** What `bt`, `files`, `vm` and `set` mean without a name: the task that panicked, till `set` says another. */
  context: Task | undefined;
  readonly #inspection: Inspection | string;

  /** @param inspection of a kernel without types the reason why it has none */
  constructor(
    readonly dump: DumpLog,
    readonly kernel: SymbolKernel,
    inspection: Inspection | string,
  ) {
    this.#inspection = inspection;
    if (typeof inspection !== 'string') this.context = inspection.panicTask ?? inspection.tasks.running.values().next().value;
  }

  get hasTypes(): boolean {
    return typeof this.#inspection !== 'string';
  }

  /** Why tasks and structures cannot be read, where they cannot. */
  get lacksTypes(): string | undefined {
    return typeof this.#inspection === 'string' ? this.#inspection : undefined;
  }

  /** @throws UsageError where the kernel has no types */
  get inspection(): Inspection {
    if (typeof this.#inspection === 'string')
      throw new UsageError(`tasks and structures cannot be read (${this.#inspection}): bt, sym, dis, rd and log can`);
    return this.#inspection;
  }
}

/** One command of crash. */
export interface CrashCommand {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /**
   * @param args as typed, quotes taken off
   * @returns what is printed, lines with their ends
   * @throws UsageError where the arguments say nothing that it knows; told, and the session goes on
   */
  run(session: CrashSession, args: readonly string[]): string | Promise<string>;
}
