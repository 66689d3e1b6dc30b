import type { Inspection } from '../inspection.ts';
import { presentPages } from '../memory/zones.ts';
import { hex, type Known, row } from '../row.ts';
import type { TaskState } from '../tasks/state.ts';
import { kernelTime } from './time.ts';

/** The row of `sys`. */
export interface SysRow {
  readonly release: string;
  readonly version: string;
  readonly machine: string;
  readonly nodename: string;
  readonly cpus: number;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly uptimeSeconds: number;
  /** Over 1, 5 and 15 minutes. */
  readonly loadAverage: readonly number[];
  readonly tasks: number;
  readonly memoryBytes: number;
  /** The log's line that says why. */
  readonly panic: string;
  readonly pid: number;
  readonly comm: string;
  readonly task: string;
  readonly cpu: number;
  readonly state: TaskState;
  readonly taint: string;
}

export function sysRow(inspection: Inspection): Known<SysRow> {
  const { kernel, tasks, panicTask } = inspection;
  const { utsname } = kernel.kernel;
  const time = kernelTime(kernel);
  const pages = presentPages(kernel);
  const { present, possible } = kernel.cpus;
  return row<SysRow>({
    release: utsname?.release,
    version: utsname?.version,
    machine: utsname?.machine,
    nodename: utsname?.nodename,
    cpus: (present.length > 0 ? present : possible).length,
    date: isoDate(time.now),
    uptimeSeconds: time.tickUptime ?? time.uptime,
    loadAverage: loadAverage(inspection),
    tasks: tasks.all.length,
    memoryBytes: pages === undefined ? undefined : pages * kernel.memory.pageSize,
    panic: panicLine(inspection.logLines()) ?? null,
    taint: taintLetters(kernel.word('tainted_mask')),
    // a live dump has no task that panicked
    ...(panicTask
      ? { pid: panicTask.pid, comm: panicTask.comm, task: hex(panicTask.address), cpu: panicTask.cpu, state: panicTask.state }
      : { pid: null, comm: null, task: null, cpu: null, state: null }),
  });
}

const isoDate = (seconds: number | undefined): string | undefined =>
  seconds === undefined || !(seconds < 2 ** 33) ? undefined : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/** avenrun: fixed point of 11 bits; rounded as /proc/loadavg does (FIXED_1/200). */
function loadAverage({ kernel }: Inspection): number[] | undefined {
  const at = kernel.symbols.address('avenrun');
  if (at === undefined) return undefined;
  const { wordSize } = kernel.memory;
  const averages = [0, 1, 2].flatMap((i) => kernel.memory.word(at + BigInt(i * wordSize)) ?? []);
  if (averages.length < 3) return undefined;
  return averages.map((average) => Math.floor(((Number(average) + 2048 / 200) * 100) / 2048) / 100);
}

/** Letters of the taint flags (kernel/panic.c taint_flags), in the order of their bits. */
const TAINT = 'PFSRMBUDAWCIOELKXTNJ';

function taintLetters(mask: bigint | undefined): string | undefined {
  return mask === undefined ? undefined : [...TAINT].filter((_, bit) => ((mask >> BigInt(bit)) & 1n) === 1n).join('');
}

const PANIC = /^Kernel panic - not syncing: /;
/** Heads of reports of a fault that kexec follows at once, without a panic (crash_kexec from oops_end). */
const FAULT =
  /^(?:BUG: (?:unable to handle|kernel NULL)|Unable to handle kernel|kernel BUG at |Internal error: |general protection fault|divide error: |invalid opcode: |stack segment: |double fault: )/;
const LESSER = /^(?:Oops|BUG: |watchdog: BUG: |sysrq: (?:SysRq : )?Trigger a crash)/;

/** What stopped the machine: a panic, unless a fault was told behind it (who panics tells nothing more; logs hold lines like it). */
function panicLine(lines: readonly string[]): string | undefined {
  const panic = lines.findLastIndex((line) => PANIC.test(line));
  const fault = lines.findLastIndex((line) => FAULT.test(line));
  return lines[panic > fault ? panic : fault] ?? lines.findLast((line) => LESSER.test(line));
}
