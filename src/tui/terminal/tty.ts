import { openSync } from 'node:fs';
import { ReadStream, type WriteStream } from 'node:tty';

/** The terminal that keys come from and the one that is drawn on. */
export interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** File descriptor of the output: what must be written on the way out is written at once. */
  readonly fd: number;
}

/**
 * The user's terminal: standard input, or `/dev/tty` where data comes from a pipe. Undefined where there is none (ENXIO) or standard
 * output goes elsewhere: then people get text.
 */
export function userTerminal(): Terminal | undefined {
  const { stdin, stdout } = process;
  if (!stdout.isTTY || process.env.TERM === 'dumb') return undefined;
  if (stdin.isTTY) return { input: stdin, output: stdout, fd: stdout.fd };
  try {
    return { input: new ReadStream(openSync('/dev/tty', 'r')), output: stdout, fd: stdout.fd };
  } catch {
    return undefined;
  }
}
