import { signalName } from './signal.ts';

/** Signals that have the same number on every architecture; those between differ on mips, alpha, sparc and parisc. */
const ALIKE: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 15]);

/**
 * How a process ended, from the code that do_exit() was called with (as wait(2) has it: a signal below, a status above).
 * @returns `exit status 3`, `signal 11 (SIGSEGV)`
 */
export function exitText(code: number): string {
  const [signal, status] = [code & 0x7f, (code >> 8) & 0xff];
  if (signal === 0) return `exit status ${status}`;
  return `signal ${signal}${ALIKE.has(signal) ? ` (${signalName(signal)})` : ''}`;
}

/** The code in the reason of a panic for init's death (kernel/exit.c). */
export function initExitCode(reason: string): number | undefined {
  const code = /^Attempted to kill init! exitcode=0x([0-9a-f]{1,8})/.exec(reason)?.[1];
  return code === undefined ? undefined : Number.parseInt(code, 16);
}
