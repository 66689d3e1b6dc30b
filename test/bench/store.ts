// The store of the fleet: how fast a million events go in, and how long the ten questions take over them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { about } from '../../src/fleet/questions/about.ts';
import { by } from '../../src/fleet/questions/by.ts';
import { newIn, newSince } from '../../src/fleet/questions/newer.ts';
import type { Ask, Reply, Scope } from '../../src/fleet/questions/reply.ts';
import { top } from '../../src/fleet/questions/top.ts';
import { shareTrend, trend } from '../../src/fleet/questions/trend.ts';
import { readStore } from '../../src/fleet/store/reader.ts';
import { openStore } from '../../src/fleet/store/writer.ts';
import { SHAPE, syntheticAnswers } from '../support/synthetic-fleet.ts';
import type { Row } from './row.ts';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const BATCH = 1000;
const SCOPE: Scope = { rows: 20 };
/** Issue 18: each question under a second. */
const MOST_MS = 1000;

/** The ten questions that people ask. */
export const TEN: Readonly<Record<string, (ask: Ask) => Promise<Reply>>> = {
  top: (ask) => top(ask, SCOPE),
  'top --since': (ask) => top(ask, { ...SCOPE, since: '2026-10-20T00:00:00.000Z' }),
  'new --since': (ask) => newSince(ask, { ...SCOPE, since: '2026-10-20T00:00:00.000Z' }),
  'new --release': (ask) => newIn(ask, '6.1.0-25-amd64', SCOPE),
  'by host': (ask) => by(ask, 'host', SCOPE),
  'by module': (ask) => by(ask, 'module', SCOPE),
  'by release': (ask) => by(ask, 'release', SCOPE),
  'about the most frequent': (ask) => about(ask, 'function_0_of', { rows: 10 }),
  trend: (ask) => trend(ask, 'day', SCOPE),
  'trend of one': (ask) => shareTrend(ask, 'day', 'function_0_of', SCOPE),
};

export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  const path = join(dir, 'store');
  try {
    const { rows, ms, cpu, inputs } = await ingested(path, EVENTS);
    const figures: Row[] = [
      {
        name: `${inputs} inputs, ${EVENTS} events`,
        figure: (1000 * rows) / ms,
        unit: 'rows/s in',
        floor: undefined,
        note: `${(ms / 1000).toFixed(1)} s, ${(cpu / 1e6).toFixed(1)} s of CPU, batches of ${BATCH} inputs`,
      },
    ];
    const reader = await readStore(path);
    for (const [name, question] of Object.entries(TEN)) {
      const times: number[] = [];
      let cpu = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 3; run++) {
        const [start, used] = [performance.now(), process.cpuUsage()];
        await question((sql) => reader.query(sql));
        times.push(performance.now() - start);
        cpu = Math.min(cpu, process.cpuUsage(used).user / 1000);
      }
      figures.push({
        name,
        figure: Math.min(...times),
        unit: 'ms',
        floor: MOST_MS,
        note: `${cpu.toFixed(0)} ms of CPU; the first time ${times[0]!.toFixed(0)} ms`,
      });
    }
    reader.close();
    return figures;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Fills a store; what it takes to make the answers up is not counted. */
async function ingested(path: string, events: number): Promise<{ rows: number; ms: number; cpu: number; inputs: number }> {
  const inputs = Math.round(events / SHAPE.events);
  const writer = await openStore(path);
  let [rows, ms, cpu] = [0, 0, 0];
  const answers = syntheticAnswers(inputs);
  for (let done = 0; done < inputs; ) {
    const batch = [];
    for (let next = answers.next(); !next.done; next = answers.next()) {
      batch.push(next.value);
      if (batch.length === BATCH) break;
    }
    done += batch.length;
    for (const answer of batch) rows += 1 + answer.events.length + answer.incidents.length;
    const [start, used] = [performance.now(), process.cpuUsage()];
    await writer.ingest(batch);
    ms += performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    cpu += user + system;
  }
  await writer.close();
  return { rows, ms, cpu, inputs };
}
