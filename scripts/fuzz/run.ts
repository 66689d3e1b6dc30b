// npm run fuzz -- --seconds N --seed S [--part dumps|text|inspect|sweep]: hostile inputs, made of the project's own samples and golden logs, through
// all that commands do; ends with 1 where something throws, takes too long, or says what no output may hold. What was found is kept in
// fuzz-findings/, named by its seed, which makes it again.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutateBytes, mutateText } from './mutate.ts';
import { look } from './oracles.ts';
import { Random } from './random.ts';
import { sweep } from './sweep.ts';

/** Milliseconds of CPU that one input of some 100 kB may take; a slow one is a finding too. */
const SLOW_MS = 8000;

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const seconds = Number(option('seconds', '60'));
const seed = Number(option('seed', '1'));
const wanted = option('part', 'dumps,text').split(',');
const parts = wanted.filter((part) => part !== 'sweep');

const files = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
const dumps = files('samples', /vmcore$/).map((name) => readFileSync(name));
const inspectable = parts.includes('inspect') ? files('test/golden/inspect', /vmcore$/).map((name) => readFileSync(name)) : [];
const logs = [...files('test/golden', /\.log$/), ...files('samples', /dmesg\.txt$/)].map((name) => readFileSync(name, 'latin1'));

/** The input of one seed. */
function inputOf(part: string, random: Random): Buffer {
  if (part === 'dumps') return mutateBytes(random.one(dumps), random);
  if (part === 'inspect') return mutateBytes(random.one(inspectable), random);
  return Buffer.from(mutateText(random.one(logs), random.one(logs), random), 'latin1');
}

const until = process.uptime() + seconds;
let count = 0;
let findings = 0;
const only = option('only', '');
for (const name of wanted.includes('sweep') ? files('samples', /vmcore$/) : []) {
  const counts = { cuts: Number(option('cuts', '200')), flips: Number(option('flips', '300')) };
  count += counts.cuts + counts.flips;
  for await (const wrong of sweep(readFileSync(name), counts, seed)) {
    findings++;
    console.log(`${name}: ${wrong}`);
  }
}
for (let n = only === '' ? seed * 1_000_000 : Number(only); parts.length > 0 && process.uptime() < until; n++) {
  count++;
  const random = new Random(n);
  const part = parts[n % parts.length] ?? 'text';
  const bytes = inputOf(part, random);
  const before = process.cpuUsage();
  let wrong = await look(part, bytes).catch((error: unknown) => `it threw: ${(error as Error).stack ?? String(error)}`);
  const { user } = process.cpuUsage(before);
  if (wrong === undefined && user / 1000 > SLOW_MS) wrong = `it took ${Math.round(user / 1000)} ms`;
  if (wrong !== undefined) {
    findings++;
    mkdirSync('fuzz-findings', { recursive: true });
    writeFileSync(`fuzz-findings/${part}-${n}`, bytes);
    console.log(`${part} ${n}: ${wrong}`);
  }
  if (only !== '') break;
}
console.log(`${count} inputs, ${findings} findings (seed ${seed}, ${wanted.join(', ')})`);
process.exitCode = findings > 0 ? 1 : 0;
