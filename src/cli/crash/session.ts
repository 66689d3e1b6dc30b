import type { Inspection } from '../../machine/inspection.ts';
import type { Task } from '../../machine/tasks/task.ts';
import type { DumpLog } from '../../read/inputs/dump-log.ts';

/** A dump while crash's commands are asked of it. */
export interface CrashSession {
  readonly dump: DumpLog;
  readonly inspection: Inspection;
  /** What `bt`, `files`, `vm` and `set` mean without a name: the task that panicked, till `set` says another. */
  context: Task | undefined;
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
