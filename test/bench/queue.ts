// A fleet over the real server, end to end: ship, workers, until each job is answered; against `incidents DIR` of the same inputs.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { NatsServer } from '../support/nats.ts';
import type { Row } from './row.ts';

const INPUTS = Number(process.env.BENCH_INPUTS ?? 1000);

/** Issue 18: with one worker at least 0.8 × what `incidents DIR` does. A worker has a reader for each CPU, as that has a thread. */
export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const logs = readdirSync('samples').flatMap((name) => {
      const path = join('samples', name, 'dmesg.txt');
      return name === 'README.md' ? [] : [readFileSync(path, 'latin1')];
    });
    for (let n = 0; n < INPUTS; n++) writeFileSync(join(dir, `${n}.log`), `${logs[n % logs.length]}[99999.000000] bench: ${n}\n`, 'latin1');
    const alone = seconds(['incidents', '--format', 'json', dir]);
    const rows: Row[] = [];
    for (const workers of [1, 2, 4]) {
      const took = await fleetSeconds(dir, workers);
      const note = `${(INPUTS / took).toFixed(0)} inputs a second, incidents DIR ${(INPUTS / alone).toFixed(0)}, on ${availableParallelism()} CPUs`;
      const name = `${INPUTS} logs, ${workers} worker${workers === 1 ? '' : 's'}`;
      rows.push({ name, figure: alone / took, unit: '× incidents DIR', floor: workers === 1 ? 0.8 : undefined, note });
    }
    return rows;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function seconds(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** From the first input that is shipped until the last is answered; the workers wait already. */
async function fleetSeconds(dir: string, workers: number): Promise<number> {
  const server = await NatsServer.start();
  const nats = ['--nats', server.url];
  seconds(['fleet', 'setup', ...nats]);
  const pool = Array.from({ length: workers }, () => spawn(process.execPath, ['dist/cli.js', 'worker', ...nats], { stdio: 'ignore' }));
  const nc = await connect({ servers: server.url });
  const jsm = await jetstreamManager(nc);
  const consumer = () => jsm.consumers.info('LASTKMSG_JOBS', 'workers');
  while ((await consumer()).num_waiting < workers) await wait(50);
  const start = process.hrtime.bigint();
  const shipping = spawn(process.execPath, ['dist/cli.js', 'ship', ...nats, '--spool', join(server.directory, 'spool'), dir], {
    stdio: 'ignore',
  });
  const shipped = new Promise((resolve) => shipping.once('exit', resolve));
  await shipped;
  for (;;) {
    const { num_pending, num_ack_pending } = await consumer();
    if (num_pending + num_ack_pending === 0) break;
    await wait(20);
  }
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  await nc.close();
  for (const worker of pool) worker.kill('SIGKILL');
  await server.stop();
  return took;
}
