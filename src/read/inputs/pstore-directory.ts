import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type PstoreFile, readPstore } from '../../text/pstore/directory.ts';
import { partName } from '../../text/pstore/part-name.ts';
import type { LogInput } from './input.ts';
import { textLog } from './text-log.ts';

/** Parts are kilobytes; a file this large is something else. */
const PART_LIMIT = 64 << 20;

/** True for /sys/fs/pstore, a copy of it, and systemd-pstore's archive, whose subdirectories hold the parts of one second each. */
export const isPstoreDirectory = (name: string): boolean => partsIn(name).length > 0;

/** All parts of a directory as one log. */
export function openPstore(name: string): LogInput {
  const losses: string[] = [];
  const files: PstoreFile[] = [];
  for (const path of partsIn(name)) {
    try {
      if (statSync(path).size <= PART_LIMIT) files.push({ name: basename(path), bytes: readFileSync(path) });
    } catch (error) {
      losses.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return pstoreInput(name, files, losses);
}

/** The same of parts that were read already. */
export function pstoreInput(name: string, files: readonly PstoreFile[], losses: string[] = []): LogInput {
  async function* batches() {
    const log = readPstore(files);
    losses.push(...log.losses);
    if (log.records.length > 0) yield log.records;
  }
  return textLog({ name, form: 'pstore', batches: batches(), losses, close: async () => undefined });
}

function partsIn(name: string): string[] {
  const entries = list(name);
  const files = entries.filter((e) => e.isFile());
  const here = files.filter((e) => isLog(e.name)).map((e) => join(name, e.name));
  // among other logs parts are files like any other; systemd-pstore writes them joined beside them
  if (here.length > 0) return files.every((e) => partName(e.name) !== undefined || e.name === 'dmesg.txt') ? here : [];
  const below = entries.filter((e) => e.isDirectory() && /^\d{9,}$/.test(e.name));
  return below.flatMap((e) =>
    list(join(name, e.name))
      .filter((f) => f.isFile() && isLog(f.name))
      .map((f) => join(name, e.name, f.name)),
  );
}

const isLog = (file: string): boolean => {
  const kind = partName(file)?.kind;
  return kind === 'dmesg' || kind === 'console';
};

function list(name: string) {
  try {
    return readdirSync(name, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
