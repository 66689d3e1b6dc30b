// What a run of a program costs: wall time, CPU time of all its threads and children, peak memory.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

export interface Cost {
  /** Seconds on the clock. */
  readonly wall: number;
  /** Seconds of CPU, user and system. */
  readonly cpu: number;
}

/** A program with its output thrown away. @param okay exit codes that are fine @throws Error where it ends otherwise */
export function cost(program: string, args: readonly string[], okay: readonly number[] = [0]): Cost {
  // the program's own complaint, then what bash says of its time
  const timed = 'TIMEFORMAT="%R %U %S"; time "$0" "$@" >/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', timed, program, ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (status === null || !okay.includes(status)) throw new Error(`${program} ended with ${status}: ${reason(stderr)}`);
  const [wall = 0, user = 0, system = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { wall, cpu: user + system };
}

/** The first line of a complaint. */
const reason = (stderr: string): string => stderr.trim().split('\n')[0] ?? '';

export const isInstalled = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

export interface Growth {
  /** Seconds of CPU of the process, all its threads. */
  readonly cpu: number;
  /** Megabytes at its peak. */
  readonly memory: number;
}

/** Said at its end on descriptor 3. VmHWM, as getrusage's figure of a child begins with its parent's. */
const REPORT = `data:text/javascript,${encodeURIComponent(`import fs from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const peak = Number(/VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'latin1'))[1]);
  fs.writeSync(3, JSON.stringify({ cpu: (user + system) / 1e6, memory: peak / 1024 }));
});`)}`;

/** `lastkmsg` with its output thrown away. @param feed writes its standard input */
export async function growthOf(args: readonly string[], feed?: (to: NodeJS.WritableStream) => Promise<void>): Promise<Growth> {
  const child = spawn(process.execPath, ['--import', REPORT, 'dist/cli.js', ...args], { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
  let [said, complaint] = ['', ''];
  child.stdio[3]?.on('data', (data) => (said += data));
  child.stderr?.on('data', (data) => (complaint += complaint.length < 1000 ? data : ''));
  const ended = once(child, 'close');
  await feed?.(child.stdin as NodeJS.WritableStream);
  child.stdin?.end();
  const [code] = await ended;
  // 3: of more than 15,000 reports not all are in an incident
  if ((code !== 0 && code !== 3) || said === '') throw new Error(`lastkmsg ${args.slice(0, 3).join(' ')} ended with ${code}: ${complaint}`);
  return JSON.parse(said) as Growth;
}

export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The exponent b of cost = a · size^b, by least squares of the logarithms.
 * @returns undefined of fewer than two points
 */
export function exponent(points: readonly Point[]): number | undefined {
  const logs = points.filter(({ cost }) => cost > 0).map(({ size, cost }) => [Math.log(size), Math.log(cost)] as const);
  if (logs.length < 2) return undefined;
  const mean = (at: 0 | 1): number => logs.reduce((sum, log) => sum + log[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return above / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}
