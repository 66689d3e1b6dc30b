import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts a file that was written aside into its place, for good: whoever looks finds all of it or nothing, after a power cut too. */
export function place(aside: string, path: string): void {
  sync(aside);
  const made = mkdirSync(dirname(path), { recursive: true });
  renameSync(aside, path);
  sync(dirname(path));
  // a new directory is an entry in the one above
  if (made !== undefined) sync(dirname(made));
}

/** Writes a small file so. */
export function writeWhole(path: string, text: string): void {
  const aside = join(dirname(path), `.${process.pid}.tmp`);
  try {
    writeFileSync(aside, text);
    place(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
