import { directoriesOf } from '../../../machine/fs/files.ts';
import { hex } from '../../../machine/row.ts';
import type { Task } from '../../../machine/tasks/task.ts';
import { printable } from '../../../output/text/printable.ts';
import { tasksNamed } from '../../inspect/arguments.ts';
import type { Layout } from '../from-part.ts';
import type { CrashSession } from '../session.ts';
import { address, bareHex, field, taskHead } from './cell.ts';

/** The task that a command's arguments or its session mean. */
function taskOf({ inspection, context }: CrashSession, args: readonly string[]): Task | undefined {
  const name = args.find((arg) => !arg.startsWith('-'));
  return name === undefined ? context : tasksNamed(inspection, [name])[0];
}

const head = (task: Task | undefined): string =>
  task ? taskHead({ pid: task.pid, task: hex(task.address), cpu: task.cpu, comm: task.comm }) : '';

export const filesLayout: Layout = (rows, session, args) => {
  const task = taskOf(session, args);
  const { root, cwd } = task ? directoriesOf(task.struct) : {};
  const lines = rows.map((row) => {
    const where = `${address(row, 'file')} ${address(row, 'dentry')} ${address(row, 'inode')}`;
    return `${field(row, 'fd').padStart(3)} ${where} ${field(row, 'type').padEnd(4)} ${row.path === undefined ? '' : field(row, 'path')}\n`;
  });
  return [
    head(task),
    `ROOT: ${printable(root ?? '-')}    CWD: ${printable(cwd ?? '-')}\n`,
    ...(lines.length > 0 ? [' FD       FILE            DENTRY           INODE       TYPE PATH\n', ...lines] : ['No open files\n']),
  ].join('');
};

export const vmLayout: Layout = (rows, session, args) => {
  const task = taskOf(session, args);
  const mm = task?.struct.follow('mm', 'mm_struct');
  const pgd = mm?.ptr('pgd');
  const total = mm?.num('total_vm');
  const kb = session.inspection.kernel.memory.pageSize / 1024;
  const summary = { mm: hex(mm?.address), pgd: hex(pgd) };
  const lines = rows.map((row) => {
    const range = `${bareHex(row, 'start').padStart(10)} ${bareHex(row, 'end').padStart(10)} ${bareHex(row, 'flags').padStart(7)}`;
    return `${address(row, 'vma')} ${range} ${row.file === undefined ? '' : field(row, 'file')}\n`;
  });
  return [
    head(task),
    '       MM               PGD          TOTAL_VM\n',
    `${address(summary, 'mm')}  ${address(summary, 'pgd')}  ${total === undefined ? '-' : `${total * kb}k`}\n`,
    '      VMA           START       END     FLAGS FILE\n',
    ...lines,
  ].join('');
};
