import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where what was copied also lies, for terminals without a clipboard of their own; only its owner reads it. */
export function writeClipboardFile(text: string): string | undefined {
  const path = join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `lastkmsg-yank-${userInfo().uid}`);
  try {
    // in a directory that everybody writes to, a link under this name is somebody's trap
    const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, 0o600);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
    return path;
  } catch {
    return undefined;
  }
}
