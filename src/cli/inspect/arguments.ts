import type { Inspection } from '../../machine/inspection.ts';
import type { Task } from '../../machine/tasks/task.ts';
import { UsageError } from '../exit.ts';

/** A part's arguments: flags with and without values, and the rest. */
export interface PartArguments {
  has(flag: string): boolean;
  value(flag: string): string | undefined;
  readonly rest: readonly string[];
}

/**
 * @param flags of the part, `=` behind those that take a value: `['-m', '--state=']`
 * @throws UsageError that names what is not one of them
 */
export function partArguments(part: string, args: readonly string[], flags: readonly string[]): PartArguments {
  const given = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = args[i]!.split('=', 2);
    if (!name.startsWith('-') || /^-\d/.test(name)) rest.push(args[i]!);
    else if (flags.includes(name)) given.set(name, '');
    else if (flags.includes(`${name}=`)) given.set(name, inline ?? args[++i] ?? '');
    else
      throw new UsageError(
        `${part} has no ${name}${flags.length > 0 ? `: ${flags.map((flag) => flag.replace('=', ' …')).join(', ')}` : ''}`,
      );
  }
  return { rest, has: (flag) => given.has(flag), value: (flag) => given.get(flag) };
}

/** Tasks by pid, by address of their task_struct, or by name. @throws UsageError where one names none */
export function tasksNamed({ tasks }: Inspection, names: readonly string[]): readonly Task[] {
  if (names.length === 0) return tasks.all;
  const found = new Set<Task>();
  for (const name of names) {
    const matching = tasks.all.filter((task) => isNamed(task, name));
    if (matching.length === 0) throw new UsageError(`there is no task ${name} in this dump`);
    for (const task of matching) found.add(task);
  }
  return [...found];
}

function isNamed(task: Task, name: string): boolean {
  if (/^\d+$/.test(name)) return task.pid === Number(name);
  if (/^(0x)?[0-9a-f]{8,16}$/i.test(name) && task.address === BigInt(`0x${name.replace(/^0x/i, '')}`)) return true;
  return task.comm === name;
}

/** The one task that a pid, an address or a name means; the first of several. @throws UsageError */
export function taskNamed(inspection: Inspection, name: string | undefined, part: string): Task {
  if (name === undefined) throw new UsageError(`${part} takes a PID`);
  return tasksNamed(inspection, [name])[0]!;
}
