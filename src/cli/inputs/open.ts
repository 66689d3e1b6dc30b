import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { chunksOf } from '../../dump/open/file-source.ts';
import { type OpenedFile, openInput, splitIdentity, unwrapped } from '../../dump/open/open-dump.ts';
import { InputError } from '../../dump/source.ts';
import { type DumpLog, dumpInput, openDumpLog } from './dump-log.ts';
import type { InputOptions, LogInput } from './input.ts';
import { openPipe } from './pipe.ts';
import { CHUNK_BYTES } from './text-source.ts';

/** What a FILE turned out to be. */
export type Opened = { readonly kind: 'dump'; readonly dump: DumpLog } | { readonly kind: 'text'; readonly input: LogInput };

/** Formats that `--input` takes besides those of texts. */
export const DUMP_FORMATS = ['vmcore', 'raw'] as const;

const isDumpFormat = (format: string | undefined): boolean => (DUMP_FORMATS as readonly (string | undefined)[]).includes(format);

/** Opens one FILE, or the members of one split set. @throws InputError where it cannot be read as a dump or as a log */
export async function open(names: readonly string[], options: InputOptions = {}): Promise<Opened> {
  const [name = '-'] = names;
  if (names.length > 1) return { kind: 'dump', dump: await openDumpLog(await Promise.all(names.map(openInput))) };
  if (options.input !== undefined && !isDumpFormat(options.input)) return text(await openTextFile(name, options), name, options);
  if (name === '-' || isPipe(name)) return openStream(name, options);
  if (isDevice(name)) return text(await openTextFile(name, options), name, options);
  return classify(await openInput(name), options);
}

/** The same as a log input, for those who do not care what it was. */
export async function openLogInput(names: readonly string[], options: InputOptions = {}): Promise<LogInput> {
  const opened = await open(names, options);
  return opened.kind === 'dump' ? dumpInput(opened.dump) : opened.input;
}

async function openStream(name: string, options: InputOptions): Promise<Opened> {
  const pipe = openPipe(name);
  if (pipe.kind === 'source') return classify(await unwrapped(name, pipe.source), options);
  const { textFrom } = await import('./text-input.ts');
  return text(await textFrom(name, { chunks: pipe.chunks }, options), name, options);
}

async function classify(file: OpenedFile, options: InputOptions): Promise<Opened> {
  if (file.format === undefined && !isDumpFormat(options.input)) {
    const input =
      file.wrappers.length > 0 || file.name === '-' ? await textFromSource(file, options) : await openTextFile(file.name, options);
    if (input) return { kind: 'text', input };
  }
  return { kind: 'dump', dump: await openDumpLog([options.input === 'raw' ? { ...file, format: undefined } : file]) };
}

async function openTextFile(name: string, options: InputOptions): Promise<LogInput | undefined> {
  const { openText } = await import('./text-input.ts');
  return openText(name, options);
}

async function textFromSource(file: OpenedFile, options: InputOptions): Promise<LogInput | undefined> {
  const { textFrom } = await import('./text-input.ts');
  const input = await textFrom(file.name, { chunks: Readable.from(chunksOf(file.source, CHUNK_BYTES)) }, options);
  input?.losses.push(...file.warnings);
  return input;
}

function text(input: LogInput | undefined, name: string, options: InputOptions): Opened {
  if (input) return { kind: 'text', input };
  const sought = options.input === undefined ? 'a dump or a kernel log' : `a log in the form ${options.input}`;
  throw new InputError({ file: name, sought, found: 'neither a known container nor text', hint: 'lastkmsg --help lists what is read' });
}

/** Files in a directory that are looked into; deeper trees are somebody's file system. */
const MAX_DEPTH = 4;
const MAX_FILES = 10_000;

/**
 * FILEs as groups of names that make one input each: directories are replaced by the files in them (a directory of pstore parts stays
 * whole), members of a split set are put together.
 */
export function groupFiles(names: readonly string[]): readonly (readonly string[])[] {
  const files: string[] = [];
  for (const name of names.length > 0 ? names : ['-']) files.push(...expand(name));
  if (files.length === 1) return [files];
  const groups: string[][] = [];
  const sets = new Map<string, string[]>();
  for (const file of files) {
    const identity = file === '-' ? undefined : splitIdentity(file);
    const set = identity === undefined ? undefined : sets.get(identity);
    if (set) set.push(file);
    else {
      const group = [file];
      groups.push(group);
      if (identity !== undefined) sets.set(identity, group);
    }
  }
  return groups;
}

/** Parts of one log (fs/pstore/inode.c names them `<type>-<backend>-<id>`): read together, whatever else is there. */
const PSTORE_PART = /^(dmesg|console)-[a-z0-9_]+-\d+/;

function expand(name: string): string[] {
  if (name === '-' || !isDirectory(name)) return [name];
  if (readdirSync(name).some((entry) => PSTORE_PART.test(entry))) return [name];
  const found: string[] = [];
  const walk = (dir: string, depth: number): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length >= MAX_FILES) return;
      const path = join(dir, entry.name);
      if (entry.isDirectory() && depth < MAX_DEPTH) walk(path, depth + 1);
      else if (entry.isFile() && !entry.name.startsWith('.')) found.push(path);
    }
  };
  walk(name, 1);
  if (found.length === 0) throw new InputError({ file: name, sought: 'dumps or logs in this directory', found: 'no files' });
  return found;
}

/** /dev/kmsg and the like: read as they come, not by offset. */
function isDevice(name: string): boolean {
  const stat = statSync(name, { throwIfNoEntry: false });
  return stat?.isCharacterDevice() ?? false;
}

const isPipe = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFIFO() ?? false;

function isDirectory(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    return false; // opening it will say why
  }
}
