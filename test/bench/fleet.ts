// `lastkmsg incidents --format fleet-json` on many inputs: on threads against one process that reads them in turn.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './row.ts';

const COPIES = Number(process.env.BENCH_INPUTS ?? 200);

/** Issue 5: many inputs on worker threads. What threads can give depends on the CPUs that are free. */
export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const samples = readdirSync('samples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (let n = 0; n < COPIES; n++) {
      const name = samples[n % samples.length]?.name ?? '';
      copyFileSync(join('samples', name, 'vmcore'), join(dir, `${n}-${name}`));
    }
    const threads = seconds(['incidents', '--format', 'fleet-json', dir]);
    // every input by its own event stream, in turn, in one process
    const alone = seconds(['events', '--format', 'ndjson', dir]);
    return [
      {
        name: `${COPIES} dumps, grouped`,
        figure: alone / threads,
        unit: '× one thread',
        floor: undefined,
        note: `${threads.toFixed(1)} s on ${availableParallelism()} CPUs, events in one thread ${alone.toFixed(1)} s`,
      },
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The better of two runs. */
function seconds(args: readonly string[]): number {
  const once = (): number => {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
    if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`);
    return Number(process.hrtime.bigint() - start) / 1e9;
  };
  return Math.min(once(), once());
}
