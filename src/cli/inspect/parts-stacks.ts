import type { Inspection } from '../../machine/inspection.ts';
import { btRow, type TaskStack, taskStacks } from '../../machine/stacks/bt.ts';
import { cpuStackRows } from '../../machine/stacks/cpus.ts';
import { groupStacks } from '../../machine/stacks/group.ts';
import type { Task } from '../../machine/tasks/task.ts';
import { UsageError } from '../exit.ts';
import { partArguments, tasksNamed } from './arguments.ts';
import type { Answer, Part } from './part.ts';
import { selectTasks } from './select-tasks.ts';
import { groupText, stackText } from './stack-text.ts';

const BT_FLAGS = ['-a', '--group'];

export const BT_PART: Part = {
  name: 'bt',
  usage: 'bt [PID|COMM|TASK…] [-a] [--group]',
  about: 'stacks: of the task that panicked, of tasks named, -a of every CPU; --group those that stand at the same place together',
  answer(inspection, args) {
    const given = partArguments('bt', args, BT_FLAGS);
    const grouped = given.has('--group');
    return stacksAnswer(inspection, btTasks(inspection, given.rest, given.has('-a'), grouped), grouped);
  },
  withoutTypes(stacks, dump, args) {
    const given = partArguments('bt', args, ['-a']);
    if (given.rest.length > 0) throw new UsageError('without types no task can be named: bt shows the stacks of the CPUs');
    const rows = cpuStackRows(stacks, dump);
    return { rows, columns: [], text: () => rows.map(stackText).join('\n') };
  },
};

export const FOREACH_PART: Part = {
  name: 'foreach',
  usage: 'foreach [STATE|PID|COMM|active|kernel|user…] bt',
  about: 'the stack of every task, or of those in a state (RU, UN, IN…)',
  answer(inspection, args) {
    const at = args.indexOf('bt');
    if (at < 0) throw new UsageError('foreach takes bt: foreach UN bt');
    const given = partArguments('bt', args.slice(at + 1), BT_FLAGS);
    return stacksAnswer(inspection, selectTasks(inspection, args.slice(0, at)), given.has('--group'));
  },
};

/** Without a name the task that panicked; of a dump of a machine that did not crash, those on its CPUs. */
function btTasks(inspection: Inspection, names: readonly string[], all: boolean, grouped: boolean): readonly Task[] {
  if (all) return [...inspection.tasks.running].sort(([a], [b]) => a - b).map(([, task]) => task);
  if (names.length > 0) return tasksNamed(inspection, names);
  if (grouped) return inspection.tasks.all;
  return inspection.panicTask ? [inspection.panicTask] : [...inspection.tasks.running.values()];
}

function stacksAnswer(inspection: Inspection, tasks: readonly Task[], grouped: boolean): Answer {
  const { symbols } = inspection.kernel;
  const stacks: readonly TaskStack[] = taskStacks(inspection, inspection.stacks, tasks);
  if (grouped) {
    const rows = groupStacks(symbols, stacks);
    return { rows, columns: [], text: () => rows.map(groupText).join('\n') };
  }
  const rows = stacks.map((stack) => btRow(symbols, stack));
  return { rows, columns: [], text: () => rows.map(stackText).join('\n') };
}
