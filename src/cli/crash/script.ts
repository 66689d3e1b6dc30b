import { createInterface } from 'node:readline';
import { UsageError } from '../exit.ts';
import { StdoutWriter } from '../stdout.ts';
import { warn } from '../warn.ts';
import { applyFilters } from './filters.ts';
import { parseLine } from './line.ts';
import { runCommandWords } from './run-line.ts';
import type { CrashSession } from './session.ts';

/** One command line where no shell may run: its output through the filters that are built in. @throws UsageError */
async function outputOf(session: CrashSession, line: string): Promise<string> {
  const { words, output } = parseLine(line);
  if (words.length === 0) return '';
  const text = await runCommandWords(session, words);
  return output === undefined ? text : applyFilters(text, output);
}

/** Runs the commands that were given as arguments. @returns how many were wrong, each told on standard error */
export async function runCommands(session: CrashSession, commands: readonly string[]): Promise<number> {
  const out = new StdoutWriter('utf8');
  let wrong = 0;
  for (const command of commands) {
    try {
      await out.write(await outputOf(session, command));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      wrong++;
      warn(error.message);
    }
  }
  await out.flush();
  return wrong;
}

/** Runs the lines of a stream, as `crash -i FILE` does; `#` begins a remark. @returns how many were wrong, each told where its output would be */
export async function runScript(session: CrashSession, input: NodeJS.ReadableStream): Promise<number> {
  const out = new StdoutWriter('utf8');
  let wrong = 0;
  for await (const raw of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (/^(?:q|quit|exit)$/.test(line)) break;
    await out.write(`crash> ${line}\n`);
    try {
      await out.write(`${await outputOf(session, line)}\n`);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      wrong++;
      await out.write(`${error.message}\n\n`);
    }
  }
  await out.flush();
  return wrong;
}
