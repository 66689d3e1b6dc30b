// `npm run bench [-- PART…]`: ratios against a peer or a floor measured in the same run. Prints what was promised beside what was got.
// `--update-readme` writes README's tables: all that stand there, or those of the PARTs.
import { cpus, release, totalmem } from 'node:os';
import { section } from '../readme/sections.ts';
import type { Row } from './row.ts';

const PARTS: Readonly<Record<string, () => Promise<{ bench: () => Promise<Row[]> }>>> = {
  dumps: () => import('./dumps.ts'),
  start: () => import('./start.ts'),
  events: () => import('./events.ts'),
  oom: () => import('./oom.ts'),
  fleet: () => import('./fleet.ts'),
  store: () => import('./store.ts'),
  queue: () => import('./queue.ts'),
  tui: () => import('./tui.ts'),
  hostile: () => import('./hostile.ts'),
  inspect: () => import('./inspect.ts'),
  peers: () => import('./peers.ts'),
  growth: () => import('./growth.ts'),
};

/** README's tables, by their mark, and the parts that each is made of. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  bench: ['dumps', 'start', 'events', 'oom', 'tui'],
  'bench-peers': ['peers'],
  'bench-growth': ['growth'],
};

const updates = process.argv.includes('--update-readme');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = named.find((name) => !(name in PARTS));
if (unknown !== undefined) throw new Error(`bench has no ${unknown}: ${Object.keys(PARTS).join(', ')}`);
const wanted = named.length > 0 ? named : updates ? Object.values(TABLES).flat() : Object.keys(PARTS);

const number = (n: number): string => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toPrecision(2));

function line({ name, figure, unit, floor, note }: Row): string {
  const promise = floor === undefined ? '' : `(promised ${Number(floor.toPrecision(3))})`;
  const got = Number.isNaN(figure) ? '-' : number(figure);
  return `${name.padEnd(38)} ${got.padStart(7)} ${unit.padEnd(14)} ${promise.padEnd(18)} ${note}`.trimEnd();
}

const told = new Map<string, string[]>();
for (const part of Object.keys(PARTS).filter((name) => wanted.includes(name))) {
  console.log(part);
  const rows = (await (await PARTS[part]!()).bench()).map(line);
  for (const row of rows) console.log(`  ${row}`);
  told.set(part, rows);
  if (updates) write(part);
}

/** Writes the table that a part completes: what was measured stays where a later part fails. */
function write(part: string): void {
  process.env.UPDATE_GOLDEN = '1';
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} CPUs, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}, Node ${process.version.slice(1)}`;
  for (const [mark, parts] of Object.entries(TABLES)) {
    if (!parts.includes(part) || !parts.every((each) => told.has(each))) continue;
    const rows = parts.flatMap((each) => told.get(each) ?? []);
    section(mark, 'npm run bench -- --update-readme', `${machine}:\n\n\`\`\`\n${rows.join('\n')}\n\`\`\``);
  }
}
