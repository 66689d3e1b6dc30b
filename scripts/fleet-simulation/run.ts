// npm run simulate:fleet [-- --day INPUTS --days N --batch N --dir PATH]: feeds a store the answers of a fleet that crashes at that rate,
// day after day, and prints what the paper in src/fleet/README.md rests on: bytes a row, files, rates, memory, questions, and what is
// the first limit.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStore } from '../../src/fleet/store/reader.ts';
import { openStore } from '../../src/fleet/store/writer.ts';
import { TEN } from '../../test/bench/store.ts';
import { SHAPE, syntheticAnswers } from '../../test/support/synthetic-fleet.ts';

const option = (name: string, preset: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? preset : Number(process.argv[at + 1]);
};
const [day, days, batch] = [option('day', 100_000), option('days', 10), option('batch', 500)];
const dir = mkdtempSync(join(process.argv.includes('--dir') ? process.argv[process.argv.indexOf('--dir') + 1]! : tmpdir(), 'fleet-'));
const path = join(dir, 'store');
const MB = 2 ** 20;

interface Size {
  files: number;
  bytes: number;
}

function sizeOf(table: string): Size {
  const size = { files: 0, bytes: 0 };
  for (const name of readdirSync(join(path, table), { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.parquet')) {
      size.files++;
      size.bytes += statSync(join(path, table, name)).size;
    }
  return size;
}

async function main(): Promise<void> {
  const shape = { ...SHAPE, hosts: 1_000_000, days };
  const rows = { inputs: 0, incidents: 0, events: 0 };
  const writer = await openStore(path);
  let waiting = [];
  let [busy, slowest, json] = [0, 0, 0];
  const used = process.cpuUsage();
  for (const answer of syntheticAnswers(day * days, shape)) {
    waiting.push(answer);
    rows.inputs++;
    rows.incidents += answer.incidents.length;
    rows.events += answer.events.length;
    if (waiting.length < batch) continue;
    if (rows.inputs % (batch * 50) === 0) json = JSON.stringify(answer).length;
    const start = performance.now();
    await writer.ingest(waiting);
    const took = performance.now() - start;
    busy += took;
    slowest = Math.max(slowest, took);
    waiting = [];
  }
  await writer.ingest(waiting);
  const { user, system } = process.cpuUsage(used);
  console.log(
    `${rows.inputs} inputs of ${days} days, ${rows.incidents} incidents, ${rows.events} events; an answer as JSON is ${json} bytes`,
  );
  console.log(
    `ingest: ${((1000 * rows.inputs) / busy).toFixed(0)} inputs/s in batches of ${batch}; slowest batch ${slowest.toFixed(0)} ms; CPU ${((user + system) / 1e6).toFixed(0)} s, making them up included`,
  );
  console.log(
    `a day of ${day} inputs takes ${(busy / 1000 / days).toFixed(0)} s: ${((100 * busy) / 1000 / days / 86_400).toFixed(2)} % of the day`,
  );
  console.log(`memory: ${(process.memoryUsage().rss / MB).toFixed(0)} MB`);
  await writer.close();
  let total = 0;
  for (const table of ['inputs', 'incidents', 'events'] as const) {
    const { files, bytes } = sizeOf(table);
    total += bytes;
    console.log(`${table.padEnd(10)} ${(bytes / rows[table]).toFixed(1)} bytes a row, ${(bytes / MB).toFixed(1)} MB, ${files} files`);
  }
  console.log(
    `a year at this rate: ${(((365 / days) * total) / 2 ** 30).toFixed(2)} GB, ids in the writer's memory ${((365 * day * 16) / MB).toFixed(0)} MB`,
  );
  const opening = performance.now();
  await (await openStore(path)).close();
  console.log(`opening it to write: ${(performance.now() - opening).toFixed(0)} ms for ${rows.inputs} ids`);
  const reader = await readStore(path);
  for (const [name, question] of Object.entries(TEN)) {
    const start = performance.now();
    await question((sql) => reader.query(sql));
    console.log(`${name.padEnd(24)} ${(performance.now() - start).toFixed(0).padStart(6)} ms`);
  }
  reader.close();
}

main().finally(() => rmSync(dir, { recursive: true }));
