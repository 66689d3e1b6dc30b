import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWERS } from './find.ts';

/** Where answers to journals are kept: the journal itself is not ours to write beside. */
const STATE = '/var/lib/lastkmsg';

/** journald's message when it stops in good order (SD_MESSAGE_JOURNAL_STOPPED, sd-messages.h). */
const STOPPED = 'd93fb3c9c24d451a97cea615ce59c00b';

/** Lines of the kernel that are read of a boot, the last ones. */
const LINES = 50_000;

/** The boot before this one ended without a goodbye, and was not read yet. */
export interface LostBoot {
  readonly id: string;
  readonly directory: string;
  /** The kernel's lines, in journalctl's export form. */
  lines(): NodeJS.ReadableStream;
}

/** @param root for tests, where the state is kept @returns undefined where all is well, or there is no journal of that boot */
export function lostBoot(root = ''): LostBoot | undefined {
  const last = entries(['-b', '-1', '-n', '1']);
  const id = last[0]?._BOOT_ID;
  if (id === undefined || !/^[\da-f]{32}$/.test(id)) return undefined;
  if (entries(['-b', id, '-n', '1', `MESSAGE_ID=${STOPPED}`]).length > 0) return undefined;
  const directory = join(root, STATE, id);
  if (existsSync(join(directory, ANSWERS))) return undefined;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const args = ['--no-pager', '-q', '-k', '-b', id, '-n', String(LINES), '-o', 'json'];
  return { id, directory, lines: () => spawn('journalctl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).stdout };
}

function entries(args: readonly string[]): { readonly _BOOT_ID?: string }[] {
  const { stdout, status } = spawnSync('journalctl', ['--no-pager', '-q', '-o', 'json', ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 1 << 22,
  });
  if (status !== 0 || !stdout) return [];
  try {
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
