// A log that is read in pieces is read as by one thread: the same events, counts and notes, wherever it is cut and whoever reads what.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readEvents } from '../../../src/read/events/read-events.ts';
import { LogSpan } from '../../../src/read/inputs/log-span.ts';
import { textFrom } from '../../../src/read/inputs/text-input.ts';
import type { Piece, PiecedLog, PieceRead } from '../../../src/read/pieces/piece.ts';
import { Plan } from '../../../src/read/pieces/plan.ts';
import { type PieceHelpers, PutTogether } from '../../../src/read/pieces/put-together.ts';
import { readPiece } from '../../../src/read/pieces/read-piece.ts';
import { LogNotes } from '../../../src/record/log-notes.ts';
import { LineCounts } from '../../../src/text/reading.ts';

const FOLDERS = ['test/golden/events', 'test/golden/oom'];
const LOGS = FOLDERS.flatMap((dir) => readdirSync(dir).flatMap((f) => (f.endsWith('.log') ? [readFileSync(`${dir}/${f}`, 'latin1')] : [])));
const HEALTHY = Array.from({ length: 400 }, (_, i) => `[${String(i / 50 + 1).padStart(5)}.000000] usb 1-1: new device number ${i}\n`).join(
  '',
);
const BASE = { source: 'a.log', name: 'a.log', form: undefined, asOf: 1.7e15, raw: true, notes: true } as const;

/** The bytes as a file of which pieces are read. */
const fileOf = (bytes: Buffer) => ({ read: (offset: number, length: number) => bytes.subarray(offset, offset + length) });

/** Reads pieces when they are given, and hands the results over as a thread does. Every `losesEach`th is lost with its thread. */
class HelpersHere implements PieceHelpers {
  given = 0;
  readonly #read = new Map<number, PieceRead>();

  constructor(
    readonly count: number,
    readonly log: PiecedLog,
    readonly bytes: Buffer,
    readonly losesEach: number,
  ) {}

  get isIdle(): boolean {
    return this.#read.size < this.count;
  }

  give(piece: Piece): void {
    if (++this.given % this.losesEach !== 0) this.#read.set(piece.index, structuredClone(readPiece(this.log, fileOf(this.bytes), piece)));
  }

  reads(index: number): boolean {
    return this.#read.has(index);
  }

  take(index: number): PieceRead | undefined {
    const read = this.#read.get(index);
    this.#read.delete(index);
    return read;
  }

  async change(): Promise<void> {}
  async end(): Promise<void> {
    this.#read.clear();
  }
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1 << 16) yield bytes.subarray(at, at + (1 << 16));
}

async function byOne(bytes: Buffer) {
  const input = await textFrom(BASE.source, { chunks: chunks(bytes), mtime: BASE.asOf });
  if (input === undefined) return undefined;
  const notes = new LogNotes();
  const events: unknown[] = [];
  for await (const event of readEvents(input, { raw: true, notes })) events.push(event);
  const { log, reading } = input.info();
  return { form: input.form, events, log, reading, losses: input.losses, notes: sorted(notes) };
}

async function byMany(bytes: Buffer, pieceBytes: number, threads: number, losesEach: number, warmBytes: number) {
  const input = await textFrom(BASE.source, { chunks: chunks(bytes), mtime: BASE.asOf });
  if (input === undefined) return undefined;
  const log = { ...BASE, path: '', device: 0, inode: 0, head: bytes.subarray(0, 1 << 16) };
  const counts = new LineCounts();
  const span = new LogSpan();
  const notes = new LogNotes();
  const losses: string[] = [];
  const plan = new Plan(fileOf(bytes), bytes.length, pieceBytes, warmBytes);
  const pieces = new PutTogether(log, fileOf(bytes), plan, new HelpersHere(threads, log, bytes, losesEach));
  async function* understood() {
    const batches = pieces.batches((read, firstBoot) => {
      counts.add(read.counts);
      losses.push(...read.losses);
      if (read.notes) notes.add(read.notes, firstBoot);
    });
    for await (const batch of batches) {
      span.add(batch.span);
      yield batch;
    }
  }
  const events: unknown[] = [];
  const many = { ...input, batches: Object.assign(input.batches, { understood: async () => understood() }) };
  for await (const event of readEvents(many, { raw: true, notes })) events.push(event);
  const { unclaimed } = input.claims;
  const reading = { ...counts.reading, ...(unclaimed > 0 && { unclaimed }) };
  return { form: input.form, events, log: { form: input.form, ...span.facts }, reading, losses, notes: sorted(notes) };
}

/** All notes; their order is nobody's. */
const sorted = (notes: LogNotes): string[] =>
  Object.values(notes.take(0)).flatMap((each) => (each as readonly unknown[]).map((note) => JSON.stringify(note)).sort());

async function assertSame(text: string, pieceBytes: number, threads: number, losesEach = Number.POSITIVE_INFINITY, warmBytes = 8192) {
  const bytes = Buffer.from(text, 'latin1');
  const one = await byOne(bytes).catch(() => undefined);
  // other forms are never cut
  if (one === undefined || !['dmesg', 'console'].includes(one.form)) return;
  const many = await byMany(bytes, pieceBytes, threads, losesEach, warmBytes);
  assert.equal(JSON.stringify(many), JSON.stringify(one));
}

test('every golden log, cut anywhere', async () => {
  for (const log of LOGS) await assertSame(log, 1777, 2);
});

test('logs one behind the other, cut anywhere, read by 1, 2, 3 and 5', async () => {
  const texts = fc.array(fc.constantFrom(HEALTHY, ...LOGS), { minLength: 2, maxLength: 12 });
  const property = fc.asyncProperty(
    texts,
    fc.integer({ min: 3000, max: 60_000 }),
    fc.constantFrom(0, 1, 2, 4),
    fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY),
    fc.constantFrom(500, 8192, 30_000),
    (logs, pieceBytes, threads, losesEach, warmBytes) => assertSame(logs.join(''), pieceBytes, threads, losesEach, warmBytes),
  );
  await fc.assert(property, { numRuns: 40 });
});

test('in a healthy log every piece is right by itself', async () => {
  const banner = '[    0.000000] Linux version 6.1.0-13-amd64 (debian-kernel@lists.debian.org) #1 SMP\n';
  const lines = Array.from({ length: 20_000 }, (_, i) => `[${(i / 10 + 3).toFixed(6).padStart(12)}] usb 1-1: new device number ${i}\n`);
  const bytes = Buffer.from(banner + lines.join(''), 'latin1');
  const log = { ...BASE, path: '', device: 0, inode: 0, head: bytes.subarray(0, 1 << 16) };
  const plan = new Plan(fileOf(bytes), bytes.length, 1 << 17, 1 << 16);
  let before = readPiece(log, fileOf(bytes), plan.piece(0));
  for (let index = 1; index < plan.pieces; index++) {
    const read = readPiece(log, fileOf(bytes), plan.piece(index));
    assert.ok(read.begins.known);
    assert.is(read.begins.known, before.ends.known, `piece ${index}`);
    assert.not(read.isGuess);
    before = read;
  }
});

test.run();
