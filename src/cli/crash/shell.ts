import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { UsageError } from '../exit.ts';
import { completer } from './complete.ts';
import { readHistory, writeHistory } from './history.ts';
import { parseLine } from './line.ts';
import { runCommandWords } from './run-line.ts';
import type { CrashSession } from './session.ts';

const PROMPT = 'crash> ';
const ENDS: ReadonlySet<string> = new Set(['q', 'quit', 'exit']);

/** The prompt, on a terminal: lines are edited, kept for the next time, and completed with Tab. Ends with `q` or Ctrl-D. */
export async function shell(session: CrashSession): Promise<void> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: PROMPT,
    completer: completer(session),
    history: readHistory(),
    historySize: 1000,
    removeHistoryDuplicates: true,
  });
  lines.on('SIGINT', () => {
    process.stdout.write('^C\n'); // as in crash: the line is given up, not the session
    lines.write(null, { ctrl: true, name: 'e' });
    lines.write(null, { ctrl: true, name: 'u' });
    lines.prompt();
  });
  lines.on('history', writeHistory);
  lines.prompt();
  for await (const line of lines) {
    if (ENDS.has(line.trim())) break;
    await runAtPrompt(session, line, lines);
    lines.prompt();
  }
  lines.close();
}

/**
 * What the user typed at the prompt may go through any program: `| less`, `| awk …`, `> FILE` are the user's own shell's, which gets the
 * output of our command on standard input. Nothing out of the dump is ever part of that line.
 */
async function runAtPrompt(session: CrashSession, line: string, lines: Interface): Promise<void> {
  const { words, output } = parseLine(line);
  if (line.trim().startsWith('!')) return toShell(line.trim().slice(1), '', lines);
  if (words.length === 0) return;
  try {
    const text = await runCommandWords(session, words);
    if (output === undefined) process.stdout.write(`${text}\n`);
    else await toShell(output.startsWith('|') ? output.slice(1) : `cat ${output}`, text, lines);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stdout.write(`${error.message}\n\n`);
  }
}

async function toShell(command: string, input: string, lines: Interface): Promise<void> {
  lines.pause();
  const child = spawn(process.env.SHELL ?? '/bin/sh', ['-c', command], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.on('error', (error) => process.stdout.write(`${error.message}\n`));
  child.stdin?.on('error', () => undefined); // `head` has seen enough
  child.stdin?.end(input);
  await Promise.race([once(child, 'close'), once(child, 'error')]).catch(() => undefined);
  lines.resume();
}
