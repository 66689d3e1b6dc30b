import type { MachineFacts } from '../../event/event.ts';
import type { Inspectable } from '../../kernel/open.ts';
import { decodeText } from '../../record/decode-text.ts';
import { stacksOf } from '../../unwind/stacks.ts';
import { framesUntilStop } from '../../unwind/stopped.ts';
import type { DumpLog } from '../inputs/dump-log.ts';
import { functionsOf, inInterrupt, stackFacts } from './stack-facts.ts';

/** The line above the registers of a report (kernel/printk dump_stack_print_info()): who reported it, and where. */
const REPORTER = /\bCPU: (?<cpu>\d+)(?: UID: \d+)? PID: (?<pid>\d+) Comm: (?<comm>.{1,15}?)(?: Kdump: \w+)? (?:Not tainted|Tainted)/;
/** What other CPUs print of themselves when a panic stops them (arm and arm64 ipi_cpu_stop()). */
const STOPPED = /^CPU\d+: stopping/;
/** Functions in which a CPU that has nothing to do stands. */
const IDLE = /^(?:do_idle|cpu_startup_entry|default_idle_call|cpuidle_enter)/;

/**
 * What is left where the kernel has symbols and no types: what each CPU did, and whether the stack of the one that the log's last
 * report is of is the one that it printed. No task can be read, so its name is the log's.
 */
export function cpuFacts({ kernel, log }: DumpLog, found: Extract<Inspectable, { tier: 'text-symbols' }>): MachineFacts {
  const stacks = stacksOf(kernel, found);
  const lines = [...log.records(false)].flatMap(({ text }) => text.split('\n'));
  const { cpu, pid, comm } =
    before(lines)
      .findLast((line) => REPORTER.test(line))
      ?.match(REPORTER)?.groups ?? {};
  const reporter = cpu === undefined || comm === undefined ? undefined : { cpu: Number(cpu), pid: Number(pid), comm: decodeText(comm) };
  const stack = reporter && stacks.onCpu(reporter.cpu);
  return {
    ...(reporter && stack && { panic: reporter }),
    ...(reporter &&
      stackFacts(
        found.symbols,
        stack,
        reporter.pid,
        () => lines,
        (name) => found.symbols.address(name) !== undefined,
      )),
    cpus: [...stacks.notes.keys()].map((number) => {
      const own = stacks.onCpu(number);
      const frames = own ? framesUntilStop(found.symbols, own.frames) : [];
      const functions = functionsOf(found.symbols, frames);
      const task = number === reporter?.cpu ? { pid: reporter.pid, comm: reporter.comm } : {};
      const isIdle = (!inInterrupt(frames) && own?.frames.some((frame) => IDLE.test(found.symbols.at(frame.ip - 1n)?.name ?? ''))) ?? false;
      return { ...task, cpu: number, in: functions, idle: isIdle };
    }),
    stuck: [],
    memory: [],
    largest: [],
    unknown: [`tasks and memory: ${found.reason}`],
  };
}

/** The log up to where the CPUs that had nothing to do with it print theirs. */
function before(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => STOPPED.test(line));
  return end < 0 ? lines : lines.slice(0, end);
}
