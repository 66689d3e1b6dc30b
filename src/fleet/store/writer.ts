import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answer, AnswerStore } from '../answer/answer.ts';
import { answerProblem } from '../answer/answer-problem.ts';
import { groupBy } from '../tally.ts';
import { msOf } from '../times.ts';
import { appendRows } from './append.ts';
import { type Connection, connect, listed } from './duckdb.ts';
import { checkStore, fileOf, INFO, lastNumber, leftovers, STORE_SCHEMA, type Unit, unitsOf, WORKING } from './layout.ts';
import { lock } from './lock.ts';
import { toMerge } from './merge.ts';
import { TABLES } from './rows.ts';
import { filesOf, look, probe, type Snapshot, unitDamage } from './snapshot.ts';
import { AnswerError, firstLine, StoreError } from './store-error.ts';
import { writeWhole } from './whole-file.ts';
import { writeMerged, writeNew } from './write-unit.ts';

/** The first half of an id tells inputs apart, in a quarter of the memory that texts take: 16 bytes for each input of the store. */
const NUMBER = (id: string): string => `left(${id}, 32)::UUID`;

/** A store that is written to. */
export interface StoreWriter extends AnswerStore {
  /** Files that cannot be read, a line each: their inputs are taken for new. */
  readonly problems: readonly string[];
}

/** Opens a store to write to, and makes it where there is none. @throws StoreError where it is not ours to write to */
export async function openStore(path: string): Promise<StoreWriter> {
  const root = resolve(path);
  if (!checkStore(root)) {
    // what is in it was in dumps, which only root may read
    mkdirSync(join(root, WORKING), { recursive: true, mode: 0o700 });
    writeWhole(join(root, INFO), `${JSON.stringify({ store: 'lastkmsg fleet', schema: STORE_SCHEMA })}\n`);
  }
  const { db, close } = await connect();
  try {
    const unlock = await lock(root, db);
    tidy(root);
    return await Writer.open(root, db, async () => {
      await unlock();
      close();
    });
  } catch (error) {
    close();
    throw error;
  }
}

/** Removes what a writer that was killed has left. */
function tidy(root: string): void {
  const working = join(root, WORKING);
  mkdirSync(working, { recursive: true });
  for (const name of readdirSync(working)) rmSync(join(working, name), { force: true });
  for (const file of leftovers(root)) rmSync(file, { force: true });
}

class Writer implements StoreWriter {
  #next: number;
  readonly #problems: string[];
  /** Days of several units. */
  readonly #open: Set<string>;
  /** Days that could not be merged: once is enough to say so. */
  readonly #unmerged = new Set<string>();
  /** One thing at a time: ingesting takes turns. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly root: string,
    readonly db: Connection,
    readonly end: () => Promise<void>,
    problems: readonly string[],
  ) {
    this.#next = lastNumber(root) + 1;
    this.#problems = [...problems];
    const days = [...groupBy(unitsOf(root), ({ day }) => day)];
    this.#open = new Set(days.filter(([, units]) => units.length > 1).map(([day]) => day));
  }

  static async open(root: string, db: Connection, end: () => Promise<void>): Promise<Writer> {
    // of what is merged nothing is read again
    await db.run('SET enable_external_file_cache = false');
    await db.run('CREATE TEMP TABLE known (id UUID)');
    let snapshot = look(root);
    try {
      await loadKnown(root, db, snapshot);
    } catch {
      snapshot = await probe(root, db, snapshot);
      await loadKnown(root, db, snapshot);
    }
    return new Writer(root, db, end, snapshot.problems);
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  ingest(answers: readonly Answer[]): Promise<number> {
    return this.#inTurn(() => this.#ingest(answers));
  }

  known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#inTurn(() => this.#known(ids));
  }

  close(): Promise<void> {
    return this.#inTurn(this.end);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #ingest(answers: readonly Answer[]): Promise<number> {
    for (const answer of answers) checkAnswer(answer);
    const known = await this.#known(answers.map(({ id }) => id));
    const byId = new Map<string, Answer>();
    for (const answer of answers) if (!known.has(answer.id) && !byId.has(answer.id)) byId.set(answer.id, answer);
    for (const [day, own] of groupBy(byId.values(), dayRead)) {
      try {
        await this.#append(own);
        await writeNew(this.root, this.db, { day, from: this.#next, to: this.#next });
      } catch (error) {
        if (error instanceof AnswerError) throw error;
        throw new StoreError(`${this.root}: could not be written to: ${firstLine(error)}`, { cause: error });
      } finally {
        this.#next++;
      }
      await this.db.run(`INSERT INTO known SELECT ${NUMBER('id')} FROM new_inputs`);
      await this.#mergeDays(day);
    }
    return byId.size;
  }

  /** In memory: what fails here is what is in the answers, not the disk. */
  async #append(answers: readonly Answer[]): Promise<void> {
    try {
      await appendRows(this.db, answers);
    } catch (error) {
      throw new AnswerError(`no answer: it has what cannot be stored: ${firstLine(error)}`, { cause: error });
    }
  }

  async #known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const found = await this.db.runAndReadAll(
      `SELECT DISTINCT asked.id FROM (SELECT unnest(${listed(ids)}) AS id) asked SEMI JOIN known ON known.id = ${NUMBER('asked.id')}`,
    );
    return new Set(found.getRows().map(([id]) => String(id)));
  }

  /** The day that was written to, and those that were before it: one in the future, of a clock that went wrong, makes no other day over. */
  async #mergeDays(day: string): Promise<void> {
    this.#open.add(day);
    const units = unitsOf(this.root);
    for (const each of this.#open) {
      await this.#merge(units, each, each < day);
      if (each < day) this.#open.delete(each);
    }
  }

  /** Small files cost every question; that they could not be merged costs nothing else. */
  async #merge(all: readonly Unit[], day: string, isOver: boolean): Promise<void> {
    const units = toMerge(
      all.filter((unit) => unit.day === day),
      isOver,
    );
    const [first, last] = [units[0], units.at(-1)];
    if (first === undefined || last === undefined || this.#unmerged.has(day)) return;
    try {
      // a merged unit covers what lies between its ends: of a damaged one nothing would be left
      const damaged = units.map((unit) => unitDamage(this.root, unit)).find((why) => why !== undefined);
      if (damaged !== undefined) throw new StoreError(damaged);
      await writeMerged(this.root, this.db, units, { day, from: first.from, to: last.to });
      for (const unit of units) this.#remove(unit);
    } catch (error) {
      this.#unmerged.add(day);
      this.#problems.push(`${day}: its files could not be merged: ${firstLine(error)}`);
    }
  }

  /** A reader that has its list already finds some files gone and looks again. */
  #remove(unit: Unit): void {
    for (const table of [...TABLES].reverse()) rmSync(fileOf(this.root, table, unit), { force: true });
  }
}

async function loadKnown(root: string, db: Connection, { units }: Snapshot): Promise<void> {
  await db.run('DELETE FROM known');
  if (units.length > 0) await db.run(`INSERT INTO known SELECT ${NUMBER('id')} FROM ${filesOf(root, 'inputs', units)}`);
}

/** The day that an answer is kept under. */
const dayRead = ({ readAt }: Answer): string => new Date(msOf(readAt) ?? 0).toISOString().slice(0, 10);

/** Answers come over a network too: what cannot be kept is refused before anything is. */
function checkAnswer(answer: Answer): void {
  const why = answerProblem(answer);
  if (why !== undefined) throw new AnswerError(why);
}
