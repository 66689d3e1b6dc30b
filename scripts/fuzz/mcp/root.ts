import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What no answer may hold: a line of a log beside the root. */
export const SECRET = 'fuzz-secret-7c1f';

/** The log in the root that each session finds changed. */
export const CHANGING = 'now.log';

/** The dump in the root: each question about it takes longer than all others. */
export const DUMP = 'vmcore';

const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';

export interface Root {
  readonly dir: string;
  /** What can be asked for: files that are there, and paths that must lead nowhere. */
  readonly paths: readonly string[];
}

/** A directory of logs, a dump, links that lead out of it, and names that are no paths; gone when the process ends. */
export function makeRoot(): Root {
  const base = mkdtempSync(join(tmpdir(), 'lastkmsg-fuzz-'));
  process.once('exit', () => rmSync(base, { recursive: true, force: true }));
  const dir = join(base, 'root');
  const outside = join(base, 'outside');
  mkdirSync(join(dir, 'below'), { recursive: true });
  mkdirSync(outside);
  const log = `[    1.000000] ${SECRET}\n[    2.000000] Kernel panic - not syncing: ${SECRET}\n`;
  writeFileSync(join(outside, 'secret.log'), log);
  writeFileSync(join(dir, 'below', 'a b\x1b[31m\u202e<b>.log'), log.replaceAll(SECRET, 'nothing'));
  writeFileSync(join(dir, 'panic.log.gz'), gzipSync(log.replaceAll(SECRET, 'nothing')));
  writeFileSync(join(dir, 'empty'), '');
  copyFileSync(SAMPLE, join(dir, DUMP));
  symlinkSync(join(outside, 'secret.log'), join(dir, 'link.log'));
  symlinkSync(outside, join(dir, 'linked'));
  symlinkSync('loop', join(dir, 'loop'));
  const paths = [
    CHANGING,
    CHANGING,
    CHANGING,
    'below/a b\x1b[31m\u202e<b>.log',
    'panic.log.gz',
    'empty',
    'below',
    '.',
    'link.log',
    'linked/secret.log',
    'loop',
    join(outside, 'secret.log'),
    '../outside/secret.log',
    'below/../../outside/secret.log',
    `${CHANGING}/../../outside/secret.log`,
    '/etc/passwd',
    '/proc/self/environ',
    '/dev/zero',
    `${CHANGING}!x`,
    'vmcore!../../outside/secret.log',
    '!',
    '\0',
    `${CHANGING}\0.log`,
    '~/x',
    'x'.repeat(5000),
    '../'.repeat(500),
    '%2e%2e/outside/secret.log',
    '\ud800',
  ];
  return { dir, paths };
}
