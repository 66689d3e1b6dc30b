// The dashboard on a terminal of its own: how soon it is there, how soon a key is drawn, what it holds in memory.
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pty } from '../support/pty.ts';
import type { Row } from './row.ts';
import { syntheticLog } from './synthetic-log.ts';

const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const RECORDS = Number(process.env.BENCH_TUI_RECORDS ?? 1_000_000);
const SIZE = { columns: 120, rows: 40 };
/** What ends each drawing (DEC mode 2026). */
const DRAWN = '\x1b[?2026l';
const RUNS = 5;

/** Issue 7's promises: 300 ms to the first full screen; with a million records 50 ms a key and 500 MB. */
export async function bench(): Promise<Row[]> {
  const bare = await median(RUNS, () =>
    startMs(`exec ${process.execPath} -e 'console.log("${DRAWN}")'`, (output) => output.includes(DRAWN)),
  );
  const full = await median(RUNS, () =>
    startMs(`exec ${process.execPath} dist/cli.js tui ${SAMPLE}`, (output) => / [1-9][\d,]* records[\s\S]*\x1b\[\?2026l/.test(output)),
  );
  const whole = await median(RUNS, () =>
    startMs(`exec ${process.execPath} dist/cli.js tui ${SAMPLE}`, (output) => output.includes('the kernel panicked')),
  );
  return [
    {
      name: 'first full screen of a sample',
      figure: full,
      unit: 'ms',
      floor: 300,
      note: `bare node on the same terminal ${bare.toFixed(0)} ms; all events and incidents after ${whole.toFixed(0)} ms`,
    },
    ...(await million()),
  ];
}

async function million(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  const pty = new Pty(`exec ${process.execPath} dist/cli.js tui ${await writeRecords(join(dir, 'log'))}`, SIZE);
  try {
    const first = await pty.until((output) => output.includes(DRAWN));
    const read = first + (await pty.until((output) => / log · [\d,]+ records/.test(Buffer.from(output, 'latin1').toString('utf8'))));
    await pty.quiet();
    // each key changes what is shown; a screen's first key is not what a key costs
    await press(pty, 'G');
    const timeline = await presses(pty, ['g', 'j', ' ', 'G', 'k', '[', 'z', 'Z']);
    await press(pty, 'l');
    const log = await presses(pty, ['g', 'j', ' ', 'G', 'k', 'b', '[', 't']);
    const worst = Math.max(...timeline, ...log);
    const key = middle([...timeline, ...log]);
    const memory = pty.peakMegabytes();
    const note = `${timeline.length + log.length} keys on timeline and log, the slowest ${worst.toFixed(0)} ms`;
    return [
      { name: `a key, ${RECORDS.toLocaleString('en-US')} records`, figure: key, unit: 'ms median', floor: 50, note },
      {
        name: `peak memory, ${RECORDS.toLocaleString('en-US')} records`,
        figure: memory,
        unit: 'MB at most',
        floor: 500,
        note: `read in ${(read / 1000).toFixed(1)} s, first frame after ${first.toFixed(0)} ms`,
      },
    ];
  } finally {
    pty.end();
    rmSync(dir, { recursive: true });
  }
}

async function writeRecords(file: string): Promise<string> {
  const stream = createWriteStream(file);
  let left = RECORDS;
  for (const chunk of syntheticLog(Number.POSITIVE_INFINITY, 0.1)) {
    const lines = chunk.split('\n').slice(0, -1);
    const some = left < lines.length ? lines.slice(0, left) : lines;
    stream.write(`${some.join('\n')}\n`);
    left -= some.length;
    if (left === 0) break;
  }
  stream.end();
  await once(stream, 'finish');
  return file;
}

async function startMs(command: string, there: (output: string) => boolean): Promise<number> {
  const pty = new Pty(command, SIZE);
  try {
    return await pty.until(there);
  } finally {
    pty.end();
  }
}

/** Milliseconds from a key to the end of the drawing it causes. */
async function press(pty: Pty, key: string): Promise<number> {
  pty.take();
  pty.press(key);
  return pty.until((output) => output.includes(DRAWN));
}

async function presses(pty: Pty, keys: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) for (const key of keys) times.push(await press(pty, key));
  return times;
}

const middle = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

async function median(runs: number, run: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) times.push(await run());
  return middle(times);
}
