import { closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, FILES } from './answer.ts';
import { runSelf } from './child.ts';
import { ANSWERS } from './find.ts';
import { lostBoot } from './journal.ts';

/** Reads the kernel's lines of a boot that ended without a goodbye. Undefined where there is none. */
export async function journalAnswer(seconds: number): Promise<Answer | undefined> {
  const boot = lostBoot();
  if (boot === undefined) return undefined;
  const name = `journal of boot ${boot.id}`;
  const aside = join(boot.directory, `.${ANSWERS}-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  const files = [FILES.text, FILES.json, FILES.html].map((file) => openSync(join(aside, file), 'w', 0o600));
  const { stdout, stderr, stopped } = await runSelf(['hook', 'read', name], { seconds, stdin: boot.lines(), files });
  for (const fd of files) closeSync(fd);
  const directory = join(boot.directory, ANSWERS);
  renameSync(aside, directory);
  const said = stdout.split('\n')[0] || `nothing could be read: ${stopped ?? stderr.split('\n')[0] ?? ''}`;
  return { file: name, directory, said: `this boot ended without a shutdown: ${said}` };
}
