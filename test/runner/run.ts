// The test runner: `npm test -- [--fast] [--update] [PATH PART…]`. One process a file (uvu keeps state in globals and hangs on a leaked
// handle), a time limit for each, and a file without tests fails (uvu passes silently when test.run() is forgotten).
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { SLOW } from './slow.ts';

const LIMIT_MS = 180_000;
const args = process.argv.slice(2);
const isSlow = (file: string): boolean => SLOW.some((slow) => file.startsWith(slow));
const OPTIONS = ['--fast', '--update'];
const wanted = args.filter((a) => !a.startsWith('--'));
const unknown = args.filter((a) => a.startsWith('--') && !OPTIONS.includes(a));
if (unknown.length > 0) throw new Error(`no option of the runner: ${unknown.join(' ')}; there are ${OPTIONS.join(' ')}`);
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.test\.tsx?$/.test(f) && (wanted.length === 0 || wanted.some((w) => `test/${f}`.includes(w))))
  .filter((f) => !args.includes('--fast') || !isSlow(f))
  // what takes long begins first, so that nobody waits for it alone at the end
  .sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)) || a.localeCompare(b, 'en'));
/** Those that write parts of README: each reads and writes the whole file, and some of it is made from golden files. */
const writesReadme = (file: string): boolean => args.includes('--update') && /^(?:readme|library)\//.test(file);

interface Outcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly report: string;
}

function runFile(file: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `test/${file}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...(args.includes('--update') ? { UPDATE_GOLDEN: '1' } : {}) },
    });
    let out = '';
    let late = false;
    const began = performance.now();
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, LIMIT_MS);
    child.stdout.on('data', (d) => (out += d));
    child.stderr.on('data', (d) => (out += d));
    child.on('close', (code) => {
      clearTimeout(timer);
      const plain = out.replace(/\x1b\[[0-9;]*m/g, '');
      const sum = (word: string) => [...plain.matchAll(new RegExp(`^\\s*${word}:\\s+(\\d+)`, 'gm'))].reduce((n, m) => n + Number(m[1]), 0);
      const total = sum('Total');
      const passed = sum('Passed');
      const why = late
        ? `no end after ${LIMIT_MS / 1000} s`
        : total + sum('Skipped') === 0
          ? 'ran no test'
          : code !== 0 && passed === total
            ? `exit ${code}`
            : '';
      const failed = Math.max(total - passed, why ? 1 : 0);
      resolve({
        file,
        passed,
        failed,
        skipped: sum('Skipped'),
        seconds: (performance.now() - began) / 1000,
        report: failed ? `${plain.trim()}\n${why}`.trim() : '',
      });
    });
  });
}

const outcomes: Outcome[] = [];
async function worker(queue: string[]): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const o = await runFile(file);
    outcomes.push(o);
    console.log(`${o.failed ? 'FAIL' : 'ok  '} test/${o.file} (${o.passed}, ${o.seconds.toFixed(1)} s)`);
    if (o.failed) console.log(o.report.replace(/^/gm, '     '));
  }
}
const queue = files.filter((file) => !writesReadme(file));
await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, () => worker(queue)));
await worker(files.filter(writesReadme));

const count = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((n, o) => n + o[key], 0);
const failed = count('failed') + (files.length === 0 ? 1 : 0);
console.log(`${count('passed')} passed, ${failed} failed${count('skipped') ? `, ${count('skipped')} skipped` : ''}`);
process.exit(failed ? 1 : 0);
