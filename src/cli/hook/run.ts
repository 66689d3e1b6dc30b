import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { localHost } from '../doctor/local-host.ts';
import { warn } from '../warn.ts';
import { type Answer, answer, FILES } from './answer.ts';
import { changed, findRemains, type Remains } from './find.ts';
import { targetsOf } from './install.ts';
import { journalAnswer } from './journal-answer.ts';

const PSTORE = '/var/lib/systemd/pstore';

/** Crashes that are read in one run; a machine that crashes in circles must not be kept busy by its own past. */
const MOST = 20;

/** A dump that was written to this lately may still be written to. */
const SETTLED_MS = 10_000;
/** How long is waited for one that is. */
const PATIENCE_MS = 10 * 60_000;

export interface RunOptions {
  /** For each program that is started. */
  readonly seconds: number;
  /** The user's own: run by sh after each answer. */
  readonly command?: string | undefined;
}

/**
 * `lastkmsg hook run`: reads what died and was not read yet, and says one line of each.
 * @param directories where to look, instead of where this machine saves its dumps
 */
export async function runHook(directories: readonly string[], options: RunOptions): Promise<void> {
  const everywhere = directories.length === 0;
  const roots = everywhere ? [...targetsOf(localHost(undefined)), PSTORE] : directories;
  for (const named of directories) if (!existsSync(named)) warn(`${named}: no such file or directory`);
  const found = roots.flatMap((root) => findRemains(root));
  // a user asked; the units of systemd, which run at every change, would only fill the journal
  if (!everywhere && found.length === 0) process.stdout.write(`lastkmsg: no crash below ${directories.join(', ')} that is not read yet\n`);
  for (const remains of found.slice(-MOST)) {
    await settled(remains);
    await done(() => answer(remains, options.seconds), options, remains.directory);
  }
  if (found.length > MOST) warn(`${found.length - MOST} older crashes were left for the next run`);
  if (everywhere) await done(() => journalAnswer(options.seconds), options, 'the journal');
}

/** Whatever goes wrong with one crash is said, and is no reason to fail: kdump and boot go on. */
async function done(work: () => Promise<Answer | undefined>, { command, seconds }: RunOptions, what: string): Promise<void> {
  try {
    const found = await work();
    if (found === undefined) return;
    const report = [FILES.html, FILES.text].map((name) => join(found.directory, name)).find((path) => existsSync(path));
    process.stdout.write(`lastkmsg: ${found.file}: ${found.said}; report: ${report ?? 'none'}\n`);
    if (command !== undefined) tellUser(command, found, seconds);
  } catch (error) {
    warn(`${what}: ${(error as Error).message}`);
  }
}

/** Whoever saves the dump may be at it still. */
async function settled(remains: Remains): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() - changed(remains) < SETTLED_MS && Date.now() < until) await wait(1000);
}

/** Mail, a webhook, a ship: the administrator's, run with what it may want to know. Nothing of a log is part of the command. */
function tellUser(command: string, { file, directory, said }: Answer, seconds: number): void {
  const env = { ...process.env, LASTKMSG_FILE: file, LASTKMSG_ANSWERS: directory, LASTKMSG_VERDICT: said };
  const { status, error } = spawnSync('/bin/sh', ['-c', command], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: seconds * 1000,
  });
  if (status !== 0) warn(`the command of hook.command ended with ${status ?? error?.message ?? 'a signal'}`);
}
