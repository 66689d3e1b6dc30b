import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../../doctor/host.ts';
import { dumpTarget } from '../../doctor/target.ts';
import { inRoot } from '../doctor/in-root.ts';
import { localHost } from '../doctor/local-host.ts';
import { self } from './self.ts';
import { type InstalledFile, postScript, unitsFor } from './units.ts';

const WANTS = '/etc/systemd/system/multi-user.target.wants';
const UNITS = ['lastkmsg-hook.service', 'lastkmsg-hook.path'];

/** How a machine stands: whether each file is there, and as we would write it. */
export interface HookStatus {
  readonly files: readonly { readonly path: string; readonly state: 'installed' | 'changed' | 'missing' }[];
  readonly enabled: boolean;
  readonly targets: readonly string[];
}

/** Directories that dumps are laid into. */
export function targetsOf(host: Host): string[] {
  const target = dumpTarget(host);
  return [...new Set([...(target.kind === 'directory' ? [target.path] : []), '/var/crash'])];
}

/**
 * Lays the files and enables the units. A second time it changes nothing.
 * @param root of an image, or undefined for this machine, whose systemd is then told
 */
export function install(root: string | undefined): InstalledFile[] {
  const files = wanted(root);
  for (const { path, text, mode } of files) write(at(root, path), text, mode);
  for (const unit of UNITS) {
    const link = at(root, `${WANTS}/${unit}`);
    mkdirSync(dirname(link), { recursive: true });
    if (!isThere(link)) symlinkSync(`/etc/systemd/system/${unit}`, link);
  }
  if (root === undefined) systemctl(['daemon-reload'], ['start', 'lastkmsg-hook.path']);
  return files;
}

/** Takes away what {@link install} laid, and nothing else. @returns the paths that were there */
export function remove(root: string | undefined): string[] {
  if (root === undefined) systemctl(['disable', '--now', ...UNITS]);
  const paths = [...wanted(root).map(({ path }) => path), ...UNITS.map((unit) => `${WANTS}/${unit}`)].filter((path) =>
    isThere(at(root, path)),
  );
  for (const path of paths) rmSync(at(root, path));
  if (root === undefined) systemctl(['daemon-reload']);
  return paths;
}

export function status(root: string | undefined): HookStatus {
  const files = wanted(root).map(({ path, text }) => {
    const there = at(root, path);
    const state = !existsSync(there) ? 'missing' : readFileSync(there, 'utf8') === text ? 'installed' : 'changed';
    return { path, state } as const;
  });
  return { files, enabled: UNITS.every((unit) => isThere(at(root, `${WANTS}/${unit}`))), targets: targetsOf(localHost(root)) };
}

function wanted(root: string | undefined): InstalledFile[] {
  const host = localHost(root);
  const program = self();
  return [...unitsFor(program, targetsOf(host)), ...(host.exists('/etc/kdump.conf') ? [postScript(program)] : [])];
}

/** A path of the machine; its directory's links are followed within the image, the last part is not. */
const at = (root: string | undefined, path: string): string =>
  root === undefined ? path : join(inRoot(root, dirname(path)) ?? join(root, dirname(path)), path.slice(path.lastIndexOf('/') + 1));

/** Written aside and moved into place: a unit is never half there. */
function write(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.lastkmsg-${process.pid}`;
  writeFileSync(aside, text, { mode, flag: 'wx' });
  chmodSync(aside, mode);
  renameSync(aside, path);
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Where systemd does not run (a container, a chroot), the files wait for the next boot. */
function systemctl(...calls: readonly (readonly string[])[]): void {
  if (!existsSync('/run/systemd/system')) return;
  for (const args of calls) spawnSync('systemctl', args, { stdio: 'ignore', timeout: 60_000 });
}
