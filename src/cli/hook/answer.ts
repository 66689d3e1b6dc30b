import { closeSync, constants, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChildResult, runSelf } from './child.ts';
import { ANSWERS, type Remains } from './find.ts';

/** What was written of one crash. */
export interface Answer {
  readonly file: string;
  readonly directory: string;
  /** One line: the verdict, or why there is none. */
  readonly said: string;
}

/** The files of an answer; the first three in the order of the reading child's descriptors. */
export const FILES = { text: 'report.txt', json: 'incidents.json', html: 'report.html', trimmed: 'trimmed.vmcore' } as const;

/**
 * Reads what died and writes the answer beside it, in a folder that appears only when it is whole. A dump that cannot be read is followed by
 * the log that was saved with it; where nothing can be read, the answer says why.
 * @param seconds for each program that is started
 */
export async function answer(remains: Remains, seconds: number): Promise<Answer> {
  const done = join(remains.directory, ANSWERS);
  const aside = join(remains.directory, `.${ANSWERS}-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  try {
    const reasons: string[] = [];
    for (const file of remains.files) {
      const read = await readOne(file, aside, seconds);
      if (read.said !== undefined) {
        renameSync(aside, done);
        return { file, directory: done, said: [read.said, ...reasons].join('; ') };
      }
      reasons.push(`${file}: ${read.reason}`);
    }
    writeFileSync(join(aside, FILES.text), `${reasons.join('\n')}\n`, { mode: 0o600 });
    renameSync(aside, done);
    return { file: remains.files[0] ?? remains.directory, directory: done, said: `nothing could be read: ${reasons.join('; ')}` };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function readOne(file: string, into: string, seconds: number): Promise<{ said?: string; reason?: string }> {
  const opened: number[] = [];
  const keep = (fd: number): number => {
    opened.push(fd);
    return fd;
  };
  try {
    // of a link or a pipe that somebody laid there nothing is read
    const stdin = keep(openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
    if (!fstatSync(stdin).isFile()) return { reason: 'it is not a file' };
    const create = (name: string): number => keep(openSync(join(into, name), 'w', 0o600));
    const files = [create(FILES.text), create(FILES.json), create(FILES.html)];
    const read = await runSelf(['hook', 'read', file], { seconds, stdin, files });
    // what was not come to leaves no empty file
    for (const [i, name] of [FILES.text, FILES.json, FILES.html].entries())
      if (fstatSync(files[i] ?? -1).size === 0) rmSync(join(into, name));
    if (read.stdout === '') return { reason: reasonOf(read) };
    await trimmed(stdin, create(FILES.trimmed), join(into, FILES.trimmed), seconds);
    const cut = read.stopped === undefined ? '' : ` (${read.stopped})`;
    return { said: `${read.stdout.split('\n')[0]}${cut}` };
  } catch (error) {
    return { reason: (error as Error).message };
  } finally {
    for (const fd of opened) closeSync(fd);
  }
}

/** A text is small enough as it is: then no trimmed dump stays. */
async function trimmed(stdin: number, stdout: number, path: string, seconds: number): Promise<void> {
  const { code } = await runSelf(['trim', '--quiet', '-o', '-', '-'], { seconds, stdin, stdout });
  if (code === undefined || fstatSync(stdout).size === 0) rmSync(path, { force: true });
}

/** The line that lastkmsg says, without its name. */
function reasonOf({ stderr, stopped, code }: ChildResult): string {
  const line = stderr.split('\n').find((each) => each.startsWith('lastkmsg: '));
  return stopped ?? line?.slice('lastkmsg: '.length) ?? `it ended with ${code}`;
}
