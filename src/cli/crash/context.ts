import { hex } from '../../machine/row.ts';
import type { Task } from '../../machine/tasks/task.ts';
import { UsageError } from '../exit.ts';
import { tasksNamed } from '../inspect/arguments.ts';
import { contextText } from './layout/system.ts';
import type { CrashCommand, CrashSession } from './session.ts';

export const SET: CrashCommand = {
  name: 'set',
  usage: 'set [PID|TASK|-p]',
  about: 'the task that bt, files and vm mean without a name; -p the one that panicked',
  run(session, args) {
    const { inspection } = session;
    // `set -p` is the task that panicked; what people write as `set -p PID` means PID
    const [name] = args.filter((arg) => arg !== '-p');
    if (SETTINGS.has(name ?? '')) return ''; // `set scroll off`: there is no scrolling to set
    if (args.includes('-c')) throw new UsageError('set takes a pid or a task; of a CPU bt -a shows the task');
    if (args.includes('-p') && name === undefined) session.context = inspection.panicTask ?? session.context;
    else if (name !== undefined) session.context = tasksNamed(inspection, [name])[0];
    return session.context ? contextOf(session, session.context) : 'no task is set: set PID\n';
  },
};

const SETTINGS: ReadonlySet<string> = new Set([
  'scroll',
  'radix',
  'refresh',
  'print_max',
  'console',
  'debug',
  'hex',
  'dec',
  'edit',
  'redzone',
  'zero_excluded',
]);

function contextOf({ inspection }: CrashSession, task: Task): string {
  const isActive = [...inspection.tasks.running.values()].some(({ address }) => address === task.address);
  const isPanic = inspection.panicTask?.address === task.address;
  const row = { pid: task.pid, comm: task.comm, task: hex(task.address), cpu: task.cpu, state: task.state };
  return contextText(row, isPanic ? ' (PANIC)' : isActive ? ' (ACTIVE)' : '');
}

/** The name that a command was given, else the task that is set. @throws UsageError where neither is */
export function orContext(args: readonly string[], { context }: CrashSession, command: string): readonly string[] {
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (names.length > 0) return names;
  if (!context) throw new UsageError(`${command} takes a PID`);
  return [hex(context.address)];
}
