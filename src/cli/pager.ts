import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linesToAscii } from '../output/text/ascii.ts';
import { knowsUnicode } from './locale.ts';
import { StdoutWriter } from './stdout.ts';

/** What a shell answers where there is no such program, or none that it may run. */
const [NOT_FOUND, NOT_EXECUTABLE] = [127, 126];

/** A program that shows what is written to it a screen at a time. */
export interface Pager {
  readonly stream: NodeJS.WritableStream;
  /** Ends what it is given, and waits till the user has left it. @returns whether there was such a program */
  close(): Promise<boolean>;
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
      const [code] = (await closed) as [number | null];
      process.off('SIGINT', ignore);
      return code !== NOT_FOUND && code !== NOT_EXECUTABLE;
    },
  };
}

/** Writes a text to standard output, by the pager where a terminal does not hold it, in ASCII where a terminal knows no more. */
export async function page(whole: string, { pager: wanted }: { readonly pager?: boolean | undefined } = {}): Promise<void> {
  const text = process.stdout.isTTY && !knowsUnicode(process.env) ? linesToAscii(whole) : whole;
  const fits = text.split('\n').length <= (process.stdout.rows ?? Number.POSITIVE_INFINITY);
  const pager = fits || wanted === false ? undefined : openPager();
  if (pager) {
    pager.stream.write(text);
    if (await pager.close()) return;
  }
  const out = new StdoutWriter('utf8');
  await out.write(text);
  await out.flush();
}
