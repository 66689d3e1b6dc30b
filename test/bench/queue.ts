// A fleet over the real server, end to end: ship, workers, until each job is answered; against `incidents DIR` of the same inputs.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { NatsServer } from '../support/nats.ts';
import type { Row } from './row.ts';

const INPUTS = Number(process.env.BENCH_INPUTS ?? 2000);
/** Inputs that each reader has read before: it reads 10,000, and V8 takes a second of CPU time in each process until all is compiled. */
const WARM = 1000;
const CPUS = availableParallelism();
/** `incidents` takes a thread for each CPU: this takes all but one away from it, and leaves V8's own threads where they are. */
const ONE_READER = `data:text/javascript,import os from 'node:os';import { syncBuiltinESMExports } from 'node:module';
os.availableParallelism = () => 1; syncBuiltinESMExports();`;

/**
 * Issue 18: with one worker at least 0.8 × what `incidents DIR` does, more with more cores. One worker with its readers takes all CPUs of a
 * small machine, so that more workers there share what one has; what cores bring shows where everything, the server and `ship` too, is held
 * to as many CPUs as there are workers, of one reader each.
 */
export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const logs = inputs(dir, 'measured', INPUTS);
    const incidents = ['dist/cli.js', 'incidents', '--format', 'json', logs];
    const one = INPUTS / seconds(['--import', ONE_READER, ...incidents]);
    const all = INPUTS / seconds(incidents);
    const rows = [row('1 worker, 1 reader', await fleet(dir, logs, 1, 1), one, 'incidents with 1 thread', 0.8)];
    for (const workers of [1, 2, 4]) {
      const rate = await fleet(dir, logs, workers, CPUS);
      rows.push(row(workers === 1 ? '1 worker' : `${workers} workers`, rate, all, 'incidents DIR', workers === 1 ? 0.8 : undefined));
    }
    const alone = await onCpus(1, () => fleet(dir, logs, 1, 1));
    for (const cpus of [2, 4].filter((n) => n <= CPUS)) {
      const rate = await onCpus(cpus, () => fleet(dir, logs, cpus, 1));
      rows.push(row(`${cpus} workers on ${cpus} CPUs`, rate, alone, '1 worker on 1 CPU', 0.8 * cpus));
    }
    return rows;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const row = (what: string, rate: number, peer: number, against: string, floor?: number): Row => ({
  name: `${INPUTS} logs, ${what}`,
  figure: rate / peer,
  unit: `× ${against}`,
  floor,
  note: `${rate.toFixed(0)} inputs a second, ${against} ${peer.toFixed(0)}, on ${CPUS} CPUs`,
});

/** Whatever is begun meanwhile runs on the first CPUs alone. */
async function onCpus<T>(count: number, run: () => Promise<T>): Promise<T> {
  const hold = (last: number): void => void spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `0-${last}`, `${process.pid}`]);
  hold(count - 1);
  try {
    return await run();
  } finally {
    hold(CPUS - 1);
  }
}

/** Logs of which no two are the same. */
function inputs(dir: string, name: string, count: number): string {
  const into = join(dir, name);
  mkdirSync(into);
  const samples = readdirSync('samples').filter((each) => each !== 'README.md');
  const logs = samples.map((each) => readFileSync(join('samples', each, 'dmesg.txt'), 'latin1'));
  for (let n = 0; n < count; n++) writeFileSync(join(into, `${n}.log`), `${logs[n % logs.length]}[99999.000000] ${name}: ${n}\n`, 'latin1');
  return into;
}

function seconds(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

let warmed = 0;

/** Inputs a second, from when the first is shipped until the last is answered; the workers wait already. */
async function fleet(dir: string, logs: string, workers: number, readers: number): Promise<number> {
  const server = await NatsServer.start();
  const nats = ['--nats', server.url];
  seconds(['dist/cli.js', 'fleet', 'setup', ...nats]);
  const command = ['dist/cli.js', 'worker', ...nats, '--readers', `${readers}`];
  const pool = Array.from({ length: workers }, () => spawn(process.execPath, command, { stdio: 'ignore' }));
  const nc = await connect({ servers: server.url });
  const jsm = await jetstreamManager(nc);
  const consumer = () => jsm.consumers.info('LASTKMSG_JOBS', 'workers');
  while ((await consumer()).num_waiting < workers) await wait(50);
  const answered = async (directory: string): Promise<number> => {
    const start = process.hrtime.bigint();
    const ship = ['dist/cli.js', 'ship', ...nats, '--spool', join(server.directory, 'spool'), directory];
    const shipping = spawn(process.execPath, ship, { stdio: 'ignore' });
    await new Promise((resolve) => shipping.once('exit', resolve));
    for (;;) {
      const { num_pending, num_ack_pending } = await consumer();
      if (num_pending + num_ack_pending === 0) break;
      await wait(20);
    }
    return Number(process.hrtime.bigint() - start) / 1e9;
  };
  const warm = inputs(dir, `warm-${warmed++}`, WARM * workers * readers);
  await answered(warm);
  const took = await answered(logs);
  await nc.close();
  for (const worker of pool) worker.kill('SIGKILL');
  await server.stop();
  return INPUTS / took;
}
