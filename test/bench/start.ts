// What a small log costs before its first event: CPU time of whole processes against bare node's, as the machine may be busy.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { writeLog } from './synthetic-log.ts';

const RUNS = 15;
/** Bytes. */
const SIZE = 300_000;
/** The process says at its end what it took, with its threads. */
const SAY = '{const{user,system}=process.cpuUsage();process.stderr.write("\\ncpu "+(user+system))}';
const REPORT = `data:text/javascript,process.on("exit",()=>${SAY})`;

export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const log = join(dir, 'log');
    await writeLog(log, SIZE, 0.095);
    const bare = leastCpu(['-e', '0']);
    return ['events', 'incidents'].map((command) => {
      const cpu = leastCpu(['dist/cli.js', command, log]);
      const note = `CPU time of ${RUNS} runs, the least: ${(cpu / 1000).toFixed(0)} ms, node -e 0 ${(bare / 1000).toFixed(0)} ms`;
      return { name: `${command} on a log of 300 kB`, figure: cpu / bare, unit: '× bare node', floor: 9, note };
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** User and system time in µs. */
const leastCpu = (args: readonly string[]): number => Math.min(...Array.from({ length: RUNS }, () => cpuOf(args)));

function cpuOf(args: readonly string[]): number {
  const { status, stderr } = spawnSync(process.execPath, ['--import', REPORT, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(/cpu (\d+)/.exec(stderr)?.[1]);
}
