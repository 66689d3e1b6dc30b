import type { Family, Watch } from '../common/family.ts';
import { cpuList } from '../common/fields.ts';
import type { Line } from '../common/line.ts';
import { HELD } from '../lock/held-lines.ts';
import { SHOW_MEM } from '../oom/memory-lines.ts';
import { CSD } from './csd-lines.ts';
import { DUMPS } from './dump-lines.ts';
import { HANGS } from './hung-lines.ts';
import { RCU } from './rcu-lines.ts';
import { SYSRQ, TABLES } from './sysrq-lines.ts';
import { WATCHDOGS } from './watchdog-lines.ts';
import { WORKQUEUES } from './workqueue-lines.ts';

export { CSD, DUMPS, HANGS, RCU, SYSRQ, WATCHDOGS, WORKQUEUES };

/** CPUs that a report asked for their backtraces and that have not answered. */
type Asked = Set<number>;

const WATCH: Watch<Asked> = {
  start: () => new Set(),
  see(asked, { text, line }) {
    if (line === DUMPS.nmi_trigger_cpumask_backtrace) {
      const { cpus = '' } = DUMPS.nmi_trigger_cpumask_backtrace.reads[0].exec(text)?.groups ?? {};
      for (const cpu of cpuList(cpus) ?? []) asked.add(cpu);
    } else if (line === DUMPS.nmi_cpu_backtrace) asked.delete(numberIn(text));
  },
};
/** `(#1)`: the lock goes by this number until it is released. */
const bugIn = (text: string): string | undefined => /\(#(\d+)\)/.exec(text)?.[1];
const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0]);

/** The CPU that locked up, those that another saw locked up, and of the oldest wordings the one that stalls. */
const LOCKED = /LOCKUP on (?:other CPUs|cpu|CPU) ?(?<on>[\d,-]+)|CPU (?<own>\d+) (?:self-detected hard|Hard) LOCKUP/;
const STALLED = /detected (?:CPU (?<own>\d+) stall|stall on CPU (?<on>\d+))/;
/** Whether both lines name CPUs, none of them the same: two that are stuck at one time, each with a report of its own. */
function areApart(pattern: RegExp, one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => {
    const { on, own = '' } = pattern.exec(text)?.groups ?? {};
    return cpuList(on ?? own);
  });
  return a !== undefined && b !== undefined && !a.some((cpu) => b.includes(cpu));
}

/** Rows that count only in what sysrq lists. */
const LISTED: ReadonlySet<Line> = new Set<Line>([...Object.values(TABLES), ...SHOW_MEM]);
const isRcu = (line: Line | undefined): boolean => line?.opens?.[0]?.form === 'rcu';

/** Time that passes without progress: kernel/rcu/tree_stall.h, kernel/watchdog.c, kernel/hung_task.c, kernel/workqueue.c; dumps by sysrq. */
export const STALL: Family<Asked> = {
  name: 'stall',
  lines: [HANGS, WATCHDOGS, CSD, RCU, WORKQUEUES, DUMPS, SYSRQ, TABLES].flatMap((table) => Object.values<Line>(table)),
  also: [...Object.values(HELD), ...SHOW_MEM],
  forms: [
    { name: 'rcu', spread: true, absorbs: ['stall/rcu'] },
    // RCU prints one line where a stuck CSD lock explains the stall: kernel/smp.c reports that lock
    { name: 'rcu-suppressed', single: true, needs: 'nothing' },
    { name: 'hung', spread: true, absorbsAlways: ['sanitizer/rule'] },
    { name: 'blocker', joinsOnly: true, needs: 'nothing' },
    // Lines of a report that another one began to print into: kernel/rcu says its name since 4.19, lib/nmi_backtrace.c whom it asked.
    { name: 'rcu-line', joinsOnly: true, resumes: true, needs: 'nothing' },
    { name: 'backtrace', joinsOnly: true, resumes: true, needs: 'nothing' },
    { name: 'soft', spread: true },
    { name: 'hard', spread: true, absorbs: ['stall/hard'] },
    { name: 'csd', spread: true },
    { name: 'csd-line', joinsOnly: true, needs: 'nothing' },
    { name: 'workqueue', spread: true, needs: 'nothing', absorbsAlways: ['stall/workqueue'] },
    { name: 'sysrq', spread: true, needs: 'nothing', absorbsAlways: ['sanitizer/rule'] },
    { name: 'sysrq-action', single: true, needs: 'nothing' },
  ],
  watch: WATCH,
  admits: (row, _text, lines) => !LISTED.has(row) || lines[0]?.line === SYSRQ.__handle_sysrq,
  // the CPU waits, and says so every few seconds, until the lock is released
  goesOn: (lines) => (lines[0]?.line === CSD.csd_lock_wait_toolong ? lines.at(-1)?.line !== CSD.csd_lock_wait_toolong_unstuck : undefined),
  joins(head, line, lines, _sameCaller, asked) {
    switch (head.name) {
      case 'stall/hard':
        return areApart(LOCKED, lines[0]?.text ?? '', line.text) ? false : undefined;
      case 'stall/rcu':
        return areApart(STALLED, lines[0]?.text ?? '', line.text) ? false : undefined;
      case 'stall/rcu-line':
        return isRcu(lines[0]?.line) ? true : undefined;
      case 'stall/backtrace':
        return asked.has(numberIn(line.text)) ? true : undefined;
      case 'stall/csd':
      case 'stall/csd-line':
        return lines[0]?.line === CSD.csd_lock_wait_toolong && bugIn(lines[0].text) === bugIn(line.text) ? true : undefined;
      case 'stall/blocker': {
        const who = /^INFO: task (.*?:\d+) (?:<\w+> |is )?blocked on a/.exec(line.text)?.[1];
        return who !== undefined && (lines[0]?.text.includes(`INFO: task ${who} `) ?? false) ? true : undefined;
      }
      default:
        return undefined;
    }
  },
};
