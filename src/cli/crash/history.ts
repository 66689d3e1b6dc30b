import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Beside crash's own, so that neither writes over the other's. */
const FILE = '.lastkmsg_crash_history';
const MAX_LINES = 1000;

/** Lines of former sessions, the latest first, as node:readline keeps them; none where there is no file. */
export function readHistory(): string[] {
  try {
    return readFileSync(join(homedir(), FILE), 'utf8').split('\n').filter(Boolean).reverse().slice(0, MAX_LINES);
  } catch {
    return [];
  }
}

/** Keeps them. What cannot be written is not kept: a home that is read-only is no reason to stop. */
export function writeHistory(latestFirst: readonly string[]): void {
  try {
    writeFileSync(join(homedir(), FILE), `${latestFirst.slice(0, MAX_LINES).toReversed().join('\n')}\n`, { mode: 0o600 });
  } catch {
    return;
  }
}
