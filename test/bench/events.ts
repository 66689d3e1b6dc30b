// `lastkmsg events` against grep on the same log in the same run: 200 MB with at most a tenth of its lines in reports, and with half; 66 MB with
// 3,492 reports of all kinds.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAMILIES } from '../../grammars/families.ts';
import { CHUNK_BYTES } from '../../src/read/inputs/text-source.ts';
import { buildClassifier } from '../../src/report/classify.ts';
import { isInstalled } from './measure.ts';
import { reportLog } from './report-log.ts';
import type { Row } from './row.ts';
import { pour, syntheticLog, writeLog } from './synthetic-log.ts';

const MB = Number(process.env.BENCH_MB ?? 200);
const STREAM_MB = Number(process.env.BENCH_STREAM_MB ?? 1024);
/** Both sides run in turn so many times, and the best of each counts: other programs slow either. */
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
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
      const best = fastest({
        grep: () => grep(file),
        events: () => events(file),
        ...(share < 0.1 && { classify: () => classifyAll(file) }),
      });
      const speed = (seconds: number): string => `${(MB / seconds).toFixed(0)} MB/s, grep ${(MB / best.grep).toFixed(0)} MB/s`;
      const row = (what: string, seconds: number, floor: number): Row => ({
        name: `${what}, ${name}`,
        figure: best.grep / seconds,
        unit: 'of grep',
        floor,
        note: speed(seconds),
      });
      if (best.classify !== undefined) rows.push(row('classification', best.classify, 1 / 5));
      rows.push(row('events', best.events, floor));
    }
    rows.push(...ofReports(join(dir, 'log')), await streamMemory());
    return rows;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Issue 19's log: how often grep reads it meanwhile, on one core and on all. */
function ofReports(file: string): Row[] {
  const { text, lines, reportLines, reports } = reportLog((MB * 66e6) / 200, Math.round((MB * 3492) / 200));
  writeFileSync(file, text, 'latin1');
  const best = fastest({
    grep: () => grep(file),
    ...(isInstalled('taskset') && { one: () => events(file, 'taskset -c 0 ') }),
    all: () => events(file),
  });
  const what = `${reports.toLocaleString('en')} reports, ${((100 * reportLines) / lines).toFixed(0)} % of the lines`;
  const row = (cores: string, seconds: number, floor: number): Row => ({
    name: `events, log of ${(text.length / 1e6).toFixed(0)} MB, ${cores}`,
    figure: seconds / best.grep,
    unit: '× grep',
    floor,
    note: `${what}: ${seconds.toFixed(2)} s, grep ${best.grep.toFixed(3)} s`,
  });
  return [...(best.one === undefined ? [] : [row('one core', best.one, 27)]), row('all cores', best.all, 14)];
}

/** Seconds of the best of {@link RUNS} runs of each. */
function fastest<T extends Record<string, () => void>>(sides: T): { [K in keyof T]: number } {
  const best = Object.fromEntries(Object.keys(sides).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, side] of Object.entries(sides)) {
      const start = process.hrtime.bigint();
      side();
      best[name] = Math.min(best[name] as number, Number(process.hrtime.bigint() - start) / 1e9);
    }
  }
  return best as { [K in keyof T]: number };
}

/** Piped, or grep would stop at the first match. */
const grep = (file: string): void => void spawnSync('sh', ['-c', `LC_ALL=C grep -cE '${PATTERN}' '${file}' | cat`]);

function events(file: string, under = ''): void {
  const { status, stderr } = spawnSync('sh', ['-c', `${under}'${process.execPath}' dist/cli.js events '${file}' >/dev/null`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`events ended with ${status}: ${stderr}`);
}

/** From bytes, read as `events` reads them, to the answer for every line, without records. */
function classifyAll(file: string): void {
  const { classify } = buildClassifier(FAMILIES);
  const fd = openSync(file, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest = '';
  let heads = 0;
  for (let read = readSync(fd, buffer); read > 0; read = readSync(fd, buffer)) {
    const text = rest + buffer.toString('latin1', 0, read);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (classify(text.slice(text.charCodeAt(from) === 91 ? text.indexOf('] ', from) + 2 : from, end))) heads++;
      from = end + 1;
    }
    rest = text.slice(from);
  }
  closeSync(fd);
  if (heads === 0) throw new Error('the classifier found nothing');
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
