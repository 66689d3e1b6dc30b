import { createHash, type Hash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chunksOf, heldSource, type OpenSource, openFile } from '../../dump/open/file-source.ts';
import { byText } from '../../fleet/tally.ts';
import type { InputFile, InputGroup } from '../../read/inputs/input-file.ts';

/** Files up to this size are hashed whole, in some hundredths of a second. */
const WHOLE = 16 << 20;
/**
 * Of a larger one its size, its head (a dump's headers: release, time, registers) and so many pieces, evenly spread: all of a dump of 30 GB
 * would take half a minute, where reading its log takes none.
 */
const HEAD = 1 << 20;
const PIECES = 128;
const PIECE = 1 << 14;
/** Folders within folders. */
const DEEPEST = 16;

/**
 * The id of an answer: SHA-256 of the input's bytes, in hex. Of a set the members count in their order, of a directory the
 * names too. Undefined where only reading it tells (a pipe), or nothing can be read.
 */
export function contentId(files: InputGroup): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const file of files) if (!addFile(hash, file)) return undefined;
  } catch {
    return undefined; // opening it to read says why
  }
  return hash.digest('hex');
}

/** @returns false where it has no bytes to come back to */
function addFile(hash: Hash, { name, held, parts, text, pipe }: InputFile): boolean {
  if (pipe !== undefined || name === '-') return false;
  if (text !== undefined) hash.update(text);
  else if (parts !== undefined) {
    for (const part of parts) {
      hash.update(`${basename(part.name)}\0`);
      addSource(hash, heldSource(part.name, part.held));
    }
  } else if (held !== undefined) addSource(hash, heldSource(name, held));
  else return addPath(hash, name);
  return true;
}

function addPath(hash: Hash, path: string): boolean {
  const stat = statSync(path);
  if (stat.isDirectory()) addDirectory(hash, path, 0);
  else if (stat.isFile()) addFileAt(hash, path);
  return stat.isDirectory() || stat.isFile();
}

/** What a support tool left: names and bytes of all files. Links lead elsewhere, or in circles. */
function addDirectory(hash: Hash, path: string, depth: number): void {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => byText(a.name, b.name));
  for (const entry of entries) {
    hash.update(`${entry.name}\0`);
    if (entry.isFile()) addFileAt(hash, join(path, entry.name));
    else if (entry.isDirectory() && depth < DEEPEST) addDirectory(hash, join(path, entry.name), depth + 1);
  }
}

function addFileAt(hash: Hash, path: string): void {
  const source = openFile(path);
  try {
    addSource(hash, source);
  } finally {
    source.close();
  }
}

function addSource(hash: Hash, source: OpenSource): void {
  if (source.size <= WHOLE) {
    for (const chunk of chunksOf(source)) hash.update(chunk);
    return;
  }
  hash.update(`${source.size}\0`);
  hash.update(source.read(0, HEAD));
  for (let i = 0; i < PIECES; i++) hash.update(source.read(Math.floor((i * (source.size - PIECE)) / (PIECES - 1)), PIECE));
}
