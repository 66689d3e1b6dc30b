import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** Files of one group that are kept: of other releases of ours and of node. */
const KEPT = 4;
/** One run in so many writes what it compiled beside what it read: later runs look at other logs than the first. */
const ANEW = 16;
/** Bytes of a CRC-32. */
const SEAL = 4;
/** After a longer run V8 has thrown away functions that ran at its beginning only. */
const SHORT_SECONDS = 2;

/**
 * What V8 made of our code in earlier runs, under `$XDG_CACHE_HOME/lastkmsg` or `~/.cache/lastkmsg`: a quarter of the time of a short run
 * is compiling. It is code that we run, so it is read only where nobody but this user can have written it. Nothing depends on it:
 * what cannot be read or written is left, silently. NODE_DISABLE_COMPILE_CACHE=1, which is node's own name for it, turns it off.
 */
export class CodeCache {
  readonly #kept: { readonly group: string; readonly script: Script; readonly isRead: boolean }[] = [];

  private constructor(
    /** Where caches lie, whoever's they are. */
    readonly parent: string,
    readonly builds: Readonly<Record<string, string>>,
    readonly flags: string,
  ) {}

  /** @param builds what tells one build of a group from another @param flags what tells runs with other flags of V8 */
  static ofUser(builds: Readonly<Record<string, string>>, flags: string): CodeCache | undefined {
    const { XDG_CACHE_HOME: given, HOME: home, NODE_DISABLE_COMPILE_CACHE: off } = process.env;
    if (off || process.geteuid === undefined) return undefined;
    if (given?.startsWith('/')) return new CodeCache(given, builds, flags);
    return home?.startsWith('/') ? new CodeCache(join(home, '.cache'), builds, flags) : undefined;
  }

  /** @returns what an earlier run compiled of a group; V8 refuses what another V8 or other flags made */
  read(group: string): Buffer | undefined {
    const path = this.#path(group);
    try {
      return isOurs(this.#directory) && isOurs(path) ? unsealed(readFileSync(path)) : undefined;
    } catch {
      return undefined; // there is none yet
    }
  }

  /** Writes, when the process ends, what it has compiled of a group, if that is worth it. @param isRead what an earlier run compiled was of use */
  keep(group: string, script: Script, isRead: boolean): void {
    if (this.#kept.push({ group, script, isRead }) > 1) return;
    process.once('exit', () => this.#write());
  }

  #write(): void {
    const isAnew = process.pid % ANEW === 0 && process.uptime() < SHORT_SECONDS;
    const due = this.#kept.filter(({ isRead }) => !isRead || isAnew);
    if (due.length === 0) return;
    try {
      // as root in the home of another: sudo may leave HOME as it is
      if (!isOurs(existing(this.parent))) return;
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      if (!isOurs(this.#directory)) return;
      for (const { group, script } of due) {
        const path = this.#path(group);
        writeFileSync(`${path}.${process.pid}`, sealed(script.createCachedData()), { mode: 0o600, flag: 'wx' });
        renameSync(`${path}.${process.pid}`, path);
        this.#sweep(group);
      }
    } catch {
      // a full disk, a read-only home: the next run compiles again
    }
  }

  /** Deletes what other releases left. */
  #sweep(group: string): void {
    const files = readdirSync(this.#directory)
      .filter((name) => name.startsWith(`${group}-`))
      .map((name) => join(this.#directory, name))
      .map((path) => ({ path, time: statSync(path).mtimeMs }));
    for (const { path } of files.sort((a, b) => b.time - a.time).slice(KEPT)) rmSync(path, { force: true });
  }

  get #directory(): string {
    return join(this.parent, 'lastkmsg');
  }

  #path(group: string): string {
    return join(this.#directory, `${group}-${this.builds[group]}-${process.version}-${process.arch}${this.flags}`);
  }
}

/** V8 checks the length of what it is handed, and dies of a bit that is wrong: a CRC-32 stands behind it. */
function sealed(data: Buffer): Buffer {
  const seal = Buffer.alloc(SEAL);
  seal.writeUInt32LE(crc32(data));
  return Buffer.concat([data, seal]);
}

function unsealed(file: Buffer): Buffer | undefined {
  const data = file.subarray(0, -SEAL);
  return file.length > SEAL && crc32(data) === file.readUInt32LE(data.length) ? data : undefined;
}

/** Nobody but this user can write it. */
function isOurs(path: string): boolean {
  const { uid, mode } = statSync(path);
  return uid === process.geteuid?.() && (mode & 0o022) === 0;
}

/** The directory itself, or the nearest one above it that exists. */
function existing(directory: string): string {
  for (let path = directory; ; path = dirname(path)) if (existsSync(path) || path === dirname(path)) return path;
}
