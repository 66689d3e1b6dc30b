import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** A file of settings, where XDG's Base Directory Specification has them. */
export interface ConfigFile {
  readonly path: string;
  readonly state: 'read' | 'absent' | 'unreadable';
  readonly text: string;
  /** Nobody else but root and whoever runs this can have written it. */
  readonly trusted: boolean;
}

/** Far more than settings are. */
const MOST_BYTES = 64 * 1024;

/** The user's, then those of the system: what stands first counts. */
export function configFiles(env: NodeJS.ProcessEnv = process.env): ConfigFile[] {
  const home = env.XDG_CONFIG_HOME || join(homedir(), '.config');
  const system = (env.XDG_CONFIG_DIRS || '/etc/xdg').split(':');
  // the specification: relative ones are to be ignored
  return [home, ...system].filter((directory) => isAbsolute(directory)).map((directory) => read(join(directory, 'lastkmsg', 'config')));
}

function read(path: string): ConfigFile {
  const nothing = { path, text: '', trusted: false } as const;
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return { ...nothing, state: code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable' };
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size > MOST_BYTES) return { ...nothing, state: 'unreadable' };
    const bytes = Buffer.alloc(MOST_BYTES);
    const text = bytes.toString('utf8', 0, readSync(fd, bytes));
    const ours = stat.uid === 0 || stat.uid === process.getuid?.();
    return { path, state: 'read', text, trusted: ours && (stat.mode & 0o022) === 0 };
  } catch {
    return { ...nothing, state: 'unreadable' };
  } finally {
    closeSync(fd);
  }
}
