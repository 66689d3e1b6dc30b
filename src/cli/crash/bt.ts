import { btRow, type TaskStack, taskStacks } from '../../machine/stacks/bt.ts';
import { cpuStackRows } from '../../machine/stacks/cpus.ts';
import { STACK_ENDS } from '../../machine/stacks/stack-end.ts';
import type { Task } from '../../machine/tasks/task.ts';
import { printable } from '../../output/text/printable.ts';
import type { Symbols } from '../../symbols/symbols.ts';
import { type Frame, lookupAddress, type Stack } from '../../unwind/stack.ts';
import { stacksOf } from '../../unwind/stacks.ts';
import { UsageError } from '../exit.ts';
import { partArguments, tasksNamed } from '../inspect/arguments.ts';
import type { Row } from '../inspect/part.ts';
import { selectTasks } from '../inspect/select-tasks.ts';
import { taskHead } from './layout/cell.ts';
import { registersText } from './layout/registers.ts';
import type { CrashCommand, CrashSession } from './session.ts';

/** -a CPUs' tasks, -f words of each frame, -s offsets, -l sources, -t and -T any return address, -e frames of exceptions: what is taken of crash's. */
const FLAGS = ['-a', '-f', '-s', '-l', '-v', '-c='];

export const BT: CrashCommand = {
  name: 'bt',
  usage: 'bt [-a] [-c CPU] [-s] [-f] [PID|TASK…]',
  about: 'stack of a task; -a of those on CPUs, -c of one CPU, -s with offsets, -f with the words of each frame',
  run(session, args) {
    if (!session.hasTypes) return cpusText(session, args);
    const { inspection, context } = session;
    const given = partArguments('bt', args, FLAGS);
    const running = [...inspection.tasks.running].sort(([a], [b]) => a - b).map(([, task]) => task);
    const cpu = given.value('-c');
    const onCpu = cpu === undefined ? undefined : inspection.tasks.running.get(Number(cpu));
    if (cpu !== undefined && !onCpu) throw new UsageError(`there is no CPU ${cpu} in this dump`);
    const wanted = onCpu
      ? [onCpu]
      : given.has('-a')
        ? running
        : given.rest.length > 0
          ? tasksNamed(inspection, given.rest)
          : context
            ? [context]
            : running;
    return stacksText(session, wanted, args);
  },
};

export const FOREACH: CrashCommand = {
  name: 'foreach',
  usage: 'foreach [STATE|PID|COMM|active|kernel|user…] bt [-s] [-f]',
  about: 'the stack of every task, or of those in a state (RU, UN, IN…)',
  run(session, args) {
    const at = args.indexOf('bt');
    if (at < 0) throw new UsageError('foreach takes bt here; files, vm and ps take names of their own');
    return stacksText(session, selectTasks(session.inspection, args.slice(0, at)), args.slice(at + 1));
  },
};

function stacksText({ inspection }: CrashSession, tasks: readonly Task[], args: readonly string[]): string {
  const given = partArguments('bt', args, FLAGS);
  const { kernel } = inspection;
  const options = { offsets: given.has('-s') || given.has('-l'), words: given.has('-f') ? kernel.memory : undefined };
  const stacks = taskStacks(inspection, inspection.stacks, tasks);
  return stacks.map((stack) => stackText(kernel.symbols, stack, options)).join('\n');
}

interface BtOptions {
  /** `panic+745` instead of `panic`. */
  readonly offsets: boolean;
  /** Memory to show the words of each frame from. */
  readonly words: { word(address: bigint): bigint | undefined } | undefined;
}

const stackText = (symbols: Symbols, stack: TaskStack, options: BtOptions): string =>
  taskHead(btRow(symbols, stack) as Row) + framesText(symbols, stack.stack, options);

function framesText(symbols: Symbols, { frames, end, user }: Stack, options: BtOptions): string {
  const why = STACK_ENDS[end];
  let number = 0;
  const lines = frames.map((frame, i) => {
    const registers = frame.registers;
    // as crash: what was interrupted has its registers, and no number of its own; kernels of other machines have none to show
    if (frame.kind !== 'call' && registers) return exceptionText(symbols, frame) + registersText(registers);
    const line = frameText(symbols, frame, number++, options.offsets);
    return line + (options.words ? wordsText(options.words, frame, frames[i + 1]) : '');
  });
  return [...lines, user ? registersText(user) : '', end === 'gone' ? '(no stack)\n' : why ? `    [${why}]\n` : ''].join('');
}

function nameOf(symbols: Symbols, frame: Frame, offsets: boolean): string {
  const at = lookupAddress(frame);
  const found = symbols.at(at);
  if (!found) return '(unknown)';
  return printable(offsets ? `${found.name}+${found.offset + Number(frame.ip - at)}` : found.name);
}

function frameText(symbols: Symbols, frame: Frame, number: number, offsets: boolean): string {
  const module = symbols.at(lookupAddress(frame))?.module;
  const doubt = frame.reliable ? '' : '? ';
  const place = `${`#${number}`.padStart(3)} [${frame.sp.toString(16).padStart(8)}]`;
  return `${place} ${doubt}${nameOf(symbols, frame, offsets)} at ${frame.ip.toString(16)}${module === undefined ? '' : ` [${printable(module)}]`}\n`;
}

/** crash's words on x86-64; other machines have no RIP. */
const exceptionText = (symbols: Symbols, frame: Frame): string =>
  `    [exception ${frame.registers?.('ss') === undefined ? 'PC' : 'RIP'}: ${nameOf(symbols, frame, true)}]\n`;

/** Stacks of functions are small; a frame over an interrupt's gap is not shown whole. */
const MAX_WORDS = 512;

/** The words between a frame's return address and the next one's, two a line. */
function wordsText(memory: { word(address: bigint): bigint | undefined }, { sp }: Frame, next: Frame | undefined): string {
  if (!next || next.sp <= sp || next.sp - sp > BigInt(8 * MAX_WORDS)) return '';
  let text = '';
  for (let at = sp + 8n, i = 0; at <= next.sp; at += 8n, i++) {
    const word = memory.word(at);
    const shown = word === undefined ? '-'.repeat(16) : word.toString(16).padStart(16, '0');
    text += i % 2 === 0 ? `${i > 0 ? '\n' : ''}    ${at.toString(16)}: ${shown} ` : `${shown} `;
  }
  return text ? `${text}\n` : '';
}

/** Of a kernel without types the stacks of its CPUs, whatever task was asked for. */
function cpusText({ kernel, dump }: CrashSession, args: readonly string[]): string {
  const given = partArguments('bt', args, FLAGS);
  if (given.rest.length > 0) throw new UsageError('without types no task can be named: bt shows the stacks of the CPUs');
  const stacks = stacksOf(kernel.kernel, kernel);
  const rows = cpuStackRows(stacks, dump.dump);
  const cpu = given.value('-c');
  return [...stacks.notes.keys()]
    .flatMap((number, i) => {
      const stack = stacks.onCpu(number);
      if (!stack || (cpu !== undefined && Number(cpu) !== number)) return [];
      const options = { offsets: given.has('-s') || given.has('-l'), words: given.has('-f') ? kernel.memory : undefined };
      return [taskHead(rows[i] as Row) + framesText(kernel.symbols, stack, options)];
    })
    .join('\n');
}
