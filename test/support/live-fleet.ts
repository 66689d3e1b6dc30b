// A fleet of real programs on a real server, for tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import * as assert from 'uvu/assert';
import { readStore } from '../../src/fleet/store/reader.ts';
import { allDone, lastkmsg, NatsServer } from './nats.ts';
import { oopsLog } from './sample-logs.ts';

/** Of the test; it goes with the process. */
export const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-fleet-'));
const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** A log that no other is the same as. */
export function log(name: string): string {
  const path = join(dir, `${name}.log`);
  writeFileSync(path, `${oopsLog}[ 9999.000000] test: ${name}\n`);
  return path;
}

export const begin = (...args: string[]): ChildProcess => beginWith([], ...args);

/** @param preloaded modules that do to the program what a test is about */
export function beginWith(preloaded: readonly string[], ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [...preloaded.flatMap((path) => ['--import', path]), 'dist/cli.js', ...args], { stdio: 'ignore' });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

export interface Fleet {
  readonly server: NatsServer;
  readonly nats: readonly string[];
  readonly store: string;
  readonly spool: readonly string[];
}

export async function fleet(config = ''): Promise<Fleet> {
  const server = await NatsServer.start(config);
  const nats = ['--nats', server.url];
  assert.is(lastkmsg('fleet', 'setup', ...nats, '--ack-wait', '2', '--max-bytes', '64M').status, 0);
  return { server, nats, store: mkdtempSync(join(dir, 'store-')), spool: ['--spool', mkdtempSync(join(dir, 'spool-'))] };
}

/** Waits until no job is left. */
export async function read({ server }: Fleet): Promise<void> {
  const nc = await connect({ servers: server.url });
  await allDone(await jetstreamManager(nc), 'LASTKMSG_JOBS', 'workers');
  await nc.close();
}

/** The same, and takes the answers. @returns rows of the store: status of each input by its id */
export async function settle(all: Fleet): Promise<Map<string, string>> {
  const { nats, store } = all;
  await read(all);
  const { status, stderr } = lastkmsg('fleet', 'ingest', ...nats, '--store', store, '--until-empty');
  assert.is(status, 0, stderr);
  return stored(store);
}

export async function stored(store: string): Promise<Map<string, string>> {
  const reader = await readStore(store);
  const { rows } = await reader.query('SELECT id, status FROM inputs');
  reader.close();
  const byId = new Map(rows.map(([id, status]) => [String(id), String(status)]));
  assert.is(byId.size, rows.length, 'an input counts once');
  return byId;
}

export const ids = (stdout: string): string[] => [...stdout.matchAll(/^\w+ +([0-9a-f]{64}) /gm)].map(([, id]) => id ?? '');
