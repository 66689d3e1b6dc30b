import { createHash } from 'node:crypto';
import type { Kind, Severity } from '../../src/event/event.ts';
import { familyOf } from '../../src/event/kinds.ts';
import type { Answer, AnswerEvent, AnswerIncident, AnswerModule } from '../../src/fleet/answer/answer.ts';

/** What a fleet is made of; signatures and hosts follow Zipf's law, as they do where anyone counted. */
export interface FleetShape {
  readonly hosts: number;
  readonly signatures: number;
  readonly releases: number;
  readonly models: number;
  /** Different lists of modules, of 40 to 90 each. */
  readonly moduleLists: number;
  /** Events of an input, on average. */
  readonly events: number;
  readonly days: number;
}

export const SHAPE: FleetShape = { hosts: 20_000, signatures: 2000, releases: 40, models: 60, moduleLists: 2000, events: 5, days: 30 };

const KINDS: readonly Kind[] = [
  'null-dereference',
  'oom-kill',
  'warning',
  'hung-task',
  'soft-lockup',
  'hardware-error',
  'paging-fault',
  'kasan',
];
const SEVERITIES: readonly Severity[] = ['fatal', 'error', 'warning'];
const START = Date.parse('2026-10-01T00:00:00Z');
const DAY = 86_400_000;

/** Numbers that look random and are the same on every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Answers of a fleet, in the order of time, as many as are asked for. */
export function* syntheticAnswers(count: number, shape: FleetShape = SHAPE, seed = 1): Generator<Answer> {
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  /** The first is met most: n^r is log-uniform. */
  const zipf = (n: number): number => Math.floor(n ** random()) - 1;
  const lists = Array.from({ length: shape.moduleLists }, (): AnswerModule[] =>
    [...new Set(Array.from({ length: 40 + below(50) }, () => zipf(300)))].map((n) => ({
      name: `module_${n}`,
      ...(n % 17 === 3 && { taint: 'OE' }),
    })),
  );
  const signatures = Array.from({ length: shape.signatures }, (_, n) => {
    const kind = KINDS[n % KINDS.length]!;
    const title = `BUG: something wrong of kind ${kind} in function_${n}_of_some_driver`;
    return {
      kind,
      family: familyOf(kind),
      title,
      signature: hex(title).slice(0, 16),
      culprit: `function_${n}_of_some_driver [module_${n % 300}]`,
    };
  });
  for (let i = 0; i < count; i++) {
    const host = zipf(shape.hosts);
    const ms = START + Math.floor(((i + random()) / count) * shape.days * DAY);
    const when = { time: new Date(ms).toISOString(), source: 'crashtime' };
    const release = `6.1.0-${Math.min(shape.releases - 1, Math.floor((i / count) * shape.releases * 0.7) + below(shape.releases / 3))}-amd64`;
    const model = host % shape.models;
    // bugs come with time
    const known = Math.ceil(shape.signatures * (0.5 + (0.5 * i) / count));
    const first = random() < 0.02 ? below(known) : zipf(known);
    const ids = [first, ...Array.from({ length: below(2 * shape.events - 1) }, () => (random() < 0.7 ? first : zipf(shape.signatures)))];
    const events = ids.map(
      (n, at): AnswerEvent => ({
        event: `E${at + 1}`,
        ...signatures[n]!,
        severity: SEVERITIES[n % 3]!,
        boot: 0,
        uptime: Math.round(random() * 1e9) / 1000,
        when,
        count: 1 + zipf(20),
        comm: `comm_${zipf(200)}`,
      }),
    );
    const incident = (n: number, at: number): AnswerIncident => ({
      incident: `I${at + 1}`,
      ...signatures[n]!,
      headline: `${signatures[n]!.title}, by task comm_${zipf(200)}`,
      verdict: `${signatures[n]!.title}: the task comm_${zipf(200)} (pid ${below(30_000)}) was killed, and the machine stopped ${below(60)} s later.`,
      inferred: n % 3 === 0,
      confidence: 'high',
      severity: SEVERITIES[n % 3]!,
      when,
    });
    yield {
      schema: 1,
      id: hex(`${seed} ${i}`),
      input: `/var/crash/${when.time}/vmcore`,
      readAt: new Date(ms + 600_000).toISOString(),
      version: '0.1.0',
      status: 'ok',
      losses: [],
      form: 'vmcore',
      host: `host-${host}.example.net`,
      when,
      release,
      releases: [release],
      arch: model % 10 === 0 ? 'aarch64' : 'x86_64',
      model: `Vendor ${model % 7} Server ${model}`,
      firmware: `${1 + (model % 5)}.${host % 4}.0 0${1 + (model % 9)}/01/2024`,
      taint: n3(host) ? ['O', 'E'] : [],
      modules: lists[host % lists.length]!,
      records: 500 + below(2000),
      incidents: ids.length > 2 && random() < 0.2 ? [incident(first, 0), incident(ids[1]!, 1)] : [incident(first, 0)],
      events,
      omitted: 0,
    };
  }
}

const n3 = (n: number): boolean => n % 3 === 0;
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
