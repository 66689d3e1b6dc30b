import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What died, and where it was laid. */
export interface Remains {
  /** The files to be read, the best first: the dump, then the log that was saved beside it. */
  readonly files: readonly string[];
  /** Beside what the answer goes. */
  readonly directory: string;
}

/** The folder of answers, beside a dump. Once it is there, the dump was read. */
export const ANSWERS = 'lastkmsg';

/** How deep below the dump target dumps are laid: `HOST-DATE/`, `HOST/DATE/`. */
const MAX_DEPTH = 3;

/**
 * Files as they are named by makedumpfile's callers. kdump-tools: dump.DATE, dmesg.DATE; kdump-utils: vmcore, vmcore-dmesg.txt, either
 * with -incomplete when it was cut; SUSE: vmcore, dmesg.txt; systemd-pstore: dmesg.txt.
 */
const DUMP = /^(vmcore(\.flat|-incomplete)?|dump(-incomplete)?\.\d+|kdump\.\d+)$/;
const LOG = /^(vmcore-dmesg(-incomplete)?\.txt|dmesg\.\d+|dmesg\.txt)$/;

/** Everything below a directory that was not read yet, oldest first. Links are not followed: others may write there. */
export function findRemains(root: string, depth = 0): Remains[] {
  if (depth > 0 && !isOurs(root)) return [];
  const entries = list(root);
  if (entries.some((entry) => entry.name === ANSWERS)) return [];
  const named = (pattern: RegExp): string[] =>
    entries.filter((entry) => entry.isFile() && pattern.test(entry.name)).map((entry) => join(root, entry.name));
  const files = [...named(DUMP), ...named(LOG)];
  const here = files.length > 0 && (depth > 0 || isOurs(root)) ? [{ files, directory: root }] : [];
  const below =
    depth < MAX_DEPTH
      ? entries.filter((entry) => entry.isDirectory()).flatMap((entry) => findRemains(join(root, entry.name), depth + 1))
      : [];
  return [...here, ...below].sort((a, b) => changed(a) - changed(b));
}

/**
 * Nobody else can put a link in the place of what is written there: kdump's own directories are root's alone. Where everybody may lay files
 * (Ubuntu's /var/crash), what others laid is left to them.
 */
function isOurs(directory: string): boolean {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  return stat !== undefined && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

function list(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Milliseconds since 1970 at which the first file was last written; 0 where it is gone. */
export function changed({ files }: Remains): number {
  return lstatSync(files[0] ?? '', { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
