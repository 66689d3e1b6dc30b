import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JetStreamManager } from '@nats-io/jetstream';
import { test } from 'uvu';

/** Debian's nats-server stands where only root looks. */
const PROGRAM = ['/usr/sbin/nats-server', '/usr/local/bin/nats-server', '/usr/bin/nats-server'].find((path) => existsSync(path));

/**
 * A test that needs the real server and half a minute: CI asks for it by LASTKMSG_TEST_SERVER. Skipped where nobody does or it is not
 * installed (apt-get install nats-server), and counted as such.
 */
export const withServer: (name: string, run: () => Promise<void>) => void =
  PROGRAM === undefined || process.env.LASTKMSG_TEST_SERVER === undefined ? test.skip : test;

const running = new Set<NatsServer>();
process.on('exit', () => {
  for (const server of running) server.kill();
});

/** A nats-server of our own on the loopback, with JetStream, that can be stopped and started again. */
export class NatsServer {
  readonly directory = mkdtempSync(join(tmpdir(), 'lastkmsg-nats-'));
  #child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly config: string,
  ) {}

  /** @param config besides the port and where it keeps its streams */
  static async start(config = ''): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), config);
    await server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const file = join(this.directory, 'server.conf');
    const jetstream = this.config.includes('jetstream {') ? '' : `jetstream { store_dir: "${join(this.directory, 'js')}" }\n`;
    writeFileSync(file, `listen: "127.0.0.1:${this.port}"\n${jetstream}${this.config}`);
    this.#child = spawn(PROGRAM ?? 'nats-server', ['-c', file, '-l', join(this.directory, 'log')], { stdio: 'ignore' });
    running.add(this);
    while (!(await answers(this.port))) {
      if (this.#child.exitCode !== null) throw new Error(`nats-server ended: see ${this.directory}/log`);
      await wait(20);
    }
  }

  /** @param signal SIGKILL is a crash */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** At the end of the process. */
  kill(): void {
    this.#child?.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1');
    socket.on('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

const ROUND_MS = 100;
/** Together longer than any test's `--ack-wait`, several times. */
const STILL_ROUNDS = 200;

/**
 * Waits until a consumer has given out all messages and had them back. A server that was killed may count some for ever that it has deleted
 * (nats-server 2.9): those that nobody is given for so long. What must have been done with them the store shows.
 */
export async function allDone(jsm: JetStreamManager, stream: string, consumer: string): Promise<void> {
  let [seen, rounds] = ['', 0];
  for (;;) {
    const { num_pending, num_ack_pending, delivered, ack_floor } = await jsm.consumers.info(stream, consumer);
    if (num_pending + num_ack_pending === 0) return;
    const now = `${num_pending} ${num_ack_pending} ${delivered.consumer_seq} ${ack_floor.consumer_seq}`;
    rounds = now === seen ? rounds + 1 : 0;
    seen = now;
    if (num_pending === 0 && rounds > STILL_ROUNDS) return;
    await wait(ROUND_MS);
  }
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ALONE = { encoding: 'utf8', env: { ...process.env, XDG_CONFIG_HOME: '/nowhere', XDG_CONFIG_DIRS: '/nowhere' } } as const;

/** Runs the built program. */
export function lastkmsg(...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], ALONE);
  return { status, stdout, stderr };
}

/** The same, while others run. */
export function runTogether(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['dist/cli.js', ...args], ALONE, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}
