// npm run fuzz -- --seconds N --seed S [--part dumps|text|inspect|events|mcp|sweep]: hostile inputs, made of the project's own samples and golden logs, through
// all that commands do; ends with 1 where something throws, takes too long, or says what no output may hold. What was found is kept in
// fuzz-findings/, named by its seed, which makes it again. --guided: half of the inputs are made of those that made new blocks of our code run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { Random } from './random.ts';

// before anything of ours is compiled
const guide = process.argv.includes('--guided') ? new (await import('./guided.ts')).Guide() : undefined;
const { files, PARTS } = await import('./parts.ts');
const { sweep } = await import('./sweep.ts');

const TELL_SECONDS = 300;

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
function number(name: string, usual: number): number {
  const said = option(name, `${usual}`);
  if (!/^\d+$/.test(said)) throw new Error(`--${name} is a number, not ${said}`);
  return Number(said);
}
const seconds = number('seconds', 60);
const seed = number('seed', 1);
const wanted = option('part', Object.keys(PARTS).join(',')).split(',');
const parts = wanted.filter((part) => part !== 'sweep');
const unknown = parts.find((part) => !Object.hasOwn(PARTS, part));
if (unknown !== undefined) throw new Error(`no part ${unknown}: ${Object.keys(PARTS).join(', ')}, sweep`);

let until = process.uptime() + seconds;
let count = 0;
let findings = 0;
let tell = process.uptime() + TELL_SECONDS;
const told = (): void =>
  console.log(
    `${count} inputs, ${findings} findings (seed ${seed}, ${wanted.join(', ')}, ${Math.round(process.uptime())} s${guide ? `, ${guide.blocks} blocks` : ''})`,
  );
process.once('SIGTERM', () => {
  until = 0;
});
/** A long run says how far it is, and ends early with what it has: a signal comes only when the loop is given way to. */
async function breathe(n: number): Promise<void> {
  if (n % 64 === 0) await turn();
  if (process.uptime() < tell) return;
  told();
  tell += TELL_SECONDS;
}
const only = option('only', '');
for (const name of wanted.includes('sweep') ? files('samples', /vmcore$/) : []) {
  const counts = { cuts: number('cuts', 200), flips: number('flips', 300) };
  count += counts.cuts + counts.flips;
  for await (const wrong of sweep(readFileSync(name), counts, seed)) {
    findings++;
    console.log(`${name}: ${wrong}`);
  }
}
for (let n = only === '' ? seed * 1_000_000 : Number(only); parts.length > 0 && process.uptime() < until; n++) {
  const random = new Random(n);
  const name = parts[n % parts.length] ?? '';
  const part = PARTS[name];
  if (part === undefined) throw new Error(`no part ${name}`);
  const known = guide?.kept(name) ?? [];
  const kept = known.length > 0 && random.below(2) === 0 ? random.one(known) : undefined;
  const { bytes, inputs = 1, look } = (kept && part.vary?.(kept, random)) ?? part.make(random);
  count += inputs;
  const before = process.cpuUsage();
  let wrong = await look().catch((error: unknown) => `it threw: ${(error as Error).stack ?? String(error)}`);
  const { user } = process.cpuUsage(before);
  if (wrong === undefined && user / 1000 > part.slowMs) wrong = `it took ${Math.round(user / 1000)} ms`;
  if (wrong !== undefined) {
    findings++;
    mkdirSync('fuzz-findings', { recursive: true });
    writeFileSync(`fuzz-findings/${name}-${n}`, bytes);
    console.log(`${name} ${n}: ${wrong}`);
  }
  guide?.judge(name, bytes);
  if (only !== '') break;
  await breathe(n);
}
told();
process.exitCode = findings > 0 ? 1 : 0;
