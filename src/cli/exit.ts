import { refusal } from '../dump/refusal.ts';
import { InputError } from '../dump/source.ts';
import { QuestionError, StoreError } from '../fleet/store/store-error.ts';
import { warn } from './warn.ts';

/** Exit codes of the contract. */
export const EXIT = { ok: 0, usage: 1, noInput: 2, loss: 3, failOn: 10, bug: 70 } as const;

/** The code of a command that read several inputs: one that failed never hides what the others gave. */
export function readCode({ read, failed, lossy }: { readonly read: number; readonly failed: number; readonly lossy: boolean }): number {
  if (failed > 0 && read === 0) return EXIT.noInput;
  return lossy || failed > 0 ? EXIT.loss : EXIT.ok;
}

/** The command line was wrong; one line that says how. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The one place that turns errors into a line on stderr and an exit code. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.ok); // the reader has seen enough, as with any filter
    warn(`standard output: ${refusal(error)}`);
    process.exit(EXIT.noInput);
  });
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The line that says why one input (or output) stopped us; undefined where it is a bug. */
export function inputProblem(error: unknown): string | undefined {
  if (error instanceof InputError || error instanceof StoreError) return error.message;
  // what the system refuses (no permission, no such directory, no space) is no bug of ours
  const { syscall, code, path } = error as NodeJS.ErrnoException;
  return syscall !== undefined && code !== undefined && code !== 'EPIPE' ? `${path ?? syscall}: ${refusal(error)}` : undefined;
}

function report(error: unknown): number {
  if (error instanceof UsageError) return say(error.message, EXIT.usage);
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return EXIT.ok;
  const problem = inputProblem(error);
  if (problem !== undefined) return say(problem, error instanceof QuestionError ? EXIT.usage : EXIT.noInput);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(`this is a bug in lastkmsg, please report it: ${text}`, EXIT.bug);
}

function say(message: string, code: number): number {
  warn(message);
  return code;
}
