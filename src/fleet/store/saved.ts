import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkStore } from './layout.ts';
import { QuestionError } from './store-error.ts';
import { writeWhole } from './whole-file.ts';

/** One file a question, for people to read and change. */
const FOLDER = 'queries';
const NAME = /^[A-Za-z0-9][\w-]{0,63}$/;
const ENDING = '.sql';

export interface SavedQuery {
  readonly name: string;
  readonly sql: string;
}

/** Keeps a question under a name, in place of one of that name. @throws QuestionError where the name is none */
export function saveQuery(store: string, name: string, sql: string): void {
  const path = fileOf(store, name);
  mkdirSync(join(resolve(store), FOLDER), { recursive: true });
  writeWhole(path, `${sql.trim()}\n`);
}

/** @throws QuestionError where there is none of that name */
export function savedQuery(store: string, name: string): string {
  try {
    return readFileSync(fileOf(store, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const names = savedQueries(store).map((each) => each.name);
    throw new QuestionError(
      `sought a saved query ${name}; found ${names.length === 0 ? "none; fleet save NAME 'SELECT …' saves one" : names.join(', ')}`,
      { cause: error },
    );
  }
}

/** In order of their names. */
export function savedQueries(store: string): SavedQuery[] {
  checkStore(resolve(store));
  let files: string[];
  try {
    files = readdirSync(join(resolve(store), FOLDER));
  } catch {
    return [];
  }
  return files
    .filter((file) => file.endsWith(ENDING) && NAME.test(file.slice(0, -ENDING.length)))
    .sort()
    .map((file) => ({ name: file.slice(0, -ENDING.length), sql: readFileSync(join(resolve(store), FOLDER, file), 'utf8').trim() }));
}

function fileOf(store: string, name: string): string {
  if (!NAME.test(name)) throw new QuestionError(`a query's name takes letters, digits, - and _; not ${name}`);
  return join(resolve(store), FOLDER, `${name}${ENDING}`);
}
