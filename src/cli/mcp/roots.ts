import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A path that is not to be read; the message is for whoever asked, and tells nothing of what lies outside. */
class OutsideError extends Error {
  override name = 'OutsideError';
}

/** How many files a listing looks at, and how deep. */
const MOST = 2000;
const DEPTH = 4;

/** The directories that may be read from, and nothing else. */
export class Roots {
  readonly #roots: readonly string[];

  /** @throws where a root is no directory */
  constructor(roots: readonly string[]) {
    this.#roots = roots.map((root) => realpathSync(root));
    for (const root of this.#roots) if (!statSync(root).isDirectory()) throw new Error(`${root} is not a directory`);
  }

  get all(): readonly string[] {
    return this.#roots;
  }

  /**
   * A file that was asked for, with its links resolved: only what lies below a root. `archive!member` is asked of the archive. A directory
   * is none: of its links to files some lead elsewhere.
   * @param asked absolute, or relative to the first root that has it
   * @throws OutsideError
   */
  allow(asked: string): string {
    const found = this.#allowed(asked);
    const stat = statSync(found.split('!')[0] ?? found);
    if (stat.isDirectory()) throw new OutsideError(`a directory: list_inputs lists the files in ${asked}`);
    if (!stat.isFile()) throw new OutsideError(`not a file: ${asked}`);
    return found;
  }

  #allowed(asked: string): string {
    if (asked.includes('\0')) throw new OutsideError('a path holds no NUL');
    const [file = '', ...member] = asked.split('!');
    const found = this.#candidates(file)
      .map((path) => resolved(path))
      .find((path) => path !== undefined && this.#isInside(path));
    // outside and not there read the same: what lies outside is nobody's business
    if (found === undefined) throw new OutsideError(`no such file below ${this.#roots.join(', ')}: ${asked}`);
    return [found, ...member].join('!');
  }

  /** Files below the roots, or a directory in them, by name; `more` where there are others. */
  list(directory: string | undefined): {
    readonly files: readonly { readonly path: string; readonly bytes: number }[];
    readonly more: boolean;
  } {
    const files: { path: string; bytes: number }[] = [];
    const starts = directory === undefined ? this.#roots : [this.#allowed(directory)];
    let more = false;
    const walk = (dir: string, depth: number): void => {
      for (const entry of entriesOf(dir)) {
        if (files.length >= MOST) {
          more = true;
          return;
        }
        const path = join(dir, entry.name);
        // links are not followed: what they lead to is listed where it lies
        if (entry.isFile()) files.push({ path, bytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0 });
        else if (entry.isDirectory() && depth < DEPTH) walk(path, depth + 1);
        else if (entry.isDirectory()) more = true;
      }
    };
    for (const start of starts) walk(start, 1);
    return { files, more };
  }

  #candidates(file: string): string[] {
    return isAbsolute(file) ? [resolve(file)] : this.#roots.map((root) => resolve(root, file));
  }

  #isInside(path: string): boolean {
    return this.#roots.some((root) => {
      const rest = relative(root, path);
      return rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
    });
  }
}

function resolved(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
