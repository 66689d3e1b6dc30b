// `lastkmsg events` against grep on the same log in the same run: 200 MB with at most a tenth of its lines in reports, and with half.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClassifier } from '../../src/report/classify.ts';
import { FAMILIES } from '../../src/report/families/index.ts';
import type { Row } from './row.ts';
import { pour, syntheticLog, writeLog } from './synthetic-log.ts';

const MB = Number(process.env.BENCH_MB ?? 200);
const STREAM_MB = Number(process.env.BENCH_STREAM_MB ?? 1024);
const PATTERN = 'BUG|WARNING|Oops|panic|Call [Tt]race|Out of memory|oom-kill|lockup|stall';

/** Issue 3's promises: shares of grep's speed, and megabytes of memory. */
export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const rows: Row[] = [];
    for (const { share, name, floor } of [
      { share: 0.095, name: '10 % report lines', floor: 1 / 15 },
      { share: 0.5, name: '50 % report lines', floor: 1 / 50 },
    ]) {
      const file = join(dir, 'log');
      await writeLog(file, MB * 1e6, share);
      const grep = grepSeconds(file);
      const speed = (seconds: number): string => `${(MB / seconds).toFixed(0)} MB/s, grep ${(MB / grep).toFixed(0)} MB/s`;
      if (share < 0.1) {
        const classify = await classifySeconds(file);
        rows.push({ name: `classification, ${name}`, figure: grep / classify, unit: 'of grep', floor: 1 / 5, note: speed(classify) });
      }
      const events = eventsSeconds(file);
      rows.push({ name: `events, ${name}`, figure: grep / events, unit: 'of grep', floor, note: speed(events) });
    }
    rows.push(await streamMemory());
    return rows;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const seconds = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9;

/** The better of two runs: the first also brings the file into the page cache. Piped, or grep would stop at the first match. */
function grepSeconds(file: string): number {
  const once = (): number => {
    const start = process.hrtime.bigint();
    spawnSync('sh', ['-c', `LC_ALL=C grep -cE '${PATTERN}' '${file}' | cat`]);
    return seconds(start);
  };
  return Math.min(once(), once());
}

function eventsSeconds(file: string): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync('sh', ['-c', `'${process.execPath}' dist/cli.js events '${file}' >/dev/null`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`events ended with ${status}: ${stderr}`);
  return seconds(start);
}

/** From bytes to the answer for every line, without records. */
async function classifySeconds(file: string): Promise<number> {
  const { classify } = buildClassifier(FAMILIES);
  const start = process.hrtime.bigint();
  let rest = '';
  let heads = 0;
  for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 18 })) {
    const text = rest + String(chunk);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (classify(text.slice(text.charCodeAt(from) === 91 ? text.indexOf('] ', from) + 2 : from, end))) heads++;
      from = end + 1;
    }
    rest = text.slice(from);
  }
  if (heads === 0) throw new Error('the classifier found nothing');
  return seconds(start);
}

/** Peak memory of the command while a log that is made on the fly passes through its standard input. */
async function streamMemory(): Promise<Row> {
  const child = spawn(process.execPath, ['dist/cli.js', 'events', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  let peakKb = 0;
  const look = setInterval(() => {
    try {
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {
      // it has ended, or there is no /proc
    }
  }, 50);
  const ended = once(child, 'exit');
  await pour(syntheticLog(STREAM_MB * 2 ** 20, 0.1), child.stdin);
  const [status] = await ended;
  clearInterval(look);
  if (status !== 0) throw new Error(`events ended with ${status}`);
  return {
    name: `peak memory, ${STREAM_MB} MiB of log`,
    figure: peakKb / 1024,
    unit: 'MB at most',
    floor: 250,
    note: 'standard input, 10 % report lines',
  };
}
