import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that shows what is written to it a screen at a time. */
export interface Pager {
  readonly stream: NodeJS.WritableStream;
  /** Ends what it is given, and waits till the user has left it. */
  close(): Promise<void>;
}

/**
 * The user's pager where standard output is a terminal, as git and dmesg(1) open it: $PAGER by the shell, else less; `cat` or nothing
 * in it means none. Short texts stay on the terminal (LESS=FRX).
 */
export function openPager(): Pager | undefined {
  const command = process.env.PAGER ?? 'less';
  if (!process.stdout.isTTY || command === '' || command === 'cat') return undefined;
  const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env: { LESS: 'FRX', LV: '-c', ...process.env } });
  const closed = once(child, 'close');
  // left before the end: nobody wants the rest
  child.stdin.on('error', () => undefined);
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore); // Ctrl-c is the pager's
  return {
    stream: child.stdin,
    async close() {
      child.stdin.end();
      await closed;
      process.off('SIGINT', ignore);
    },
  };
}
