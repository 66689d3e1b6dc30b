// `lastkmsg inspect` against bare node: CPU time and memory of whole processes, the least of several.
import { spawnSync } from 'node:child_process';
import type { Row } from './row.ts';

const RUNS = 5;
/** A dump of 18 MB trimmed to what inspection needs: symbols, types and tables are all there. */
const DUMP = process.env.BENCH_DUMP ?? 'test/golden/inspect/rich-stuck-disk-6.1.vmcore';

/** CPU time of the library's second call over the first, in one process. */
const TWICE = `import { openLog } from './dist/index.mjs';
const took = [];
for (let i = 0; i < 2; i++) {
  const before = process.cpuUsage();
  const log = await openLog(process.argv[1]);
  await log.incidents({ memory: true });
  await log.close();
  const { user, system } = process.cpuUsage(before);
  took.push(user + system);
}
console.log(took[1] / took[0]);`;

/** Issue 14: `ps` at most 6 times bare node and 120 MB, the overview at most 10 times, a second dump of a kernel at most half of the first. */
export async function bench(): Promise<Row[]> {
  const node = least(['-e', '0']);
  const ps = least(['dist/cli.js', 'inspect', DUMP, 'ps']);
  const overview = least(['dist/cli.js', 'inspect', DUMP]);
  const note = (cpu: number): string => `${Math.round(cpu * 1000)} ms of CPU, bare node ${Math.round(node.cpu * 1000)}`;
  return [
    { name: 'inspect ps', figure: ps.cpu / node.cpu, unit: '× bare node', floor: 6, note: note(ps.cpu) },
    { name: 'inspect ps, memory', figure: ps.mb, unit: 'MB', floor: 120, note: `bare node ${Math.round(node.mb)} MB` },
    { name: 'a second dump of a kernel in one process', figure: second(), unit: '× the first', floor: 0.5, note: 'log, events and memory' },
    { name: 'inspect, the overview', figure: overview.cpu / node.cpu, unit: '× bare node', floor: 10, note: note(overview.cpu) },
  ];
}

function second(): number {
  const ratios = Array.from({ length: RUNS }, () =>
    Number(spawnSync(process.execPath, ['--input-type=module', '-e', TWICE, DUMP], { encoding: 'utf8' }).stdout),
  );
  return ratios.sort((a, b) => a - b)[RUNS >> 1]!;
}

interface Cost {
  /** Seconds, user and system. */
  readonly cpu: number;
  readonly mb: number;
}

/** By `time`, which counts a process from its start. */
function least(args: readonly string[]): Cost {
  const costs = Array.from({ length: RUNS }, () => {
    const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', process.execPath, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    const [user = 0, system = 0, kb = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
    return { cpu: user + system, mb: kb / 1024 };
  });
  return { cpu: Math.min(...costs.map(({ cpu }) => cpu)), mb: Math.min(...costs.map(({ mb }) => mb)) };
}
