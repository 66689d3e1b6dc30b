import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isSupportTree } from '../archives/support-tree.ts';
import type { InputFile, InputGroup } from './input-file.ts';
import { memoryPieces } from './pieces.ts';

/** Files in a directory that are looked into; deeper trees are somebody's file system. */
const MAX_DEPTH = 4;
const MAX_FILES = 10_000;

/**
 * FILEs as groups of names that make one input each: directories are replaced by the files in them that may be dumps or logs (a directory of pstore parts stays
 * whole, one that a support tool made, and one in which there is nothing, for opening it to say so), members of a split set are put together, and
 * pieces of one memory (FILE@ADDRESS). What of a directory is beyond bounds is a group too, which cannot be read: that tells of it.
 * @param most files looked into of each directory
 */
export async function groupFiles(names: readonly string[], most = MAX_FILES): Promise<readonly InputGroup[]> {
  const files: string[] = [];
  const pieces: InputFile[] = [];
  const leftOut: InputFile[][] = [];
  // standard input can be read once
  const given = names.filter((name, i) => name !== '-' || names.indexOf(name) === i);
  for (const name of given.length > 0 ? given : ['-']) {
    const found = memoryPieces(name);
    if (found) pieces.push(...found);
    else for (const file of await expand(name, most, leftOut)) files.push(file);
  }
  const groups: InputFile[][] = pieces.length > 0 ? [pieces] : [];
  if (files.length === 1) return [...groups, files.map((name) => ({ name })), ...leftOut];
  const { splitIdentity } = await import('../../dump/open/split-identity.ts');
  const sets = new Map<string, InputFile[]>();
  for (const name of files) {
    const identity = name === '-' ? undefined : splitIdentity(name);
    const set = identity === undefined ? undefined : sets.get(identity);
    if (set) set.push({ name });
    else {
      const group = [{ name }];
      groups.push(group);
      if (identity !== undefined) sets.set(identity, group);
    }
  }
  return [...groups, ...leftOut];
}

async function expand(name: string, most: number, leftOut: InputFile[][]): Promise<string[]> {
  if (name === '-' || !isDirectory(name) || isSupportTree(name)) return [name];
  const found: string[] = [];
  // one more, to know that there is one
  const deeper = collect(name, 1, found, most + 1);
  const why = [found.length > most && `more than ${most} files`, deeper && `folders more than ${MAX_DEPTH} deep`].filter(Boolean);
  if (why.length > 0) leftOut.push([{ name, leftOut: why.join(', ') }]);
  const { isProse } = await import('./prose.ts'); // brings the whole text stage
  found.length = Math.min(found.length, most);
  const logs = found.filter((path) => !isProse(path));
  return logs.length > 0 ? logs : found.length > 0 ? found : [name];
}

/** Parts of one log (fs/pstore/inode.c names them `<type>-<backend>-<id>`). */
const PSTORE_PART = /^(dmesg|console|pmsg|ftrace|mce|rtas|powerpc-[a-z]+)-[a-z_]+-\d+(\.enc)?(\.z)?$/;

/** @returns whether there are folders that are too deep to be looked into */
function collect(dir: string, depth: number, found: string[], most: number): boolean {
  const entries = list(dir);
  // a directory of parts is one log; systemd-pstore writes them joined beside them
  const files = entries.filter((e) => e.isFile());
  if (files.some((e) => PSTORE_PART.test(e.name)) && files.every((e) => PSTORE_PART.test(e.name) || e.name === 'dmesg.txt')) {
    found.push(dir);
    return false;
  }
  let deeper = false;
  for (const entry of entries) {
    if (found.length >= most) return deeper;
    const path = join(dir, entry.name);
    if (entry.isDirectory() && isAnswer(path)) continue;
    if (entry.isDirectory() && isSupportTree(path)) found.push(path);
    else if (entry.isDirectory() && depth < MAX_DEPTH) deeper = collect(path, depth + 1, found, most) || deeper;
    else if (entry.isDirectory()) deeper ||= list(path).length > 0;
    else if (!entry.name.startsWith('.') && (entry.isFile() || (entry.isSymbolicLink() && isFile(path)))) found.push(path);
  }
  return deeper;
}

/** What the hook wrote beside a dump tells of that dump again. */
const isAnswer = (path: string): boolean => basename(path) === 'lastkmsg' && existsSync(join(path, 'report.txt'));

/** By name; nothing where it cannot be read. */
function list(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Through links: of a directory's links those to files are read (kdump's `latest`), those to directories may lead in circles. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** False also where nothing can be said: opening it will say why. */
export function isDirectory(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    return false;
  }
}
