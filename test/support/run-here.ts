import { runCommand } from '../../src/cli/exit.ts';
import { program } from '../../src/cli/program.ts';

/** What a command came to. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, one command at a time: starting and loading it is most of the time of a short one. */
export async function runHere(...args: readonly string[]): Promise<Ran> {
  const { stdout, stderr, exitCode } = process;
  const said = { stdout: '', stderr: '' };
  const [out, err] = [stdout.write, stderr.write];
  const listeners = stdout.listeners('error').length;
  stdout.write = (text: string | Uint8Array) => {
    said.stdout += Buffer.from(text as Uint8Array).toString('utf8');
    return true;
  };
  stderr.write = (text: string | Uint8Array) => {
    said.stderr += Buffer.from(text as Uint8Array).toString('utf8');
    return true;
  };
  try {
    await runCommand(() => program(args));
    return { status: Number(process.exitCode ?? 0), ...said };
  } finally {
    [stdout.write, stderr.write] = [out, err];
    for (const added of stdout.listeners('error').slice(listeners)) stdout.off('error', added as () => void);
    process.exitCode = exitCode;
  }
}
