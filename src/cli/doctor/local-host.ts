import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, existsSync, fstatSync, openSync, readdirSync, readSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Host, Space } from '../../doctor/host.ts';
import { inRoot } from './in-root.ts';

/** No file that is asked for is longer; dpkg's status of a full desktop is a few MiB. */
const MOST = 16 << 20;

/** This machine, or an image of one that is mounted at `root`. Reads alone; runs a program only to ask its version, never one of an image. */
export function localHost(root: string | undefined): Host {
  const at = (path: string): string | undefined => (root === undefined ? path : inRoot(root, path));
  const bytes = (path: string): Uint8Array | undefined => quietly(() => read(at(path)));
  return {
    live: root === undefined,
    bytes,
    text: (path) => {
      const found = bytes(path);
      return found && Buffer.from(found.buffer, found.byteOffset, found.byteLength).toString('utf8');
    },
    list: (path) => quietly(() => readdirSync(at(path) ?? '').sort()) ?? [],
    exists: (path) => existsSync(at(path) ?? ''),
    denied: (path) => existsSync(at(path) ?? '') && quietly(() => accessSync(at(path) ?? '', constants.R_OK) ?? true) === undefined,
    space: (path) => (root === undefined ? quietly(() => spaceOf(path)) : undefined),
    version: (program, option) => (root === undefined ? versionOf(program, option) : undefined),
  };
}

/** A regular file, whole, or as much as is asked for; files of /proc say that they are empty. */
function read(path: string | undefined): Uint8Array | undefined {
  if (path === undefined) return undefined;
  // a pipe or a device of an image must not hold us
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(fd).isFile()) return undefined;
    const parts: Buffer[] = [];
    for (let size = 0; size < MOST; ) {
      const part = Buffer.alloc(1 << 16);
      const count = readSync(fd, part);
      if (count === 0) break;
      parts.push(part.subarray(0, count));
      size += count;
    }
    return Buffer.concat(parts);
  } finally {
    closeSync(fd);
  }
}

function spaceOf(path: string): Space {
  let there = path;
  while (!existsSync(there) && there !== '/') there = dirname(there);
  const { bavail, blocks, bsize } = statfsSync(there);
  const { dev } = statSync(there);
  // as glibc's gnu_dev_major and gnu_dev_minor take a dev_t apart
  const device = `${(dev >>> 8) & 0xfff}:${(dev & 0xff) | ((dev >>> 12) & 0xfff00)}`;
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, device };
}

function versionOf(program: string, option: string): string | undefined {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  const { stdout, stderr } = spawnSync(program, [option], {
    encoding: 'utf8',
    timeout: 5000,
    maxBuffer: 1 << 16,
    env: { ...process.env, PATH: path },
  });
  return stdout || stderr || undefined;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
