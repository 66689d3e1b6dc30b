import { memberRows } from '../../machine/raw/struct.ts';
import { hex } from '../../machine/row.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import { tasksNamed } from '../inspect/arguments.ts';
import { taskHead } from './layout/cell.ts';
import type { CrashCommand } from './session.ts';

export const TASK: CrashCommand = {
  name: 'task',
  usage: 'task [-R MEMBER,…] [PID|TASK…]',
  about: 'task_struct of a task; -R only these members',
  run({ inspection, context }, args) {
    const at = args.indexOf('-R');
    const members = at < 0 ? undefined : args[at + 1]?.split(',');
    const names = args.filter((arg, i) => !arg.startsWith('-') && (at < 0 || i !== at + 1));
    const tasks = names.length > 0 ? tasksNamed(inspection, names) : context ? [context] : [];
    if (tasks.length === 0) throw new UsageError('task takes a PID');
    return tasks
      .map((task) => {
        const rows = (members ?? [undefined]).flatMap((path) => {
          const found = memberRows(inspection.kernel, 'task_struct', path, task.address);
          if (found.length === 0) throw new UsageError(`this kernel has no member task_struct.${path ?? ''}`);
          return found;
        });
        const head = taskHead({ pid: task.pid, task: hex(task.address), cpu: task.cpu, comm: task.comm });
        return (
          head +
          rows.map(({ member, value }) => `  ${printable(member ?? '')} = ${value === undefined ? '-' : printable(value)},\n`).join('')
        );
      })
      .join('\n');
  },
};
