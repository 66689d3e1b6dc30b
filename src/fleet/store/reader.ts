import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type Cells, cellsOf } from './cells.ts';
import { type Connection, connect, listed } from './duckdb.ts';
import { checkStore, fileOf } from './layout.ts';
import { oneSelect } from './one-select.ts';
import { TABLES } from './rows.ts';
import { look, probe, type Snapshot } from './snapshot.ts';
import { firstLine, QuestionError, StoreError } from './store-error.ts';
import { viewsOf } from './views.ts';

/** Bounds of one question. */
interface Limits {
  /** Seconds after which it is stopped. */
  readonly seconds: number;
  /** Rows that are taken; the rest is not computed. */
  readonly rows: number;
}

/** A store that is asked. Any number at once, beside a writer. */
export interface StoreReader {
  /** Files that cannot be read, a line each; they are left out. */
  readonly problems: readonly string[];
  /** One SELECT over the views `inputs`, `incidents`, `events`, `modules`. @throws StoreError where it is none, fails or takes too long */
  query(sql: string, limits?: Partial<Limits>): Promise<Cells>;
  close(): void;
}

const LIMITS: Limits = { seconds: 60, rows: 100_000 };
const MB = 2 ** 20;
/** What all questions of a process may take of the machine's memory. */
const memoryMb = (): number => Math.max(256, Math.min(2048, Math.round(totalmem() / MB / 2)));
/** Errors that are the question's, not the store's. */
const WRONG_KINDS = [
  ...['Parser', 'Binder', 'Catalog', 'Syntax', 'Conversion', 'Permission', 'Not implemented'],
  ...['Invalid Type', 'Out of Range', 'Out of Memory', 'INTERRUPT', 'Interrupt'],
];
const ASKED_WRONG = new RegExp(`^(?:${WRONG_KINDS.join('|')})`);

/** @throws StoreError where there is no store that can be read */
export async function readStore(path: string): Promise<StoreReader> {
  const root = resolve(path);
  if (!checkStore(root)) throw new StoreError(`${path}: there is no store; lastkmsg fleet DIR --store ${path} makes one`);
  try {
    return new Reader(root, await Session.open(root, look(root)));
  } catch {
    return new Reader(root, await Session.open(root, await probed(root)));
  }
}

/** What can be read to its end, each file tried. */
async function probed(root: string): Promise<Snapshot> {
  const { db, close } = await connect();
  try {
    return await probe(root, db, look(root));
  } finally {
    close();
  }
}

/** One connection over one list of files; nothing else can be opened through it. */
class Session {
  private constructor(
    readonly db: Connection,
    readonly snapshot: Snapshot,
    readonly close: () => void,
  ) {}

  static async open(root: string, snapshot: Snapshot): Promise<Session> {
    const { db, close } = await connect();
    try {
      for (const sql of viewsOf(root, snapshot.units)) await db.run(sql);
      const files = snapshot.units.flatMap((unit) => TABLES.map((table) => fileOf(root, table, unit)));
      await db.run(`SET memory_limit = '${memoryMb()}MB'`);
      await db.run(`SET allowed_paths = ${listed(files)}`);
      await db.run('SET enable_external_access = false');
      await db.run('SET lock_configuration = true');
      return new Session(db, snapshot, close);
    } catch (error) {
      close();
      throw error;
    }
  }
}

class Reader implements StoreReader {
  #session: Session;

  constructor(
    readonly root: string,
    session: Session,
  ) {
    this.#session = session;
  }

  get problems(): readonly string[] {
    return this.#session.snapshot.problems;
  }

  async query(sql: string, limits: Partial<Limits> = {}): Promise<Cells> {
    const bounds = { ...LIMITS, ...limits };
    for (let attempt = 0; ; attempt++) {
      try {
        return await run(this.#session.db, sql, bounds);
      } catch (error) {
        if (error instanceof StoreError) throw error;
        if (error instanceof Error && this.#askedWrong(error.message)) throw new QuestionError(firstLine(error), { cause: error });
        if (attempt >= 2) throw new StoreError(`${this.root}: ${firstLine(error)}`, { cause: error });
        // where a file is damaged, the next turn tries each
        await this.#again(attempt > 0).catch(() => undefined);
      }
    }
  }

  close(): void {
    this.#session.close();
  }

  /** A file of ours that is gone is looked for as a pattern, which is forbidden. */
  #askedWrong(said: string): boolean {
    const isGone = (): boolean =>
      this.#session.snapshot.units.some((unit) => TABLES.some((table) => said.includes(`"${fileOf(this.root, table, unit)}`)));
    return ASKED_WRONG.test(said) && !(said.startsWith('Permission') && isGone());
  }

  /** A file was gone, for units are merged meanwhile; or it is damaged inside, which trying each finds. */
  async #again(tryEach: boolean): Promise<void> {
    const session = await Session.open(this.root, tryEach ? await probed(this.root) : look(this.root));
    this.#session.close();
    this.#session = session;
  }
}

async function run(db: Connection, sql: string, { seconds, rows }: Limits): Promise<Cells> {
  const select = await oneSelect(db, sql);
  let stopped = false;
  const timer = setTimeout(() => {
    stopped = true;
    db.interrupt();
  }, seconds * 1000);
  try {
    return await cellsOf(await select.stream(), rows);
  } catch (error) {
    if (stopped) throw new QuestionError(`the question was stopped after ${seconds} s; --timeout gives it longer`, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    select.destroySync();
  }
}
