import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { TABLES, type Table } from './rows.ts';
import { StoreError } from './store-error.ts';

/** Counts up when a reader of before would read it wrongly. */
export const STORE_SCHEMA = 1;

/**
 * The rows of some answers that were read on one day: a file in each table. Its number range says which units it was merged from: a merged
 * unit covers those whose numbers lie within its own, so that before they are deleted none counts twice.
 */
export interface Unit {
  /** UTC: `2026-11-29`. */
  readonly day: string;
  readonly from: number;
  readonly to: number;
  /** Bytes of its inputs. */
  readonly bytes: number;
}

export const INFO = 'store.json';
export const WORKING = 'tmp';
/** What a process that was killed while it made the store has left. */
const UNFINISHED = /^\.\d+\.tmp$/;
const DAY = /^day=(\d{4}-\d{2}-\d{2})$/;
const UNIT = /^(\d{10})-(\d{10})\.parquet$/;

const number = (n: number): string => `${n}`.padStart(10, '0');
export const folderOf = (root: string, table: Table, day: string): string => join(root, table, `day=${day}`);
export const fileOf = (root: string, table: Table, { day, from, to }: Pick<Unit, 'day' | 'from' | 'to'>): string =>
  join(folderOf(root, table, day), `${number(from)}-${number(to)}.parquet`);

/** Whether there is a store. @throws StoreError where it is one that this lastkmsg does not know, or something else */
export function checkStore(root: string): boolean {
  // DuckDB takes names of files for patterns
  if (/[*?[\]{}]/.test(root)) throw new StoreError(`${root}: the path of a store takes none of * ? [ ] { }`);
  const path = join(root, INFO);
  if (!existsSync(path)) {
    const others = existsSync(root) ? readdirSync(root).filter((name) => name !== WORKING && !UNFINISHED.test(name)) : [];
    if (others.length > 0) throw new StoreError(`${root}: sought a store of lastkmsg; found a directory without ${INFO}`);
    return false;
  }
  const schema = schemaOf(readFileSync(path, 'utf8'));
  if (schema === undefined) throw new StoreError(`${path}: sought the version of a store; found none`);
  if (schema > STORE_SCHEMA)
    throw new StoreError(`${root}: sought a store of version ${STORE_SCHEMA}; found version ${schema}, of a newer lastkmsg`);
  return true;
}

function schemaOf(json: string): number | undefined {
  try {
    const { schema } = JSON.parse(json) as { schema?: unknown };
    return typeof schema === 'number' ? schema : undefined;
  } catch {
    return undefined;
  }
}

/** Units whose rows count, oldest first: those with their row in `inputs`, but for what a merged one covers. */
export function unitsOf(root: string): Unit[] {
  // what covers others stands before them
  const all = unitsIn(root, 'inputs').sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.from - b.from || b.to - a.to));
  let last: Unit | undefined;
  return all.filter((unit) => {
    const covered = last?.day === unit.day && unit.to <= last.to;
    if (!covered) last = unit;
    return !covered;
  });
}

/** Files that no reader wants any more: of units that were merged, or never finished. */
export function leftovers(root: string): string[] {
  const kept = new Set(unitsOf(root).flatMap((unit) => TABLES.map((table) => fileOf(root, table, unit))));
  // inputs first: as long as they are there, the unit counts
  return [...TABLES]
    .reverse()
    .flatMap((table) => unitsIn(root, table).map((unit) => fileOf(root, table, unit)))
    .filter((file) => !kept.has(file));
}

/** Days that any table has, oldest first. */
export const daysOf = (root: string): string[] =>
  [...new Set(TABLES.flatMap((table) => names(join(root, table)).flatMap((folder) => DAY.exec(folder)?.[1] ?? [])))].sort();

/** The highest number that any file has, finished or not. */
export const lastNumber = (root: string): number => Math.max(0, ...TABLES.flatMap((table) => unitsIn(root, table).map(({ to }) => to)));

function unitsIn(root: string, table: Table): Unit[] {
  return names(join(root, table)).flatMap((folder) => {
    const day = DAY.exec(folder)?.[1];
    if (day === undefined) return [];
    return names(join(root, table, folder)).flatMap((name): Unit[] => {
      const [, from, to] = UNIT.exec(name) ?? [];
      const stat = from === undefined ? undefined : statOf(join(root, table, folder, name));
      return stat === undefined ? [] : [{ day, from: Number(from), to: Number(to), bytes: stat.size }];
    });
  });
}

/** In their order; none where the directory is not there. */
function names(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

const MAGIC = 'PAR1';

/** Why a file cannot be a whole Parquet file; undefined where its ends are as they should be. What is between them shows when it is read. */
export function damageOf(path: string): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is missing' : (error as Error).message;
  }
  try {
    const { size } = fstatSync(fd);
    const at = (offset: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      readSync(fd, bytes, 0, length, offset);
      return bytes;
    };
    if (size < 12 || at(0, 4).toString('latin1') !== MAGIC) return 'it is no Parquet file';
    const tail = at(size - 8, 8);
    if (tail.toString('latin1', 4) !== MAGIC) return 'it is cut off';
    return tail.readUInt32LE(0) + 12 > size ? 'its footer is damaged' : undefined;
  } finally {
    closeSync(fd);
  }
}
