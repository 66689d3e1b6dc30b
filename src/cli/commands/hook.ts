import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, UsageError } from '../exit.ts';
import { install, remove, status } from '../hook/install.ts';
import { runHook } from '../hook/run.ts';

export interface HookOptions {
  readonly json?: boolean | undefined;
  /** An image of a machine instead of this one. */
  readonly root?: string | undefined;
  /** Seconds that reading one crash may take. */
  readonly timeout?: string | undefined;
  readonly command?: string | undefined;
}

const SECONDS = 600;

/** `lastkmsg hook`: what runs after a dump was saved. @throws UsageError @returns the exit code: of `run` always 0, for kdump's sake */
export async function hook(what: string, args: readonly string[], options: HookOptions): Promise<number> {
  const root = rootOf(options.root);
  switch (what) {
    case 'install':
      for (const { path } of install(root)) process.stdout.write(`${path}\n`);
      return EXIT.ok;
    case 'remove':
      for (const path of remove(root)) process.stdout.write(`${path}\n`);
      return EXIT.ok;
    case 'status':
      return tellStatus(root, options.json === true);
    case 'run':
      if (root !== undefined) throw new UsageError(`hook run reads directories: hook run ${root}/var/crash`);
      await runHook(args, { seconds: secondsOf(options.timeout), command: options.command });
      return EXIT.ok;
    case 'read':
      return (await import('../hook/read-child.ts')).hookRead(args[0] ?? '-');
    default:
      throw new UsageError(`hook takes install, remove, status or run; not ${what}`);
  }
}

/** @returns 0 where it is installed and enabled, 10 where it is not */
function tellStatus(root: string | undefined, asJson: boolean): number {
  const found = status(root);
  const whole = found.enabled && found.files.every(({ state }) => state === 'installed');
  if (asJson) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, installed: whole, ...found }, undefined, 2)}\n`);
  else {
    for (const { path, state } of found.files) process.stdout.write(`${state.padEnd(10)} ${path}\n`);
    process.stdout.write(`${found.enabled ? 'enabled' : 'not enabled'}; watches ${found.targets.join(', ')}\n`);
  }
  return whole ? EXIT.ok : EXIT.failOn;
}

function rootOf(root: string | undefined): string | undefined {
  if (root === undefined || resolve(root) === '/') return undefined;
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`--root takes a directory; ${root} is not one`);
  return resolve(root);
}

function secondsOf(text: string | undefined): number {
  const seconds = text === undefined ? SECONDS : Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new UsageError(`--timeout takes seconds from 1 to 86400; not ${text}`);
  return seconds;
}
