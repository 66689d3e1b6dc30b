import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readings } from '../../src/cli/mcp/reading.ts';
import { bare } from './events/blocks.ts';
import { eventsLog } from './events/make.ts';
import { lookAtEvents } from './events/oracles.ts';
import { conversation } from './mcp/messages.ts';
import { converse } from './mcp/oracles.ts';
import { CHANGING, makeRoot } from './mcp/root.ts';
import { mutateBytes, mutateText } from './mutate.ts';
import { look } from './oracles.ts';
import type { Random } from './random.ts';

/** A kind of hostile inputs: how one is made of a seed, and what is wrong with what is said of it. */
export interface Part {
  readonly make: (random: Random) => Made;
  /** Another input out of one that was worth it (`--guided`). */
  readonly vary?: (bytes: Buffer, random: Random) => Made;
  /** Milliseconds of CPU that one input may take; a slow one is a finding too. */
  readonly slowMs: number;
}

interface Made {
  /** What a finding is kept as. */
  readonly bytes: Buffer;
  /** How many inputs it is; one where it does not say. */
  readonly inputs?: number;
  look(): Promise<string | undefined>;
}

export const files = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name));

const lazily = <T>(read: () => T): (() => T) => {
  let value: { readonly read: T } | undefined;
  return () => {
    value ??= { read: read() };
    return value.read;
  };
};
const bytesOf = (folder: string, pattern: RegExp) => lazily(() => files(folder, pattern).map((name) => readFileSync(name)));
const dumps = bytesOf('samples', /vmcore$/);
const inspectable = bytesOf('test/golden/inspect', /vmcore$/);
const golden = lazily(() => files('test/golden', /\.log$/).map((name) => readFileSync(name, 'latin1')));
const logs = lazily(() => [...golden(), ...files('samples', /dmesg\.txt$/).map((name) => readFileSync(name, 'latin1'))]);
const reports = lazily(() => bare(golden()));

const made = (name: string, bytes: Buffer, random: Random): Made => ({ bytes, look: () => look(name, bytes, random) });
const varied = (bytes: Buffer, random: Random): Buffer =>
  Buffer.from(mutateText(bytes.toString('latin1'), random.one(golden()), random), 'latin1');

const ofDumps = (name: string, all: () => readonly Buffer[]): Part => ({
  slowMs: 8000,
  make: (random) => made(name, mutateBytes(random.one(all()), random), random),
  vary: (bytes, random) => made(name, mutateBytes(bytes, random), random),
});

const root = lazily(makeRoot);
/** Kept over conversations, as a server keeps them over questions. */
const kept = lazily(() => new Readings());

/** A conversation with the server about a log that is another one each time. */
function mcp(random: Random): Made {
  const { dir, paths } = root();
  const messages = conversation(paths, random);
  const log = eventsLog(reports(), random);
  const bytes = Buffer.from(messages.map(({ text }) => `${text}\n`).join(''));
  return {
    bytes,
    inputs: messages.length,
    look: () => {
      writeFileSync(join(dir, CHANGING), log.bytes);
      return converse({ dir, messages, readings: random.below(16) === 0 ? new Readings() : kept() }, random);
    },
  };
}

const text: Part = {
  slowMs: 8000,
  make: (random) => made('text', Buffer.from(mutateText(random.one(logs()), random.one(logs()), random), 'latin1'), random),
  vary: (bytes, random) => made('text', varied(bytes, random), random),
};

const events: Part = {
  slowMs: 2000,
  make: (random) => {
    const log = eventsLog(reports(), random);
    return { bytes: log.bytes, look: () => lookAtEvents(log, random) };
  },
  vary: (before, random) => {
    const bytes = varied(before, random);
    return { bytes, look: () => lookAtEvents({ bytes, isPlain: false }, random) };
  },
};

export const PARTS: Readonly<Record<string, Part>> = {
  dumps: ofDumps('dumps', dumps),
  text,
  inspect: ofDumps('inspect', inspectable),
  events,
  mcp: { slowMs: 20_000, make: mcp },
};
