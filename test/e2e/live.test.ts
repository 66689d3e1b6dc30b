// Pipes whose writer pauses: what came is shown before the writer writes again. Each step waits for what it expects, then writes on;
// nothing is timed but by a generous bound.
import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Pty } from '../support/pty.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-live-'));
/** Milliseconds that a test waits for what is to come, at most. */
const PATIENCE = 30_000;

/** lastkmsg with a writer at its standard input. */
class Live {
  readonly #child: ChildProcessWithoutNullStreams;
  #out = '';
  #err = '';

  constructor(...args: readonly string[]) {
    this.#child = spawn(process.execPath, ['dist/cli.js', ...args]);
    this.#child.stdout.on('data', (chunk) => (this.#out += String(chunk)));
    this.#child.stderr.on('data', (chunk) => (this.#err += String(chunk)));
    this.#child.stdin.on('error', () => undefined);
  }

  write(text: string): void {
    this.#child.stdin.write(text);
  }

  /** Until standard output has it. */
  shows(text: string): Promise<void> {
    return this.#until(text, () => this.#out);
  }

  /** Until standard error has it. */
  says(text: string): Promise<void> {
    return this.#until(text, () => this.#err);
  }

  async #until(text: string, output: () => string): Promise<void> {
    for (let waited = 0; !output().includes(text); waited += 20) {
      assert.ok(waited < PATIENCE, `'${text}' never came; there is: ${output().slice(-500)}`);
      await sleep(20);
    }
  }

  get output(): string {
    return this.#out;
  }

  /** Ctrl-C. @returns the exit code */
  async interrupt(): Promise<number | null> {
    const closed = new Promise<number | null>((resolve) => this.#child.on('close', resolve));
    this.#child.kill('SIGINT');
    return closed;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Ends the writing, and waits for the end of the reading. */
  async end(): Promise<number | null> {
    const closed = new Promise<number | null>((resolve) => this.#child.on('close', resolve));
    this.#child.stdin.end();
    return closed;
  }
}

async function live(args: readonly string[], steps: (reader: Live) => Promise<void>): Promise<void> {
  const reader = new Live(...args);
  try {
    await steps(reader);
  } finally {
    reader.kill();
  }
}

const lines = oopsLog.trimEnd().split('\n');
const start = lines.findIndex((line) => line.includes('BUG: '));
const end = lines.findIndex((line) => line.includes('end trace'));
/** Everything to the end of the report, and the rest, which says more of it. */
const [report, rest] = [lines.slice(0, end + 1), lines.slice(end + 1)];
/** As `journalctl -kf` prints them. */
const journal = (text: readonly string[]): string =>
  text.map((line) => `Nov 22 20:00:36 web-01 kernel: ${line.replace(/^\[ *[\d.]+\] /, '')}\n`).join('');

test('dmesg -w | lastkmsg dmesg -: the first records are there before the writer writes its next', () =>
  live(['dmesg', '-'], async (reader) => {
    reader.write('[    1.000000] first\n');
    await reader.shows('first');
    reader.write('[    2.000000] second\n');
    await reader.shows('second');
    assert.is(await reader.end(), 0);
  }));

test('journalctl -kf | lastkmsg events --follow -: an event is there when its report is complete', () =>
  live(['events', '--follow', '-'], async (reader) => {
    reader.write(journal(report));
    await reader.shows('"kind":"null-dereference"');
    reader.write(journal(rest));
    reader.write(
      journal(['[   99.000000] Out of memory: Killed process 42 (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB']),
    );
    await reader.shows('Killed process java');
  }));

test('ssh host journalctl -kf: what ssh says first is no guess that lasts', () =>
  live(['events', '--follow', '-'], async (reader) => {
    reader.write("Warning: Permanently added 'web-01' (ED25519) to the list of known hosts.\n\nUnauthorized use is prohibited.\n");
    await sleep(1500); // it has guessed by now
    reader.write(journal(report));
    await reader.shows('"kind":"null-dereference"');
  }));

test('a serial console that trickles, CR LF and half lines: the event comes all the same', () =>
  live(['events', '--follow', '-'], async (reader) => {
    const bytes = report.map((line) => `${line}\r\n`).join('');
    for (let at = 0; at < bytes.length; at += 97) {
      reader.write(bytes.slice(at, at + 97));
      await sleep(10);
    }
    await reader.shows('"kind":"null-dereference"');
  }));

test('a pipe that falls silent, without --follow, still gives what came', () =>
  live(['events', '-'], async (reader) => {
    reader.write(`${report.join('\n')}\n`);
    await reader.shows('"kind":"null-dereference"');
    reader.write(`${rest.join('\n')}\n`);
    assert.is(await reader.end(), 0);
    assert.is(
      reader.output.trim().split('\n').length,
      spawnSync(process.execPath, ['dist/cli.js', 'events', '-'], { input: oopsLog }).stdout.toString().trim().split('\n').length,
    );
  }));

for (const [what, args, code] of [
  ['an interrupt of what is followed is how it ends', ['events', '-v', '--follow', '-'], 0],
  ['an interrupt of a pipe that never ends: the summary of what came, with exit code 3', ['-v', '-'], 3],
] as const) {
  test(what, () =>
    live(args, async (reader) => {
      reader.write(`${report.slice(0, -1).join('\n')}\n`);
      await reader.says('read as');
      await sleep(1000);
      assert.is(await reader.interrupt(), code);
      assert.match(reader.output, /driver_xyz_process/);
    }),
  );
}

test('events --follow FILE: what is appended', async () => {
  const path = join(dir, 'console.log');
  writeFileSync(path, quietLog);
  await live(['events', '--follow', path], async (reader) => {
    await sleep(500);
    appendFileSync(path, `${report.join('\n')}\n`);
    await reader.shows('"kind":"null-dereference"');
  });
});

const installed = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const onTerminal = installed('script') && installed('mkfifo') ? test : test.skip;

onTerminal('dmesg -w | lastkmsg tui -: records, then a report that is open, then its event', async () => {
  const fifo = join(dir, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const pty = new Pty(`cat ${fifo} | ${process.execPath} dist/cli.js tui -`, { columns: 120, rows: 30 });
  const shows = (text: string) => (output: string) => output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').includes(text);
  const writer = openSync(fifo, 'w');
  try {
    writeSync(writer, `${lines.slice(0, start).join('\n')}\n`);
    await pty.until(shows(`${start} records`));
    writeSync(writer, `${lines.slice(start, start + 12).join('\n')}\n`);
    await pty.until(shows('open: 12 lines of BUG: kernel NULL pointer'));
    writeSync(writer, `${lines.slice(start + 12, end + 1).join('\n')}\n`);
    await pty.until(shows('1/1'));
    pty.press('q');
  } finally {
    closeSync(writer);
    pty.end();
  }
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
