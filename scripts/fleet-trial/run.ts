// `npm run fleet-trial [-- --inputs N --kills N --workers N]`: a server, workers and an ingester on this machine; ships samples and logs while
// they are killed, and counts what the store has in the end. Exits with 1 unless each input has exactly one answer or one dead letter.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { readStore } from '../../src/fleet/store/reader.ts';
import { allDone, NatsServer } from '../../test/support/nats.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '500' },
    kills: { type: 'string', default: '20' },
    workers: { type: 'string', default: '4' },
  },
});
const [inputs, kills, workers] = [Number(values.inputs), Number(values.kills), Number(values.workers)];
/** Jobs whose bytes were never shipped: these end as dead letters. */
const POISON = 3;
/** Seconds after which something hangs, on a machine that is busy with other work too. */
const PATIENCE = 600 + 2 * inputs;

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-trial-'));
const server = await NatsServer.start();
const nats = ['--nats', server.url];
const store = join(dir, 'store');
const began = performance.now();
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});
setTimeout(() => {
  console.error(`no end after ${PATIENCE} s`);
  process.exit(1);
}, PATIENCE * 1000).unref();

function begin(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Runs one to its end. */
async function run(...args: string[]): Promise<string> {
  const child = begin(args);
  let said = '';
  child.stdout?.on('data', (data) => (said += data));
  await once(child, 'close');
  return said;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The sample dumps, and their logs over and over, each with a line that makes it another. */
function makeInputs(): string[] {
  const samples = (name: string): string[] =>
    readdirSync('samples')
      .map((sample) => join('samples', sample, name))
      .filter(existsSync);
  const dumps = samples('vmcore').slice(0, inputs);
  const logs = samples('dmesg.txt').map((path) => readFileSync(path, 'latin1'));
  mkdirSync(join(dir, 'logs'));
  return Array.from({ length: inputs }, (_, n) => {
    if (n < dumps.length) return dumps[n]!;
    const path = join(dir, 'logs', `${n}.log`);
    writeFileSync(path, `${logs[n % logs.length]}[99999.000000] trial: input ${n}\n`, 'latin1');
    return path;
  });
}

const pool: ChildProcess[] = [];
const ingesters: ChildProcess[] = [];
/** Starts one, and again where it found no server, as systemd does. */
function hire(into: ChildProcess[], ...args: readonly string[]): void {
  const child = begin(args);
  into.push(child);
  child.once('exit', (code) => {
    if (code !== 2) return;
    into.splice(into.indexOf(child), 1);
    hire(into, ...args);
  });
}
const hireWorker = (): void => hire(pool, 'worker', ...nats, '--readers', '1');
const hireIngester = (): void => hire(ingesters, 'fleet', 'ingest', ...nats, '--store', store);
const killed = { workers: 0, ingesters: 0, SIGTERM: 0, SIGKILL: 0 };

await run('fleet', 'setup', ...nats, '--ack-wait', '2');
for (let n = 0; n < workers; n++) hireWorker();
hireIngester();
const files = makeInputs();
const size = Math.ceil(files.length / (kills + 1));
const ship = ['ship', ...nats, '--spool', join(dir, 'spool')];
let said = '';
for (let round = 0; round <= kills; round++) {
  const batch = files.slice(round * size, (round + 1) * size);
  // some are shipped again, out of their order
  const again = files.slice(0, round * size).filter((_, n) => n % (kills + 3) === round);
  const shipping = batch.length > 0 ? run(...ship, ...batch, ...again.reverse()) : Promise.resolve('');
  await wait(150 + ((round * 271) % 700)); // somewhere in the middle, another place each time
  if (round === kills) {
    // the last round ships only
  } else if (round % 10 === 4) {
    const signal = round % 20 === 4 ? 'SIGKILL' : 'SIGTERM';
    await server.stop(signal);
    await wait(300);
    await server.start();
    killed[signal]++;
  } else if (round % 5 === 2) {
    await kill(ingesters.shift()!, 'SIGKILL');
    hireIngester();
    killed.ingesters++;
  } else {
    await kill(pool.shift()!, 'SIGKILL');
    hireWorker();
    killed.workers++;
  }
  said += await shipping;
}
said += await run(...ship, '--resume');

const nc = await connect({ servers: server.url });
const js = jetstream(nc);
const jsm = await jetstreamManager(nc);
const poison = Array.from({ length: POISON }, (_, n) => String(n).repeat(64));
for (const id of poison) await js.publish('lastkmsg.jobs', JSON.stringify({ schema: 1, id, bytes: 1, input: 'poison' }));
await allDone(jsm, 'LASTKMSG_JOBS', 'workers');
await allDone(jsm, 'LASTKMSG_ANSWERS', 'ingester');
const letters = (await jsm.streams.info('LASTKMSG_DEAD')).state.messages;
await nc.close();
const ends = await Promise.all(pool.map((worker) => kill(worker, 'SIGTERM').then(() => worker.exitCode)));
for (const ingester of ingesters) await kill(ingester, 'SIGTERM');
await server.stop();

const shipped = new Set([...said.matchAll(/^(?:shipped|known) +([0-9a-f]{64}) /gm)].map(([, id]) => id ?? ''));
const reader = await readStore(store);
const { rows } = await reader.query('SELECT id, status FROM inputs', { rows: 1_000_000 });
reader.close();
const answered = rows.map(([id]) => String(id));
const unique = new Set(answered);
const dead = rows.filter(([, status]) => status === 'dead').length;
const lost = [...shipped, ...poison].filter((id) => !unique.has(id)).length;
const strange = [...unique].filter((id) => !shipped.has(id) && !poison.includes(id)).length;
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(`shipped    ${shipped.size} of ${inputs} inputs, and ${POISON} jobs without bytes, in ${seconds} s`);
console.log(
  `killed     ${killed.workers} workers, ${killed.ingesters} ingesters, servers ${killed.SIGKILL} by SIGKILL and ${killed.SIGTERM} by SIGTERM`,
);
console.log(`answered   ${unique.size - dead}, dead letters ${dead} (${letters} in the stream)`);
console.log(`lost       ${lost}`);
console.log(`twice      ${answered.length - unique.size}`);
console.log(`unasked    ${strange}`);
const drained = ends.every((code) => code === 0);
if (!drained) console.log(`workers ended with ${ends.join(', ')}, not 0, on SIGTERM`);
const whole = shipped.size === inputs && unique.size === inputs + POISON && dead === POISON && letters === POISON;
const good = whole && lost === 0 && answered.length === unique.size && strange === 0 && drained;
console.log(good ? 'each input has exactly one answer or one dead letter' : 'NOT as it should be');
process.exit(good ? 0 : 1);
